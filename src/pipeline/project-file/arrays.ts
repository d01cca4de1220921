import type { NpyType } from '../../exports/npy';
import type { MemberStream } from './member-stream';

interface Arrays {
  '<f4': Float32Array<ArrayBuffer>;
  '<f8': Float64Array<ArrayBuffer>;
  '|u1': Uint8Array<ArrayBuffer>;
  '<u2': Uint16Array<ArrayBuffer>;
  '<u4': Uint32Array<ArrayBuffer>;
}

const TYPES = {
  '<f4': Float32Array,
  '<f8': Float64Array,
  '|u1': Uint8Array,
  '<u2': Uint16Array,
  '<u4': Uint32Array,
} as const;

/** Reads the header of a `.npy` member of format 1.0, which has to be of this type, in C order; gives the shape. */
export async function arrayShape(member: MemberStream, type: NpyType): Promise<number[]> {
  const start = await member.take(10);
  if (String.fromCharCode(...start.subarray(0, 8)) !== '\x93NUMPY\x01\x00')
    throw new Error(`${member.name} is not a NumPy file of version 1.0`);
  const header = new TextDecoder('latin1').decode(await member.take(start[8] + 256 * start[9]));
  const found = /^\{'descr': '([^']*)', 'fortran_order': False, 'shape': \(([\d, ]*)\), \} *\n$/.exec(header);
  if (!found || found[1] !== type) throw new Error(`${member.name} is not of the type ${type} in C order`);
  const shape = found[2]
    .split(',')
    .filter((side) => side.trim() !== '')
    .map(Number);
  const bytes = shape.reduce((product, side) => product * side, TYPES[type].BYTES_PER_ELEMENT);
  if (!shape.every(Number.isSafeInteger) || bytes !== member.left)
    throw new Error(`${member.name} does not hold (${shape.join(', ')}) numbers`);
  return shape;
}

/** The next `count` numbers of a member whose header has been read. */
export async function takeNumbers<T extends NpyType>(
  member: MemberStream,
  type: T,
  count: number,
): Promise<Arrays[T]> {
  const bytes = await member.take(count * TYPES[type].BYTES_PER_ELEMENT);
  return new TYPES[type](bytes.buffer) as Arrays[T];
}

/** A whole array; a side of the shape is any number where `null` is expected. Floats have to be finite unless `loose`. */
export async function readArray<T extends NpyType>(
  member: MemberStream,
  type: T,
  expected: readonly (number | null)[],
  { loose = false } = {},
): Promise<{ shape: number[]; data: Arrays[T] }> {
  const shape = await arrayShape(member, type);
  if (shape.length !== expected.length || expected.some((side, i) => side !== null && side !== shape[i]))
    throw new Error(
      `${member.name} has the shape (${shape.join(', ')}), not (${expected.map((side) => side ?? '?').join(', ')})`,
    );
  const data = await takeNumbers(
    member,
    type,
    shape.reduce((product, side) => product * side, 1),
  );
  await member.end();
  if (!loose && !data.every(Number.isFinite))
    throw new Error(`${member.name} holds numbers that are not finite`);
  return { shape, data };
}
