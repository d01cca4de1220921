import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { toRecord, TesseraError } from '../domain/errors';
import type { PartialFile } from './download';

/** A network kept in the browser, whole or on its way. */
export interface CachedModel {
  sha256: string;
  title: string;
  fileName: string;
  /** Of the whole file. */
  bytes: number;
  /** Of `bytes`, how many are here. */
  received: number;
  chunks: number;
  complete: boolean;
  origin: 'catalogue' | 'added';
  addedAt: number;
}

interface Schema extends DBSchema {
  models: { key: string; value: CachedModel };
  chunks: { key: [string, number]; value: Uint8Array };
}

/** Apart from the projects' database: networks are shared by all projects and can be fetched again. */
const NAME = 'tessera-models';
const VERSION = 1;

let opened: Promise<IDBPDatabase<Schema>> | null = null;

function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>(NAME, VERSION, {
    upgrade(db) {
      db.createObjectStore('models', { keyPath: 'sha256' });
      db.createObjectStore('chunks');
    },
    blocking: () => void closeCache(),
    terminated: () => (opened = null),
  }).catch((error: unknown) => {
    opened = null;
    throw failed(error);
  });
  return opened;
}

/** Closes the connection; the next call opens another. */
export async function closeCache(): Promise<void> {
  const closing = opened;
  opened = null;
  (await closing)?.close();
}

export async function listCached(): Promise<CachedModel[]> {
  return (await database()).getAll('models');
}

export async function findCached(sha256: string): Promise<CachedModel | null> {
  return (await (await database()).get('models', sha256)) ?? null;
}

/** The bytes of a complete network; null when it is not here. */
export async function readCached(sha256: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const model = await findCached(sha256);
  if (!model?.complete) return null;
  const bytes = new Uint8Array(model.bytes);
  let at = 0;
  for await (const chunk of storedChunks(model)) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

export async function removeCached(sha256: string): Promise<void> {
  const tx = (await database()).transaction(['models', 'chunks'], 'readwrite');
  await Promise.all([
    tx.objectStore('models').delete(sha256),
    tx.objectStore('chunks').delete(IDBKeyRange.bound([sha256, 0], [sha256, Infinity])),
    tx.done,
  ]);
}

export type NewModel = Pick<CachedModel, 'sha256' | 'title' | 'fileName' | 'bytes' | 'origin'>;

/** A growing file of the cache, for `download`; begins where an earlier attempt ended. */
export async function cachedFile(wanted: NewModel): Promise<PartialFile> {
  const fresh = (): CachedModel => ({
    ...wanted,
    received: 0,
    chunks: 0,
    complete: false,
    addedAt: Date.now(),
  });
  let model = (await findCached(wanted.sha256)) ?? fresh();
  return {
    received: async () => model.received,
    stored: () => storedChunks(model),
    append: async (chunk) => {
      const next = { ...model, chunks: model.chunks + 1, received: model.received + chunk.length };
      const tx = (await database()).transaction(['models', 'chunks'], 'readwrite');
      await Promise.all([
        tx.objectStore('chunks').put(chunk, [model.sha256, model.chunks]),
        tx.objectStore('models').put(next),
        tx.done,
      ]).catch((error: unknown) => {
        throw failed(error);
      });
      model = next;
    },
    clear: async () => {
      await removeCached(wanted.sha256);
      model = fresh();
    },
  };
}

/** Marks a file whose length and hash are right as usable. */
export async function completeCached(sha256: string): Promise<void> {
  const db = await database();
  const model = await db.get('models', sha256);
  if (model) await db.put('models', { ...model, complete: true });
}

async function* storedChunks(model: CachedModel): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < model.chunks; i++) {
    const chunk = await (await database()).get('chunks', [model.sha256, i]);
    if (!chunk)
      throw new TesseraError(
        'store',
        `Part of the network "${model.title}" is missing; remove it and add it again.`,
      );
    yield chunk;
  }
}

function failed(error: unknown): TesseraError {
  if (error instanceof TesseraError) return error;
  const { code, message } = toRecord(error);
  if (code === 'quota')
    return new TesseraError(
      'quota',
      'The browser has no room left for this network; remove others or free space.',
      {},
      { cause: error },
    );
  return new TesseraError('store', `The browser's storage failed: ${message}`, {}, { cause: error });
}
