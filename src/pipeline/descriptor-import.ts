import { TesseraError } from '../domain/errors';
import type { ImportedDescriptors } from '../domain/services';
import { specKey } from '../domain/spec';
import { keepDescriptor } from '../store/descriptors';
import { byCodeUnit, isFinite, type OpenedVectors } from './descriptor-request';
import type { Ledger } from './ledger';
import { matchPaths } from './match-paths';
import { VectorWindow } from './vector-window';

/** Paths that become rows in one write. */
const BATCH = 4096;

/**
 * Streams vectors from a file into the store, in the order of the project's rows; a bounded number of them is in memory. Rows
 * whose vector is missing or not finite are without one. Errors: `read-file`, `quota`, `store`; nothing is kept of the
 * vectors then.
 */
export async function importDescriptors(
  ledger: Ledger,
  { reader, names, hashes, spec }: OpenedVectors,
  addMissing: boolean,
  progress: (fraction: number) => void,
): Promise<ImportedDescriptors> {
  const { n, d } = reader;
  const rowOf = names ? await byName(ledger, names, addMissing, hashes) : byOrder(ledger, n);
  const last = rowOf.of.reduce((most, row) => Math.max(most, row), -1);
  if (last < 0)
    throw new TesseraError(
      'import-descriptors',
      'No path of this file leads to an image of the project. Choose another list of paths, or add the images first.',
    );
  const wanted = new Uint8Array(last + 1);
  for (const row of rowOf.of) if (row >= 0) wanted[row] = 1;
  const window = new VectorWindow(last + 1, d, wanted);
  const key = specKey(spec);
  await ledger.beginImport(key);
  let vectors = 0;
  try {
    while (window.done < window.chunks) {
      for await (const block of reader.blocks()) {
        for (let i = 0; i < block.n; i++) {
          const row = rowOf.of[block.row0 + i];
          if (row < 0) continue;
          const sound = block.nonFinite.count === 0 || isFinite(block.data, i, d);
          window.put(row, sound ? block.data.subarray(i * d, (i + 1) * d) : null);
        }
        for (let chunk = window.take(); chunk; chunk = window.take()) {
          await ledger.commitImported(key, chunk);
          vectors += chunk.n - (chunk.bad?.length ?? 0);
          progress(window.done / window.chunks);
        }
        if (window.done === window.chunks) break;
      }
    }
    await keepDescriptor(ledger.projectId, spec);
  } catch (error) {
    await ledger.beginImport(key).catch(() => undefined);
    throw error;
  }
  return { spec, vectors, added: rowOf.added };
}

interface Rows {
  /** The row of the project for each row of the file, -1 for none. */
  of: Int32Array;
  added: number;
}

/** By content where that is known, else by path; of several vectors for one image the first counts. */
async function byName(
  ledger: Ledger,
  names: readonly string[],
  addMissing: boolean,
  hashes: readonly string[] = [],
): Promise<Rows> {
  const of = new Int32Array(names.length).fill(-1);
  const taken = new Set<number>();
  const rowOfHash = new Map(ledger.rows.map(({ hash }, row) => [hash, row]));
  hashes.forEach((hash, i) => {
    const row = hash === '' ? undefined : rowOfHash.get(hash);
    if (row === undefined || taken.has(row)) return;
    taken.add(row);
    of[i] = row;
  });
  const files = [...ledger.files.keys()].filter((seq) => ledger.rowOfFile(seq) !== null);
  const { of: nameOf, unmatched } = matchPaths(
    files.map((seq) => ledger.files[seq].path),
    names,
  );
  files.forEach((seq, i) => {
    const row = ledger.rowOfFile(seq)!;
    if (nameOf[i] < 0 || of[nameOf[i]] >= 0 || taken.has(row)) return;
    taken.add(row);
    of[nameOf[i]] = row;
  });
  const missing = addMissing
    ? firstOfEach(
        names,
        unmatched.filter((place) => of[place] < 0),
      )
    : [];
  for (let at = 0; at < missing.length; at += BATCH) {
    const some = missing.slice(at, at + BATCH);
    const row0 = ledger.rows.length;
    await ledger.addPictureless(some.map((place) => plainPath(names[place])));
    some.forEach((place, i) => (of[place] = row0 + i));
  }
  return { of, added: missing.length };
}

/** The places of names that are not empty, each name once. */
function firstOfEach(names: readonly string[], places: readonly number[]): number[] {
  const seen = new Set<string>(['']);
  return places.filter((place) => {
    const path = plainPath(names[place]);
    return !seen.has(path) && seen.add(path);
  });
}

/** With slashes, and from the folder on that it is relative to. */
const plainPath = (name: string): string =>
  name
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(\.?\/)+/, '');

/** By the order of the paths. Throws when there are not as many images as vectors. */
function byOrder(ledger: Ledger, n: number): Rows {
  if (ledger.rows.length !== n)
    throw new TesseraError(
      'import-descriptors',
      `There are ${n} vectors and ${ledger.rows.length} images: name a list of paths, so that each finds its own.`,
    );
  const pathOf = ledger.rows.map(({ seqs }) => ledger.files[seqs[0]].path);
  const order = [...pathOf.keys()].sort((a, b) => byCodeUnit(pathOf[a], pathOf[b]) || a - b);
  return { of: Int32Array.from(order), added: 0 };
}
