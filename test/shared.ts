import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * Pictures, networks and vectors that are too big or not free enough to ship with the project. Tests that need them
 * skip by name when they are missing: `it.skipIf(!shared('data/golden'))('… (needs data/golden)', …)`.
 */
export const SHARED_ROOT = resolve(process.env['TESSERA_SHARED'] ?? '../shared');

/** Absolute path of a shared file or folder, or null when it is not on this machine. */
export function shared(path: string): string | null {
  const full = resolve(SHARED_ROOT, path);
  return existsSync(full) ? full : null;
}

/** Why a test that needs these is skipped. */
export function lacks(...paths: string[]): string {
  const missing = paths.filter((path) => !shared(path));
  return `${missing.join(' and ')} missing in ${SHARED_ROOT} (TESSERA_SHARED names another folder)`;
}

export function readShared(path: string): Buffer {
  return readFileSync(resolve(SHARED_ROOT, path));
}
