import type { ByteSource } from '../window';
import type { StoredArray } from './array';
import { parseDtype } from './dtype';

const MAX_HEADER = 1 << 16;

/** What the header of a .npy file says, the type as text. */
export interface NpyHeader {
  shape: number[];
  descr: string;
  fortran: boolean;
  /** Where the numbers begin. */
  start: number;
}

/**
 * Reads the header of a .npy file (NumPy Enhancement Proposal 1, versions 1 to 3). Throws an Error with what is
 * wrong.
 */
export async function readNpyHeader(source: ByteSource): Promise<NpyHeader> {
  const head = await source.read(0, 12);
  const magic = String.fromCharCode(...head.subarray(0, 6));
  if (magic !== '\x93NUMPY') throw new Error('it does not begin as a .npy file does');
  const version = head[6];
  if (!(version >= 1 && version <= 3)) throw new Error(`its .npy version ${version} is not known here`);
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  if (head.length < 12) throw new Error('it ends within its header');
  const from = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MAX_HEADER) throw new Error(`its header of ${length} bytes is too long`);
  const bytes = await source.read(from, from + length);
  if (bytes.length < length) throw new Error('it ends within its header');
  return { ...parseHeader(new TextDecoder().decode(bytes)), start: from + length };
}

/** The header is a Python dictionary of three known keys. */
function parseHeader(text: string): Omit<NpyHeader, 'start'> {
  const descr = /'descr'\s*:\s*(?:'([^']*)'|(\[))/.exec(text);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text);
  const shape = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(text);
  if (descr?.[2])
    throw new Error('it holds records with fields (a structured dtype), not one type of number');
  if (!descr || !order || !shape)
    throw new Error(`its header cannot be understood: ${text.trim().slice(0, 80)}`);
  const lengths = shape[1].split(',').map((part) => part.trim().replace(/L$/, ''));
  return {
    descr: descr[1],
    fortran: order[1] === 'True',
    shape: lengths.filter((part) => part !== '').map(Number),
  };
}

/** The array of a .npy file. Throws an Error with what is wrong, also when the file is too short for it. */
export async function readNpy(source: ByteSource, size: number | null): Promise<StoredArray> {
  const { shape, descr, fortran, start } = await readNpyHeader(source);
  const dtype = parseDtype(descr);
  const bytes = shape.reduce((product, length) => product * length, dtype.size);
  if (!Number.isSafeInteger(bytes)) throw new Error(`its shape (${shape.join(', ')}) is impossible`);
  if (size !== null && start + bytes > size)
    throw new Error(`its array needs ${bytes} bytes and only ${Math.max(size - start, 0)} are there`);
  return { shape, dtype, fortran, source, start };
}
