import { isFromFile, specKey, type EmbedSpec } from '../domain/spec';
import { database, keysUnder, write, type WriteTransaction } from './open';
import type { KeptDescriptor, StoreName, Tally, VectorChunk } from './schema';
import { arrayBytes } from './size';
import { changeTally } from './tally';
import { bookCovered } from './vectors';

/** A descriptor of a project and how far it goes. */
export interface DescriptorState {
  spec: EmbedSpec;
  key: string;
  /** Rows that have a vector of it. */
  vectors: number;
}

/** Remembers that a project has vectors of a descriptor. */
export async function keepDescriptor(projectId: string, spec: EmbedSpec, now = Date.now()): Promise<void> {
  await write(['descriptors'], async (tx) => {
    const store = tx.objectStore('descriptors');
    const key: [string, string] = [projectId, specKey(spec)];
    const kept = await store.get(key);
    if (!kept || kept.removedAt !== undefined) await store.put({ spec, addedAt: kept?.addedAt ?? now }, key);
  });
}

/** The descriptors a project has vectors of, in the order they came; removed ones are left out. */
export async function readDescriptors(projectId: string): Promise<DescriptorState[]> {
  const tx = (await database()).transaction(['descriptors', 'tallies']);
  const [kept, tally] = await Promise.all([
    tx.objectStore('descriptors').getAll(keysUnder(projectId)),
    tx.objectStore('tallies').get(projectId),
  ]);
  const { covered = {}, without = {} } = tally ?? {};
  return kept
    .filter(({ removedAt }) => removedAt === undefined)
    .sort((a, b) => a.addedAt - b.addedAt)
    .map(({ spec }) => {
      const key = specKey(spec);
      return { spec, key, vectors: (covered[key] ?? 0) - (without[key] ?? 0) };
    });
}

/** Makes room for vectors from a file: what an earlier import of the same left is let go. */
export async function beginImport(projectId: string, key: string): Promise<Tally> {
  return write(['tallies', 'vectors', 'descriptors'], async (tx) => {
    await tx.objectStore('descriptors').delete([projectId, key]);
    return dropVectors(tx, projectId, key);
  });
}

/** Adds vectors from a file, of the rows that follow those it has; `chunk.bad` are rows of the project. Errors: `quota`, `store`. */
export async function commitImported(projectId: string, key: string, chunk: VectorChunk): Promise<Tally> {
  return write(['tallies', 'vectors'], async (tx) => {
    await tx.objectStore('vectors').add(chunk, [projectId, key, chunk.row0]);
    return changeTally(tx, projectId, (tally) => {
      bookCovered(tally, key, chunk.row0 + chunk.n, chunk.bad?.length ?? 0);
      tally.storedBytes += chunk.data.byteLength;
    });
  });
}

/** Lets go of the vectors of imports that did not come to their end. */
export async function forgetUnfinished(projectId: string): Promise<void> {
  const db = await database();
  const tally = await db.get('tallies', projectId);
  const keys = Object.keys(tally?.covered ?? {}).filter(isFromFile);
  for (const key of keys) {
    if (await db.getKey('descriptors', [projectId, key])) continue;
    await write(['tallies', 'vectors'], (tx) => dropVectors(tx, projectId, key));
  }
}

/** Takes vectors from a file off the list; `restoreDescriptor` brings them back until `purgeDescriptors` frees their space. */
export async function markDescriptorRemoved(projectId: string, key: string, at = Date.now()): Promise<void> {
  await changeKept(projectId, key, (kept) => ({ ...kept, removedAt: at }));
}

export async function restoreDescriptor(projectId: string, key: string): Promise<void> {
  await changeKept(projectId, key, ({ spec, addedAt }) => ({ spec, addedAt }));
}

/** Frees the space of descriptors removed at least `graceMs` ago, with the clusters, trees and maps made of them. */
export async function purgeDescriptors(projectId: string, graceMs: number, now = Date.now()): Promise<void> {
  const db = await database();
  for (const { spec, removedAt } of await db.getAll('descriptors', keysUnder(projectId))) {
    if (removedAt === undefined || now - removedAt < graceMs) continue;
    const key = specKey(spec);
    const stores = ['tallies', 'vectors', 'descriptors', 'sweeps', 'hierarchies', 'projections'] as const;
    await write(stores, async (tx) => {
      await tx.objectStore('descriptors').delete([projectId, key]);
      await tx.objectStore('sweeps').delete([projectId, key]);
      const trees = await tx.objectStore('hierarchies').getAll(keysUnder(projectId, key));
      await tx.objectStore('hierarchies').delete(keysUnder(projectId, key));
      const maps = await tx.objectStore('projections').getAll(keysUnder(projectId, key));
      await tx.objectStore('projections').delete(keysUnder(projectId, key));
      await dropVectors(tx, projectId, key);
      await changeTally(
        tx,
        projectId,
        (tally) => (tally.storedBytes -= arrayBytes(trees) + arrayBytes(maps)),
      );
    });
  }
}

async function changeKept(
  projectId: string,
  key: string,
  change: (kept: KeptDescriptor) => KeptDescriptor,
): Promise<void> {
  await write(['descriptors'], async (tx) => {
    const store = tx.objectStore('descriptors');
    const kept = await store.get([projectId, key]);
    if (kept) await store.put(change(kept), [projectId, key]);
  });
}

async function dropVectors(tx: WriteTransaction<StoreName>, projectId: string, key: string): Promise<Tally> {
  const store = tx.objectStore('vectors');
  const first = await store.get(IDBKeyRange.bound([projectId, key, 0], [projectId, key, []]));
  await store.delete(keysUnder(projectId, key));
  return changeTally(tx, projectId, (tally) => {
    // All vectors of a descriptor have the same length.
    tally.storedBytes -= (tally.covered[key] ?? 0) * (first?.d ?? 0) * Float32Array.BYTES_PER_ELEMENT;
    tally.covered = withoutKey(tally.covered, key);
    if (tally.without) tally.without = withoutKey(tally.without, key);
  });
}

function withoutKey(counts: Record<string, number>, key: string): Record<string, number> {
  const { [key]: _dropped, ...others } = counts;
  return others;
}
