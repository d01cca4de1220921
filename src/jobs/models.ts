import { proxy } from 'comlink';
import type { NetworkSpec } from '../domain/spec';
import type { CatalogueEntry } from '../models/catalogue';
import type { DownloadOptions } from '../models/download';
import type { Inspected, SpecChoice } from '../models/inspect';
import type { LibraryEntry } from '../models/library';
import type { NetworkFiles } from '../workers/models.worker';
import { WorkerHandle } from '../workers/worker-handle';

export type { CatalogueEntry } from '../models/catalogue';
export type { DownloadOptions } from '../models/download';
export type { Inspected, SpecChoice } from '../models/inspect';
export type { LibraryEntry } from '../models/library';

/** The descriptor of a new project. */
export { DEFAULT_MODEL, defaultSpec } from '../models/catalogue';
export { NORMALISATIONS, type NormalisationName } from '../models/normalisations';

let handle: WorkerHandle<NetworkFiles> | null = null;
let downloads = 0;

/** Files of networks are read and hashed in a worker, which starts on first use. */
function files(): WorkerHandle<NetworkFiles> {
  if (!handle || handle.isDead)
    handle = new WorkerHandle(
      new Worker(new URL('../workers/models.worker.ts', import.meta.url), { type: 'module', name: 'models' }),
    );
  return handle;
}

/** The networks of the catalogue, then the added ones. Errors: `model-download`, `store`. */
export function listModels(): Promise<LibraryEntry[]> {
  return files().call((remote) => remote.list());
}

/** Downloads a network into this browser, going on where it broke off. Errors: `model-download`, `model-hash`, `cancelled`, `quota`. */
export async function fetchModel(
  entry: CatalogueEntry,
  { signal, onProgress }: DownloadOptions = {},
): Promise<void> {
  const worker = files();
  const id = ++downloads;
  const told = proxy((received: number, total: number) => onProgress?.(received, total));
  const fetched = worker.call((remote) => remote.fetch(id, entry, told));
  const stop = (): void => void worker.call((remote) => remote.cancel(id));
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  await fetched.finally(() => signal?.removeEventListener('abort', stop));
}

/** Reads a dropped .onnx file and keeps it. Errors: `model-not-onnx`, `model-inputs`, `model-no-layer`, `quota`. */
export function addModel(file: File): Promise<Inspected> {
  return files().call((remote) => remote.add(file));
}

/** What a network that is in this browser takes and gives. Errors: as `fetchModel` and `addModel`. */
export function inspectModel(entry: CatalogueEntry): Promise<Inspected> {
  return files().call((remote) => remote.inspect(entry));
}

/** The descriptor that a network gives with the layer and input that were chosen. */
export async function specFor(network: Inspected, choice: SpecChoice): Promise<NetworkSpec> {
  // Needed by few visits: it comes with the first call.
  return (await import('../models/inspect')).specFor(network, choice);
}

/** Forgets a network, also a half downloaded one. */
export function removeModel(sha256: string): Promise<void> {
  return files().call((remote) => remote.remove(sha256));
}
