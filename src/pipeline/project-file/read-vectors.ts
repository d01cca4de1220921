import { asOriginal } from '../../store/intake';
import { packThumbs } from '../../store/thumbs';
import { Fields } from '../fields';
import { arrayShape, readArray, takeNumbers } from './arrays';
import type { Arrival } from './arrival';
import { MEMBERS } from './format';
import { ROWS } from './read-books';
import type { ProjectFileReader } from './reader';

/** Numbers of a chunk of vectors. */
const NUMBERS = 1 << 18;
const LONGEST_KEY = 10_000;
/** Largest image that is kept, in bytes. */
const LARGEST = 2 ** 31;

/** Thumbnails, in chunks beside those of the rows. */
export async function readThumbs(file: ProjectFileReader, to: Arrival, rows: number): Promise<void> {
  const { data: sizes } = await readArray(file.member(MEMBERS.thumbSizes), '<u4', [rows]);
  const member = file.member(MEMBERS.thumbs);
  for (let row0 = 0; row0 < rows; row0 += ROWS) {
    const images: Uint8Array[] = [];
    for (const size of sizes.subarray(row0, row0 + ROWS)) images.push(await member.take(size));
    const chunk = packThumbs(row0, images);
    const bytes = chunk.data.length;
    await to.put((tx) => tx.objectStore('thumbs').add(chunk, [to.projectId, row0]), bytes, bytes);
  }
  await member.end();
}

/** What a descriptor covers, and how many of those rows it has no numbers for. */
export interface Coverage {
  rows: number;
  without: number;
}

/** The vectors of all descriptors; `covered` by descriptor. */
export async function readVectorSets(
  file: ProjectFileReader,
  to: Arrival,
  rows: number,
): Promise<Map<string, Coverage>> {
  const covered = new Map<string, Coverage>();
  for (let at = 0; at < file.summary.counts.vectors; at++) {
    const name = `vectors/${at}`;
    const from = new Fields(await file.member(`${name}.json`).json(), `${name}.json`);
    const specKey = from.longText('specKey', LONGEST_KEY);
    if (covered.has(specKey)) throw from.wrong('specKey', 'a descriptor of its own');
    const n = from.integer('rows', 0, rows);
    const d = from.integer('d', 0, 1e6);
    const without = rowList(from, 'without', n);
    await readMatrix(file, `${name}.npy`, { n, d }, async (row0, data) => {
      const count = data.length / d;
      const bad = without.splice(0, countBelow(without, row0 + count));
      const chunk = { row0, n: count, d, data, ...(bad.length && { bad }) };
      const key: [string, string, number] = [to.projectId, specKey, row0];
      await to.put((tx) => tx.objectStore('vectors').add(chunk, key), data.byteLength, data.byteLength);
    });
    covered.set(specKey, { rows: n, without: rowList(from, 'without', n).length });
  }
  return covered;
}

/** Vectors that wait for their images. */
export async function readWaiting(file: ProjectFileReader, to: Arrival): Promise<void> {
  const seen = new Set<string>();
  for (let at = 0; at < file.summary.counts.imported; at++) {
    const name = `imported/${at}`;
    const from = new Fields(await file.member(`${name}.json`).json(), `${name}.json`);
    const specKey = from.longText('specKey', LONGEST_KEY);
    if (seen.has(specKey)) throw from.wrong('specKey', 'a descriptor of its own');
    seen.add(specKey);
    const n = from.integer('rows', 0, 2 ** 31);
    const d = from.integer('d', 0, 1e6);
    const hashes: string[] = [];
    for await (const line of file.member(`${name}.jsonl`).lines()) {
      if (typeof line !== 'string' || !/^[0-9a-f]{64}$/.test(line))
        throw new Error(`${name}.jsonl holds something that is not a SHA-256`);
      hashes.push(line);
    }
    if (hashes.length !== n) throw new Error(`${name}.jsonl has ${hashes.length} lines, not ${n}`);
    let number = 0;
    await readMatrix(file, `${name}.npy`, { n, d }, async (row0, data) => {
      const chunk = { hashes: hashes.slice(row0, row0 + data.length / d), d, data };
      const key: [string, string, number] = [to.projectId, specKey, number++];
      await to.put((tx) => tx.objectStore('imported').add(chunk, key), data.byteLength, data.byteLength);
    });
  }
}

/** The images' own bytes, each checked by its hash and one of those that are `wanted`; answers which there were. */
export async function readOriginals(
  file: ProjectFileReader,
  to: Arrival,
  wanted: ReadonlySet<string>,
): Promise<Set<string>> {
  const kept = new Set<string>();
  for (const entry of file.originals()) {
    const { sha256, bytes: size } = entry;
    if (!wanted.has(sha256)) throw new Error(`an image in it (${sha256}) belongs to no file`);
    if (size > LARGEST) throw new Error(`an image of ${size} bytes is too large`);
    const member = file.original(entry);
    const bytes = await member.take(size);
    await member.end();
    const original = asOriginal(bytes);
    await to.put((tx) => tx.objectStore('blobs').add(original, [to.projectId, sha256]), size, size);
    kept.add(sha256);
  }
  return kept;
}

/** A matrix of finite numbers some rows at a time. */
async function readMatrix(
  file: ProjectFileReader,
  name: string,
  { n, d }: { n: number; d: number },
  take: (row0: number, data: Float32Array<ArrayBuffer>) => Promise<void>,
): Promise<void> {
  const member = file.member(name);
  const shape = await arrayShape(member, '<f4');
  if (shape.length !== 2 || shape[0] !== n || shape[1] !== d || (n > 0 && d === 0))
    throw new Error(`${name} has the shape (${shape.join(', ')}), not (${n}, ${d})`);
  const step = Math.max(1, Math.floor(NUMBERS / Math.max(d, 1)));
  for (let row0 = 0; row0 < n; row0 += step) {
    const data = await takeNumbers(member, '<f4', Math.min(step, n - row0) * d);
    if (!data.every(Number.isFinite)) throw new Error(`${name} holds numbers that are not finite`);
    await take(row0, data);
  }
  await member.end();
}

/** Rising row numbers below `n`. */
function rowList(from: Fields, key: string, n: number): number[] {
  const value = from.value(key);
  const isRow = (row: unknown, i: number, all: unknown[]): boolean =>
    Number.isInteger(row) && (row as number) >= 0 && (row as number) < n && (i === 0 || row! > all[i - 1]!);
  if (!Array.isArray(value) || !value.every(isRow)) throw from.wrong(key, 'a list of rising row numbers');
  return value.map(Number);
}

const countBelow = (rising: readonly number[], limit: number): number => {
  const at = rising.findIndex((row) => row >= limit);
  return at < 0 ? rising.length : at;
};
