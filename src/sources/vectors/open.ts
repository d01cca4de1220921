import { TesseraError } from '../../domain/errors';
import type { ArrayInfo, DescriptorReader } from '../../domain/descriptors';
import { cannotRead, naming, reasonOf } from '../fault';
import { BlobSource } from '../window';
import { arrayReader } from './array';
import { readNpy, readNpyHeader } from './npy';
import { listNpz, openNpz } from './npz';
import { readPickle } from './pickle';
import { PickleFault } from './pickle-reader';
import { openParquetVectors } from './parquet-vectors';
import { openTextVectors } from './text-vectors';
import { candidatesIn, type Candidate } from './pickle-vectors';

type Format = 'npy' | 'npz' | 'pickle' | 'parquet' | 'text';

/** Arrays in a file of vectors (.npy, .npz, pickle, Parquet, text; told apart by content), by name. Errors: `read-file`. */
export async function listArrays(file: File): Promise<ArrayInfo[]> {
  const format = await formatOf(file);
  return naming(file.name, 'its beginning', async () => {
    if (format === 'npz') return listNpz(file);
    if (format === 'pickle') return (await pickled(file)).map(({ info }) => info);
    if (format === 'parquet' || format === 'text') {
      const { n, d, dtype } = await openDescriptors(file);
      return [{ name: '', shape: [n, d], dtype }];
    }
    const { shape, descr } = await readNpyHeader(new BlobSource(file));
    return [{ name: '', shape, dtype: descr }];
  });
}

/**
 * One array of a file of vectors; without a name the only one, or the only matrix. Errors: `read-file`, also when
 * there is a choice to make.
 */
export async function openDescriptors(
  file: File,
  { array }: { array?: string } = {},
): Promise<DescriptorReader> {
  const format = await formatOf(file);
  if (format === 'parquet') return openParquetVectors(file, array || undefined);
  if (format === 'text') return openTextVectors(file);
  return naming(file.name, array ? `array "${array}"` : 'its beginning', async () => {
    if (format === 'npy') return arrayReader(file.name, await readNpy(new BlobSource(file), file.size), null);
    if (format === 'npz') {
      const name = array ?? theMatrix(await listNpz(file)).name;
      return arrayReader(file.name, await openNpz(file, name), null);
    }
    const candidates = await pickled(file);
    const name = array ?? theMatrix(candidates.map(({ info }) => info)).name;
    const found = candidates.find(({ info }) => info.name === name);
    if (!found) throw new Error(`it has no array "${name}"`);
    return found.open();
  });
}

function theMatrix(arrays: readonly ArrayInfo[]): ArrayInfo {
  const [first, second] = arrays.length === 1 ? arrays : arrays.filter(({ shape }) => shape.length > 1);
  if (!first) throw new Error('it holds no matrix with a row for each image');
  if (second)
    throw new Error(`it holds several arrays (${arrays.map(({ name }) => name).join(', ')}); choose one`);
  return first;
}

async function pickled(file: File): Promise<Candidate[]> {
  try {
    return await candidatesIn(file, await readPickle(file));
  } catch (error) {
    if (error instanceof PickleFault) throw cannotRead(file.name, `byte ${error.at}`, reasonOf(error), error);
    if (error instanceof TesseraError) throw error;
    throw cannotRead(file.name, 'what it holds', reasonOf(error), error);
  }
}

/** By content; protocols 0 and 1 of pickle have no sign of their own and go by the name. */
async function formatOf(file: File): Promise<Format> {
  if (file.size === 0) throw cannotRead(file.name, 'byte 0', 'it is empty');
  const head = new Uint8Array(await file.slice(0, 8).arrayBuffer());
  const text = String.fromCharCode(...head);
  if (text.startsWith('\x93NUMPY')) return 'npy';
  if (text.startsWith('PK')) return 'npz';
  if ((head[0] === 0x80 && head[1] >= 2 && head[1] <= 5) || /\.(pkl|pickle|p|pck)$/i.test(file.name))
    return 'pickle';
  if (text.startsWith('PAR1')) return 'parquet';
  if (/\.(csv|tsv|tab|txt)$/i.test(file.name)) return 'text';
  throw cannotRead(
    file.name,
    'byte 0',
    'it is neither a .npy, .npz, pickle or Parquet file nor a text table',
  );
}
