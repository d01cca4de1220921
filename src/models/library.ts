import { TesseraError } from '../domain/errors';
import { appBase } from './app-files';
import {
  cachedFile,
  completeCached,
  findCached,
  listCached,
  readCached,
  removeCached,
  type CachedModel,
} from './cache';
import { DEFAULT_MODEL, parseCatalogue, type CatalogueEntry } from './catalogue';
import { download, type DownloadOptions } from './download';
import { sha256Hex } from './hash';
import { inspectModel, type Inspected } from './inspect';

/** A network as the page lists it. */
export interface LibraryEntry extends CatalogueEntry {
  /** `app`: delivered with it; `catalogue`: published elsewhere; `added`: a file that the person dropped. */
  origin: 'app' | 'catalogue' | 'added';
  /** Bytes kept in this browser; fewer than `bytes` after a broken download. */
  received: number;
  /** Can be used now. */
  ready: boolean;
}

/** The networks of the catalogue, then the added ones. @throws TesseraError `model-download`, `store`. */
export async function list(): Promise<LibraryEntry[]> {
  const [catalogue, cached] = await Promise.all([fetchCatalogue(), listCached()]);
  const known = new Set(catalogue.map((entry) => entry.sha256));
  const added = cached.filter((model) => model.complete && !known.has(model.sha256));
  return [
    ...catalogue.map((entry) =>
      withState(
        entry,
        cached.find((model) => model.sha256 === entry.sha256),
      ),
    ),
    ...added.sort((a, b) => a.addedAt - b.addedAt).map((model) => withState(addedEntry(model), model)),
  ];
}

function withState(entry: CatalogueEntry, cached: CachedModel | undefined): LibraryEntry {
  if (entry.sha256 === DEFAULT_MODEL.sha256)
    return { ...entry, origin: 'app', received: entry.bytes, ready: true };
  const { origin = 'catalogue', received = 0, complete = false } = cached ?? {};
  return { ...entry, origin, received, ready: complete };
}

function addedEntry({ sha256, title, fileName, bytes }: CachedModel): CatalogueEntry {
  return { id: sha256.slice(0, 12), title, url: fileName, bytes, sha256, licence: '', card: null, use: null };
}

async function fetchCatalogue(): Promise<CatalogueEntry[]> {
  const url = new URL('models/catalogue.json', appBase()).href;
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return parseCatalogue(await response.json());
  } catch (cause) {
    const sentence = `The list of networks at ${url} could not be read; reload the page.`;
    throw new TesseraError('model-download', sentence, { title: 'catalogue.json', url }, { cause });
  }
}

/**
 * The bytes of a network by the SHA-256 of its file: from this browser's store, or, for the app's own, from the app.
 * @throws TesseraError `model-download` when it is not here, `model-hash` when the app's file is damaged.
 */
export async function getModelBytes(sha256: string): Promise<Uint8Array<ArrayBuffer>> {
  if (sha256 === DEFAULT_MODEL.sha256) return fetchOwn(DEFAULT_MODEL);
  const bytes = await readCached(sha256);
  if (bytes) return bytes;
  const title = (await findCached(sha256))?.title ?? sha256.slice(0, 12);
  throw new TesseraError(
    'model-download',
    `The network "${title}" is not in this browser; fetch it or add its file under Settings.`,
    { title },
  );
}

async function fetchOwn({ title, url: path, sha256 }: CatalogueEntry): Promise<Uint8Array<ArrayBuffer>> {
  const url = new URL(path, appBase()).href;
  const response = await fetch(url).catch((cause: unknown) => {
    const sentence = `${title} could not be read from ${url}; check the connection and reload the page.`;
    throw new TesseraError('model-download', sentence, { title, url }, { cause });
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (response.ok && (await sha256Hex(bytes)) === sha256) return bytes;
  throw new TesseraError('model-hash', `${title} at ${url} is missing or damaged; install the app again.`, {
    title,
    url,
  });
}

/**
 * Downloads a network of the catalogue into this browser; goes on where an earlier attempt broke off. One tab at a
 * time downloads a file, others wait and find it there.
 * @throws TesseraError `model-download`, `model-hash`, `cancelled`, `quota`, `store`.
 */
export async function fetchModel(entry: CatalogueEntry, options: DownloadOptions = {}): Promise<void> {
  const { title, url, bytes, sha256 } = entry;
  const fileName = url.split('/').at(-1) ?? url;
  await navigator.locks.request(`tessera-model-${sha256}`, async () => {
    if ((await findCached(sha256))?.complete) return;
    const file = await cachedFile({ sha256, title, fileName, bytes, origin: 'catalogue' });
    await download({ title, bytes, sha256, url: new URL(url, appBase()).href }, file, options);
    await completeCached(sha256);
  });
}

const CHUNK = 4 * 1024 * 1024;

/**
 * Reads a dropped .onnx file and keeps it. A file that cannot be used is not kept.
 * @throws TesseraError `model-not-onnx`, `model-inputs`, `model-no-layer`, `quota`, `store`.
 */
export async function addModel(file: File): Promise<Inspected> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const sha256 = await sha256Hex(bytes);
  const title = file.name.replace(/\.onnx$/i, '');
  const network = inspectModel(bytes, sha256, title);
  if (sha256 !== DEFAULT_MODEL.sha256) await keep(bytes, { sha256, title, fileName: file.name });
  return network;
}

async function keep(
  bytes: Uint8Array,
  named: Pick<CachedModel, 'sha256' | 'title' | 'fileName'>,
): Promise<void> {
  await navigator.locks.request(`tessera-model-${named.sha256}`, async () => {
    if ((await findCached(named.sha256))?.complete) return;
    const into = await cachedFile({ ...named, bytes: bytes.length, origin: 'added' });
    await into.clear();
    for (let at = 0; at < bytes.length; at += CHUNK) await into.append(bytes.slice(at, at + CHUNK));
    await completeCached(named.sha256);
  });
}

/** What a network that is here takes and gives. @throws as `getModelBytes` and `inspectModel`. */
export async function inspect(entry: CatalogueEntry): Promise<Inspected> {
  const network = inspectModel(await getModelBytes(entry.sha256), entry.sha256, entry.title);
  if (!entry.use) return network;
  const { input } = entry.use;
  return { ...network, detected: { ...network.detected, input, certain: true, questions: [] } };
}

/** Forgets a network, also a half downloaded one. */
export function removeModel(sha256: string): Promise<void> {
  return removeCached(sha256);
}
