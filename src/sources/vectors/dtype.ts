import type { NumberType } from '../../domain/descriptors';

export interface Dtype {
  type: NumberType;
  /** Bytes of one number. */
  size: number;
  bigEndian: boolean;
}

const TYPES: Record<string, NumberType> = {
  f2: 'f2',
  f4: 'f4',
  f8: 'f8',
  i1: 'i1',
  i2: 'i2',
  i4: 'i4',
  i8: 'i8',
  u1: 'u1',
  u2: 'u2',
  u4: 'u4',
  u8: 'u8',
  b1: 'bool',
};

const NAMES: Record<string, string> = {
  O: 'Python objects',
  U: 'text',
  S: 'bytes',
  a: 'bytes',
  V: 'records with fields',
  c: 'complex numbers',
  M: 'dates',
  m: 'durations',
  f: 'floats of another size than 2, 4 or 8 bytes',
};

/** A type as NumPy writes it (`<f4`, `|u1`). Throws an Error that names what is not a real number. */
export function parseDtype(text: string): Dtype {
  const [, order = '', kind = ''] = /^([<>=|]?)(.*)$/s.exec(text) ?? [];
  const type = TYPES[kind];
  if (!type)
    throw new Error(
      `it holds ${NAMES[kind[0]] ?? 'something'} (dtype ${text.slice(0, 60)}), not real numbers`,
    );
  return { type, size: Number(kind[1]), bigEndian: order === '>' };
}

let halves: Float32Array | null = null;

/** All 65,536 numbers of 16 bits (IEEE 754 binary16), by their bits. */
function halfTable(): Float32Array {
  if (halves) return halves;
  halves = new Float32Array(65536);
  for (let bits = 0; bits < 65536; bits++) {
    const exponent = (bits >> 10) & 31;
    const fraction = bits & 1023;
    const value =
      exponent === 0
        ? fraction * 2 ** -24
        : exponent === 31
          ? fraction === 0
            ? Infinity
            : NaN
          : (1 + fraction / 1024) * 2 ** (exponent - 15);
    halves[bits] = bits >> 15 ? -value : value;
  }
  return halves;
}

/** Numbers of a file as float32, `out.length` of them; `bytes` may be changed. */
export function toFloat32(
  bytes: Uint8Array<ArrayBuffer>,
  { type, size, bigEndian }: Dtype,
  out: Float32Array,
): void {
  // Views need their bytes aligned.
  const own = bytes.byteOffset % size === 0 && !bigEndian ? bytes : bytes.slice();
  if (bigEndian) swap(own, size);
  const { buffer, byteOffset: at } = own;
  const n = out.length;
  switch (type) {
    case 'f2': {
      const table = halfTable();
      const bits = new Uint16Array(buffer, at, n);
      for (let i = 0; i < n; i++) out[i] = table[bits[i]];
      return;
    }
    case 'i8':
    case 'u8': {
      const values = type === 'i8' ? new BigInt64Array(buffer, at, n) : new BigUint64Array(buffer, at, n);
      for (let i = 0; i < n; i++) out[i] = Number(values[i]);
      return;
    }
    case 'bool':
      for (let i = 0; i < n; i++) out[i] = own[i] === 0 ? 0 : 1;
      return;
    default:
      out.set(new VIEWS[type](buffer, at, n));
  }
}

const VIEWS = {
  f4: Float32Array,
  f8: Float64Array,
  i1: Int8Array,
  i2: Int16Array,
  i4: Int32Array,
  u1: Uint8Array,
  u2: Uint16Array,
  u4: Uint32Array,
};

function swap(bytes: Uint8Array, size: number): void {
  for (let at = 0; at + size <= bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}
