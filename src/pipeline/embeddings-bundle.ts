import { TesseraError } from '../domain/errors';
import type { ImportedEmbeddings } from '../domain/services';
import { specKey, type EmbedSpec } from '../domain/spec';
import { parseCsv } from '../exports/csv';
import { readNpy } from '../exports/npy';
import { listArchive, type ArchiveEntry } from '../sources/archive';
import { openDescriptors } from '../sources/vectors/open';
import { saveImported } from '../store/imported';
import type { OpenedVectors } from './descriptor-request';
import { readSpec } from './read-spec';

/** Vectors kept in one record. */
const CHUNK = 4096;

/** Rows of a matrix by content hash; `data` is n x d, row-major. */
interface Bundle {
  spec: EmbedSpec;
  hashes: string[];
  d: number;
  data: Float32Array;
}

/**
 * Takes over exported embeddings: a run with their descriptor finds them by content and does not compute them.
 * Errors: `import-embeddings` with what is wrong in the file, `quota`, `store`.
 */
export async function importEmbeddings(projectId: string, file: Blob): Promise<ImportedEmbeddings> {
  const { spec, hashes, d, data } = await readBundle(file);
  for (let at = 0; at < hashes.length; at += CHUNK)
    await saveImported(projectId, specKey(spec), {
      hashes: hashes.slice(at, at + CHUNK),
      d,
      data: new Float32Array(data.slice(at * d, (at + CHUNK) * d)),
    });
  return { spec, vectors: hashes.length };
}

/**
 * Exported vectors of another tool, which no run can find by content since nothing here computes them: to be taken over like the file
 * they came from. null when a network made them. Errors: `import-embeddings`.
 */
export function foreignVectors(file: Blob): Promise<OpenedVectors | null> {
  return reading(async () => {
    const entries = await listArchive(file);
    const spec = readSpec(JSON.parse(await (await entry(entries, 'spec.json')).text()));
    if (spec.kind !== 'vectors') return null;
    const [header = [], ...records] = parseCsv(await (await entry(entries, 'index.csv')).text());
    const [rowAt, pathAt, hashAt] = ['row', 'path', 'sha256'].map((name) => header.indexOf(name));
    if (rowAt < 0 || pathAt < 0 || hashAt < 0)
      throw new Error('index.csv needs the columns row, path and sha256.');
    const matrix = await entry(entries, 'embeddings.npy');
    const reader = await openDescriptors(new File([matrix], 'embeddings.npy'));
    if (spec.dim !== reader.d)
      throw new Error(`embeddings.npy has ${reader.d} columns, spec.json says ${spec.dim}.`);
    if (records.length !== reader.n)
      throw new Error(`index.csv has ${records.length} rows, embeddings.npy ${reader.n}.`);
    const names = new Array<string>(reader.n).fill('');
    const hashes = new Array<string>(reader.n).fill('');
    for (const record of records) {
      const row = Number(record[rowAt]);
      if (!Number.isInteger(row) || row < 0 || row >= reader.n || names[row] !== '')
        throw new Error(`index.csv has a wrong row number "${record[rowAt]}".`);
      names[row] = record[pathAt];
      hashes[row] = record[hashAt];
    }
    return { reader, names, hashes, spec };
  });
}

function readBundle(file: Blob): Promise<Bundle> {
  return reading(async () => {
    const entries = await listArchive(file);
    const [spec, index, matrix] = await Promise.all([
      entry(entries, 'spec.json').then((blob) => blob.text()),
      entry(entries, 'index.csv').then((blob) => blob.text()),
      entry(entries, 'embeddings.npy').then((blob) => blob.arrayBuffer()),
    ]);
    return checked(readSpec(JSON.parse(spec)), parseCsv(index), readNpy(new Uint8Array(matrix)));
  });
}

async function reading<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TesseraError(
      'import-embeddings',
      `These embeddings could not be read: ${reason} Use a file saved here by "embeddings with index".`,
      { reason },
      { cause: error },
    );
  }
}

function entry(entries: readonly ArchiveEntry[], name: string): Promise<Blob> {
  const found = entries.find(({ path }) => path.split('/').pop() === name);
  if (!found) return Promise.reject(new Error(`There is no ${name} in it.`));
  if (found.skip) return Promise.reject(new Error(`${name} is ${found.skip.detail ?? 'not readable'}.`));
  return found.read();
}

/** Matrix and index belong together: as many rows, each with a hash and finite numbers, or without a vector (all NaN). */
function checked(
  spec: EmbedSpec,
  index: string[][],
  matrix: { shape: number[]; data: Float32Array },
): Bundle {
  const [header = [], ...records] = index;
  const rowAt = header.indexOf('row');
  const hashAt = header.indexOf('sha256');
  const [n, d] = matrix.shape;
  if (rowAt < 0 || hashAt < 0) throw new Error('index.csv needs the columns row and sha256.');
  if (matrix.shape.length !== 2 || matrix.data.length !== n * d)
    throw new Error('embeddings.npy is not a whole two-dimensional array.');
  if (spec.dim > 0 && d !== spec.dim)
    throw new Error(`embeddings.npy has ${d} columns, spec.json says ${spec.dim}.`);
  if (records.length !== n) throw new Error(`index.csv has ${records.length} rows, embeddings.npy ${n}.`);
  const hashes = new Array<string>(n);
  for (const record of records) {
    const row = Number(record[rowAt]);
    if (!Number.isInteger(row) || row < 0 || row >= n || hashes[row] !== undefined)
      throw new Error(`index.csv has a wrong row number "${record[rowAt]}".`);
    const isAbsent = matrix.data.subarray(row * d, (row + 1) * d).every(Number.isNaN);
    if (!isAbsent && !/^[0-9a-f]{64}$/.test(record[hashAt]))
      throw new Error(`Row ${row} of index.csv has no SHA-256.`);
    hashes[row] = isAbsent ? '' : record[hashAt];
  }
  const present = [...hashes.keys()].filter((row) => hashes[row] !== '');
  const data = new Float32Array(present.length * d);
  present.forEach((row, i) => data.set(matrix.data.subarray(row * d, (row + 1) * d), i * d));
  if (!data.every(Number.isFinite)) throw new Error('embeddings.npy holds numbers that are not finite.');
  return { spec, hashes: present.map((row) => hashes[row]), d, data };
}
