import { BlobSource } from '../window';
import type { StoredArray } from './array';
import { parseDtype, toFloat32 } from './dtype';
import { PickleBytes } from './pickle-reader';
import { PickleCall, PickleDict, textOf, type PickleValue } from './pickle-data';

/** A NumPy array in a pickle. */
export interface PickledArray {
  shape: number[];
  /** As NumPy writes it: `<f4`. */
  dtype: string;
  fortran: boolean;
  /** Its bytes, or its elements when they are Python objects. */
  data: PickleBytes | PickleValue[];
}

/** The array that a value is, null when it is none. */
export function arrayOf(value: PickleValue | undefined): PickledArray | null {
  if (!(value instanceof PickleCall)) return null;
  if (value.name === 'reconstruct' && Array.isArray(value.state)) {
    // The version before the shape is missing in very old ones.
    const [shape, dtype, fortran, data] = value.state.slice(-4);
    return make(shape, dtype, fortran === true || fortran === 1, data);
  }
  if (value.name !== 'frombuffer') return null;
  const [data, dtype, shape, order] = value.args;
  return make(shape, dtype, textOf(order) === 'F', data);
}

function make(
  shape: PickleValue,
  dtype: PickleValue,
  fortran: boolean,
  data: PickleValue,
): PickledArray | null {
  const bytes = Array.isArray(data) ? data : bytesOf(data);
  const lengths = Array.isArray(shape) ? shape : [shape];
  if (!bytes || !lengths.every((length) => typeof length === 'number')) return null;
  return { shape: lengths, dtype: dtypeOf(dtype), fortran, data: bytes };
}

function dtypeOf(value: PickleValue | undefined): string {
  if (!(value instanceof PickleCall) || value.name !== 'dtype') return '';
  const order = Array.isArray(value.state) ? textOf(value.state[1]) : '';
  return order + textOf(value.args[0]);
}

/** Bytes, also those that protocols without bytes write as text. */
export function bytesOf(value: PickleValue | undefined): PickleBytes | null {
  if (value instanceof PickleBytes) return value;
  if (!(value instanceof PickleCall)) return null;
  const [first] = value.args;
  if (value.name === 'encode' || value.name === 'bytearray' || value.name === 'bytes') {
    if (typeof first !== 'string') return first === undefined ? inlineBytes('') : bytesOf(first);
    return inlineBytes(first);
  }
  return value.name === 'arrowBuffer' ? bytesOf(first) : null;
}

function inlineBytes(latin1: string): PickleBytes {
  const inline = new Uint8Array(latin1.length);
  for (let i = 0; i < latin1.length; i++) inline[i] = latin1.charCodeAt(i);
  return new PickleBytes(0, inline.length, inline);
}

/** Bytes at hand, fetched when they are still in the file. */
export async function fetchBytes(file: Blob, bytes: PickleBytes): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes.inline) return bytes.inline;
  return new Uint8Array(await file.slice(bytes.start, bytes.start + bytes.length).arrayBuffer());
}

/** Where an array's numbers are. Throws an Error for other types than numbers and for lengths that do not fit. */
export function storedArray(file: Blob, { shape, dtype, fortran, data }: PickledArray): StoredArray {
  const type = parseDtype(dtype || 'O');
  const bytes = shape.reduce((product, length) => product * length, type.size);
  if (!(data instanceof PickleBytes) || data.length !== bytes)
    throw new Error(`an array of the shape (${shape.join(', ')}) does not have the ${bytes} bytes it needs`);
  const source = new BlobSource(data.inline ? new Blob([data.inline]) : file);
  return { shape, dtype: type, fortran, source, start: data.inline ? 0 : data.start };
}

/** A number, also one that NumPy wrote on its own. */
export function numberOf(value: PickleValue): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (!(value instanceof PickleCall) || value.name !== 'scalar') return null;
  const bytes = bytesOf(value.args[1]);
  const out = new Float32Array(1);
  const dtype = parseDtype(dtypeOf(value.args[0]) || 'O');
  if (bytes?.inline?.length !== dtype.size) return null;
  toFloat32(bytes.inline.slice(), dtype, out);
  return out[0];
}

/** Texts, one per row: a list, an array of text, or one of pandas' kinds of them. Null when the value is none. */
export async function textsOf(file: Blob, value: PickleValue | undefined): Promise<string[] | null> {
  if (Array.isArray(value)) return value.every(isText) ? value.map(textOf) : null;
  const array = arrayOf(value);
  if (array) return arrayTexts(file, array);
  if (!(value instanceof PickleCall) || value.name !== 'ArrowStringArray') return null;
  const inner = value.state instanceof PickleDict ? value.state.get('_pa_array') : null;
  return inner instanceof PickleCall && inner.name === 'arrow' ? arrowTexts(file, inner.args[0]) : null;
}

function isText(value: PickleValue): boolean {
  return typeof value === 'string' || (value instanceof PickleBytes && value.inline !== null);
}

async function arrayTexts(file: Blob, { shape, dtype, data }: PickledArray): Promise<string[] | null> {
  if (Array.isArray(data)) return data.length > 0 && data.every(isText) ? data.map(textOf) : null;
  const [, order, width] = /^([<>=|]?)U(\d+)$/.exec(dtype) ?? [];
  if (width === undefined) return null;
  const bytes = await fetchBytes(file, data);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = Number(width);
  const count = shape.reduce((product, n) => product * n, 1);
  if (bytes.length !== count * length * 4) return null;
  return Array.from({ length: count }, (_, i) => {
    let text = '';
    for (let j = 0; j < length; j++) {
      const code = view.getUint32((i * length + j) * 4, order !== '>');
      if (code > 0x10ffff) return text;
      if (code > 0) text += String.fromCodePoint(code);
    }
    return text;
  });
}

/** Texts as Arrow lays them out: offsets and one run of UTF-8. */
async function arrowTexts(file: Blob, parts: PickleValue | undefined): Promise<string[] | null> {
  const [type, length, , from, buffers] = Array.isArray(parts) ? parts : [];
  const name = type instanceof PickleCall ? textOf(type.args[0]) : '';
  const offsetBytes = Array.isArray(buffers) ? bytesOf(buffers[1]) : null;
  if (!/^(large_)?(string|utf8)$/.test(name) || typeof length !== 'number' || typeof from !== 'number')
    return null;
  if (!Array.isArray(buffers) || !offsetBytes) return null;
  const offsets = await fetchBytes(file, offsetBytes);
  const textBytes = bytesOf(buffers[2]);
  const texts = textBytes ? await fetchBytes(file, textBytes) : new Uint8Array(0);
  const view = new DataView(offsets.buffer, offsets.byteOffset, offsets.length);
  const size = name.startsWith('large') ? 8 : 4;
  if (offsets.length < (from + length + 1) * size) return null;
  const at = (i: number): number =>
    size === 8 ? Number(view.getBigInt64((from + i) * 8, true)) : view.getInt32((from + i) * 4, true);
  const decoder = new TextDecoder();
  return Array.from({ length }, (_, i) => decoder.decode(texts.subarray(at(i), at(i + 1))));
}
