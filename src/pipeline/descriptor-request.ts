import type { DescriptorReader } from '../domain/descriptors';
import type { DescriptorPreview, DescriptorRequest, NonFinite } from '../domain/services';
import type { VectorsSpec } from '../domain/spec';
import { cannotRead } from '../sources/fault';
import { listArrays, openDescriptors } from '../sources/vectors/open';
import { readPathList } from '../sources/vectors/path-list';
import { readFiles, readSkips } from '../store/files';
import { fingerprint, fingerprintOf } from './fingerprint';
import { matchPaths } from './match-paths';

/** Shown of what was found. */
const EXAMPLES = 5;
/** Places told of numbers that are not finite. */
const PLACES = 20;

/** A file of vectors that was opened as asked. */
export interface OpenedVectors {
  reader: DescriptorReader;
  /** A path for each row; null: by order. */
  names: string[] | null;
  /** SHA-256 (hex) of the image of each row, '' where it is not known: an image with those bytes is meant, whatever its path. */
  hashes?: readonly string[];
  spec: VectorsSpec;
}

/** Opens a file of vectors with its paths. Errors: `read-file`, also when there are not as many paths as vectors. */
export async function openRequest({ file, array, paths }: DescriptorRequest): Promise<OpenedVectors> {
  const reader = await openReader(file, array);
  const names = await namesOf(reader, paths);
  if (paths === 'inside' && !names)
    throw cannotRead(file.name, 'its beginning', 'it does not say which image each vector belongs to');
  if (names && names.length !== reader.n)
    throw cannotRead(
      paths === 'inside' ? file.name : (paths as { list: File }).list.name,
      'its paths',
      `there are ${names.length} paths for ${reader.n} vectors`,
    );
  const spec: VectorsSpec = {
    kind: 'vectors',
    file: await fingerprint(file),
    array: array ?? '',
    paths: await fingerprintOf(names),
    title: array ? `${file.name}, ${array}` : file.name,
    dim: reader.d,
  };
  return { reader, names, spec };
}

/** As `EmbedService.inspectDescriptors`. */
export async function inspectDescriptors(
  projectId: string | null,
  { file, array: asked, paths }: DescriptorRequest,
): Promise<DescriptorPreview> {
  const arrays = await listArrays(file);
  const matrices = arrays.filter(({ shape }) => shape.length > 1);
  const array = asked ?? (matrices.length > 1 ? matrices[0].name : null);
  const reader = await openReader(file, array);
  const { n, d, dtype } = reader;
  const names = await namesOf(reader, paths);
  const images = projectId === null ? [] : await pathsOf(projectId);
  const found = { arrays, array, n, d, dtype, hasNames: reader.names !== null, images: images.length };
  if (!names) {
    const sorted = images.sort(byCodeUnit);
    const ends = n === sorted.length ? [...new Set([0, 1, n - 1])].filter((i) => i < n) : [];
    const pairs = ends.map((i): [string, string] => [String(i), sorted[i]]);
    const none = { unmatched: 0, ambiguous: 0, duplicates: 0, lonely: [] };
    return { ...found, ...none, paths: 0, matched: n === sorted.length ? n : 0, pairs };
  }
  const { of, matched, unmatched, ambiguous, duplicates } = matchPaths(images, names);
  const pairs: [string, string][] = [];
  for (let i = 0; i < of.length && pairs.length < EXAMPLES; i++)
    if (of[i] >= 0) pairs.push([names[of[i]], images[i]]);
  return {
    ...found,
    paths: names.length,
    matched,
    unmatched: unmatched.length,
    ambiguous: ambiguous.length,
    duplicates,
    pairs,
    lonely: unmatched.slice(0, EXAMPLES).map((i) => names[i]),
  };
}

/** As `EmbedService.checkDescriptors`. */
export async function checkDescriptors(
  file: File,
  array: string | null,
  progress: (fraction: number) => void,
): Promise<NonFinite> {
  const reader = await openReader(file, array);
  const found: NonFinite = { count: 0, rows: 0, first: [] };
  for await (const { row0, n, data, nonFinite } of reader.blocks()) {
    found.count += nonFinite.count;
    found.first.push(...nonFinite.first.slice(0, PLACES - found.first.length));
    if (nonFinite.count > 0) for (let i = 0; i < n; i++) if (!isFinite(data, i, reader.d)) found.rows++;
    progress((row0 + n) / reader.n);
  }
  return found;
}

/** Whether all numbers of row i of a block are finite. */
export function isFinite(data: Float32Array, i: number, d: number): boolean {
  for (let at = i * d; at < (i + 1) * d; at++) if (!Number.isFinite(data[at])) return false;
  return true;
}

/** The order of other tools: by the codes of the characters. */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

function openReader(file: File, array: string | null): Promise<DescriptorReader> {
  return openDescriptors(file, array === null ? {} : { array });
}

async function namesOf(
  reader: DescriptorReader,
  paths: DescriptorRequest['paths'],
): Promise<string[] | null> {
  if (paths === 'order') return null;
  return paths === 'inside' ? reader.names : readPathList(paths.list);
}

/** Files that are images, or may turn out to be. */
async function pathsOf(projectId: string): Promise<string[]> {
  const [files, skips] = await Promise.all([readFiles(projectId), readSkips(projectId)]);
  const skipped = new Set(skips.map(({ seq }) => seq));
  return files.flatMap(({ path }, seq) => (skipped.has(seq) ? [] : [path]));
}
