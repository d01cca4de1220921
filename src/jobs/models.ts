import type { NetworkSpec } from '../domain/spec';
import type { CatalogueEntry } from '../models/catalogue';
import type { DownloadOptions } from '../models/download';
import type { Inspected, SpecChoice } from '../models/inspect';
import type { LibraryEntry } from '../models/library';

export type { CatalogueEntry } from '../models/catalogue';
export type { DownloadOptions } from '../models/download';
export type { Inspected, SpecChoice } from '../models/inspect';
export type { LibraryEntry } from '../models/library';

/** The descriptor of a new project. */
export { DEFAULT_MODEL, defaultSpec } from '../models/catalogue';
export { NORMALISATIONS, type NormalisationName } from '../models/normalisations';

// Reading networks is needed by few visits: it comes with the first call.
const library = () => import('../models/library');
const inspection = () => import('../models/inspect');

/** The networks of the catalogue, then the added ones. Errors: `model-download`, `store`. */
export async function listModels(): Promise<LibraryEntry[]> {
  return (await library()).list();
}

/** Downloads a network into this browser, going on where it broke off. Errors: `model-download`, `model-hash`, `cancelled`, `quota`. */
export async function fetchModel(entry: CatalogueEntry, options?: DownloadOptions): Promise<void> {
  await (await library()).fetchModel(entry, options);
}

/** Reads a dropped .onnx file and keeps it. Errors: `model-not-onnx`, `model-inputs`, `model-no-layer`, `quota`. */
export async function addModel(file: File): Promise<Inspected> {
  return (await library()).addModel(file);
}

/** What a network that is in this browser takes and gives. Errors: as `fetchModel` and `addModel`. */
export async function inspectModel(entry: CatalogueEntry): Promise<Inspected> {
  return (await library()).inspect(entry);
}

/** The descriptor that a network gives with the layer and input that were chosen. */
export async function specFor(network: Inspected, choice: SpecChoice): Promise<NetworkSpec> {
  return (await inspection()).specFor(network, choice);
}

/** Forgets a network, also a half downloaded one. */
export async function removeModel(sha256: string): Promise<void> {
  await (await library()).removeModel(sha256);
}
