import { expect, it } from 'vitest';
import { npy, npyHeader, npyOf, readFloats, readNpy } from './npy';

async function bytes(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return new Uint8Array(Buffer.concat(parts));
}

it('writes the header that NumPy writes', () => {
  // numpy.lib.format.write_array_header_1_0 for zeros((3, 2), '<f4')
  const text = "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }";
  const header = npyHeader([3, 2]);
  expect([...header.subarray(0, 10)]).toEqual([0x93, 78, 85, 77, 80, 89, 1, 0, 118, 0]);
  expect(new TextDecoder().decode(header.subarray(10))).toBe(`${text.padEnd(117)}\n`);
  expect(new TextDecoder().decode(npyHeader([5]))).toContain("'shape': (5,), ");
});

it.each([[[1, 1]], [[416_314, 2048]], [[7]], [[123_456_789, 12_345]]])(
  'aligns the data to 64 bytes: %j',
  (shape) => {
    expect(npyHeader(shape).length % 64).toBe(0);
  },
);

it('round trips values given in uneven chunks, special ones included', async () => {
  const values = Float32Array.of(0, -0, 1e-45, 3.4e38, NaN, Infinity, -Infinity, 0.1, 1, 2, 3, 4);
  const file = await bytes(npy([4, 3], [values.subarray(0, 5), values.subarray(5, 5), values.subarray(5)]));
  const read = readNpy(file);
  expect(readNpy(Buffer.concat([Buffer.alloc(3), file]).subarray(3))).toEqual(read);
  expect(read.shape).toEqual([4, 3]);
  expect(new Uint8Array(read.data.buffer)).toEqual(new Uint8Array(values.slice().buffer));
});

it('takes a producer that fills one buffer again and again', async () => {
  function* rows(): Generator<Float32Array> {
    const row = new Float32Array(2);
    for (let i = 0; i < 3; i++) {
      row.fill(i);
      yield row;
    }
  }
  const read = readNpy(await bytes(npy([3, 2], rows())));
  expect([...read.data]).toEqual([0, 0, 1, 1, 2, 2]);
});

it('writes an empty array', async () => {
  expect(readNpy(await bytes(npy([0, 5], [])))).toEqual({ shape: [0, 5], data: new Float32Array() });
});

it.each([[[new Float32Array(5)]], [[new Float32Array(7)]], [[]]])(
  'refuses values that do not fill the shape',
  async (chunks) => {
    await expect(bytes(npy([2, 3], chunks))).rejects.toThrow(/shape \(2, 3\) got \d of 6 values/);
  },
);

it('refuses files that are not what it writes', () => {
  expect(() => readNpy(new TextEncoder().encode('hello, world'))).toThrow('Not a NumPy file');
  const double = npyHeader([1]);
  const text = new TextDecoder('latin1').decode(double).replace('<f4', '<f8');
  expect(() => readNpy(Uint8Array.from(text, (c) => c.charCodeAt(0)))).toThrow(/float32/);
});

it('round trips a whole array of either precision, bit for bit', () => {
  for (const Floats of [Float32Array, Float64Array]) {
    const values = Floats.of(0, -0, 5e-324, 1 / 3, NaN, -Infinity);
    const read = readFloats(npyOf([3, 2], values));
    expect(read.shape).toEqual([3, 2]);
    expect(read.data).toBeInstanceOf(Floats);
    expect(new Uint8Array(read.data.buffer)).toEqual(new Uint8Array(values.buffer));
  }
  expect(() => readNpy(npyOf([1], Float64Array.of(1)))).toThrow(/not float64/);
  expect(() => npyOf([2, 2], new Float32Array(3))).toThrow(/3 of 4/);
});
