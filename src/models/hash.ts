import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** A SHA-256 taken piece by piece, which the browser's own cannot do. */
export interface Hasher {
  update(bytes: Uint8Array): void;
  /** Hex; ends the hash. */
  digest(): string;
}

export function hasher(): Hasher {
  const hash = sha256.create();
  return {
    update: (bytes) => void hash.update(bytes),
    digest: () => bytesToHex(hash.digest()),
  };
}

/** SHA-256 of the whole, hex. */
export function sha256Hex(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}
