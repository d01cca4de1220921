import { npyHeaderOf, type NpyType } from '../../exports/npy';

/** A file within a project file, made while it is pulled. */
export interface Member {
  name: string;
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>> | Iterable<Uint8Array<ArrayBuffer>>;
}

export type Numbers = Float32Array | Float64Array | Uint8Array | Uint16Array | Uint32Array;

/** Characters of JSON lines that are encoded at once. */
const TEXT = 65_536;

const typeOf = (data: Numbers): NpyType => {
  if (data instanceof Float32Array) return '<f4';
  if (data instanceof Float64Array) return '<f8';
  if (data instanceof Uint16Array) return '<u2';
  return data instanceof Uint32Array ? '<u4' : '|u1';
};

/** The bytes of numbers, copied: who takes them may keep them. */
export const bytesOf = (data: Numbers): Uint8Array<ArrayBuffer> =>
  new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength).slice();

/** An array in C order as a `.npy` file. Throws a RangeError when it does not fill the shape. */
export function arrayMember(name: string, shape: readonly number[], data: Numbers): Member {
  if (data.length !== shape.reduce((product, side) => product * side, 1))
    throw new RangeError(`${name}: ${data.length} numbers do not fill (${shape.join(', ')}).`);
  return { name, chunks: [npyHeaderOf(shape, typeOf(data)), bytesOf(data)] };
}

/** One JSON document, indented for people; the order of fields does not depend on who made the objects. */
export function jsonMember(name: string, value: object): Member {
  const sort = (_: string, part: unknown): unknown =>
    typeof part === 'object' && part !== null && !Array.isArray(part) ? sorted(part) : part;
  return { name, chunks: [new TextEncoder().encode(`${JSON.stringify(value, sort, 2)}\n`)] };
}

/** The same object with its fields in alphabetical order. */
export function sorted(value: object): object {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A JSON value a line. */
export function linesMember(name: string, values: AsyncIterable<unknown> | Iterable<unknown>): Member {
  return { name, chunks: lines(values) };
}

async function* lines(
  values: AsyncIterable<unknown> | Iterable<unknown>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let text = '';
  for await (const value of values) {
    text += `${JSON.stringify(value)}\n`;
    if (text.length < TEXT) continue;
    yield encoder.encode(text);
    text = '';
  }
  if (text) yield encoder.encode(text);
}
