import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyDamage, damaged } from '../../../test/damage';
import { readShared, shared } from '../../../test/shared';
import { TesseraError } from '../../domain/errors';
import type { Cell, DescriptorReader } from '../../domain/descriptors';
import { listArrays, openDescriptors } from './open';
import { readPathList } from './path-list';

interface Case {
  file: string;
  rows?: (number | null)[][];
  refused?: string;
  names?: string[];
  array?: string;
  dtype?: string;
}

const golden = JSON.parse(readFileSync('test/golden/vectors.json', 'utf8')) as Record<string, Case>;
const bytesOf = ({ file }: Case): Uint8Array<ArrayBuffer> =>
  new Uint8Array(gunzipSync(Buffer.from(file, 'base64')));
const fileOf = (name: string, one: Case): File => new File([bytesOf(one)], name);

/** All rows, null for numbers that are not finite, and where these were reported. */
async function rowsOf(reader: DescriptorReader): Promise<{ rows: (number | null)[][]; bad: Cell[] }> {
  const rows: (number | null)[][] = [];
  const bad: Cell[] = [];
  for await (const { row0, n, data, nonFinite } of reader.blocks()) {
    expect(row0).toBe(rows.length);
    expect(data.length).toBe(n * reader.d);
    bad.push(...nonFinite.first);
    for (let i = 0; i < n; i++)
      rows.push(
        Array.from(data.subarray(i * reader.d, (i + 1) * reader.d), (v) => (Number.isFinite(v) ? v : null)),
      );
  }
  expect(rows).toHaveLength(reader.n);
  return { rows, bad };
}

const read = Object.entries(golden).filter(([, { rows }]) => rows);
const refused = Object.entries(golden).filter(([, one]) => one.refused);

describe('files that NumPy, pandas and pickle wrote', () => {
  it.each(read)('%s', async (name, one) => {
    const reader = await openDescriptors(fileOf(name, one), { array: one.array });
    expect((await rowsOf(reader)).rows).toEqual(one.rows!.map((row) => row.map((v) => v && Math.fround(v))));
    // And again from the beginning.
    expect((await rowsOf(reader)).rows[0]).toEqual(one.rows![0].map((v) => v && Math.fround(v)));
    expect(reader.names).toEqual(one.names ?? null);
    if (one.dtype) expect(reader.dtype).toBe(one.dtype);
  });

  it.each(refused)('refuses %s and says what it is', async (name, one) => {
    await expect(openDescriptors(fileOf(name, one)).then(rowsOf)).rejects.toMatchObject({
      code: 'read-file',
      message: expect.stringMatching(
        new RegExp(`^${name.replace('.', '\\.')} could not be read \\(.+\\): .+\\.$`),
      ),
      params: { reason: expect.stringContaining(one.refused!) },
    });
  });

  it('reads lists of paths: the column of that name, the only one, or the first of text', async () => {
    const list = (text: string): Promise<string[]> => readPathList(new File([text], 'paths.csv'));
    expect(await list('id,paths\nx,a.jpg\ny,b.jpg')).toEqual(['a.jpg', 'b.jpg']);
    expect(await list('any\na,1.jpg\nb.jpg')).toEqual(['a,1.jpg', 'b.jpg']);
    expect(await list('n,file\n1,a.jpg\n2,b.jpg')).toEqual(['a.jpg', 'b.jpg']);
    await expect(list('n,m\n1,2')).rejects.toThrow('no column of paths');
  });

  it('tells where numbers are not finite', async () => {
    const reader = await openDescriptors(fileOf('x.npy', golden['not-finite.npy']));
    expect((await rowsOf(reader)).bad).toEqual([
      { row: 0, column: 1 },
      { row: 1, column: 0 },
      { row: 2, column: 0 },
      { row: 2, column: 1 },
    ]);
  });

  it('lists the arrays to choose from', async () => {
    expect(await listArrays(fileOf('x.npz', golden['matrix-and-labels.npz']))).toEqual([
      { name: 'features', shape: [5, 3], dtype: '<f4' },
      { name: 'labels', shape: [5], dtype: '<i8' },
    ]);
    expect(await listArrays(fileOf('x.npy', golden['f2.npy']))).toEqual([
      { name: '', shape: [5, 3], dtype: '<f2' },
    ]);
    expect((await listArrays(fileOf('x.pickle', golden['several.pickle']))).map(({ name }) => name)).toEqual([
      'a',
      'b',
    ]);
  });

  it('names what it is when it is something else', async () => {
    const open = (content: string, name: string): Promise<unknown> =>
      openDescriptors(new File([content], name));
    await expect(open('', 'a.npy')).rejects.toThrow('a.npy could not be read (byte 0): it is empty.');
    await expect(open('hello world', 'a.npy')).rejects.toThrow('neither a .npy, .npz, pickle');
    await expect(open('hello world', 'a.pickle')).rejects.toThrow('a.pickle could not be read (byte');
  });
});

describe('damaged files', () => {
  const attempt = async (bytes: Uint8Array<ArrayBuffer>, name: string): Promise<void> => {
    try {
      await rowsOf(await openDescriptors(new File([bytes], name)));
    } catch (error) {
      expect(error).toBeInstanceOf(TesseraError);
      expect((error as Error).message).toMatch(
        new RegExp(`^${name.replace('.', '\\.')} could not be read \\(.+\\): .+\\.$`),
      );
    }
  };
  const some = read.filter(([name]) => !/-[135]\.pickle|^[iu]/.test(name));

  it('cut at every 16th byte, never fail but by a sentence', async () => {
    for (const [name, one] of some) {
      const bytes = bytesOf(one);
      for (let end = 0; end < bytes.length; end += 16) await attempt(bytes.slice(0, end), name);
    }
  }, 900_000);

  const kinds = ['npy', 'npz', 'pickle', 'parquet', 'csv'];
  it.each(kinds)(
    'of .%s, cut or with bits turned, never fail but by a sentence',
    async (kind) => {
      const ofKind = some.filter(([name]) => name.endsWith(`.${kind}`));
      expect(ofKind).not.toEqual([]);
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...ofKind), anyDamage, ([name, one], damage) =>
          attempt(damaged(bytesOf(one), damage), name),
        ),
        { numRuns: 2000 },
      );
    },
    900_000,
  );

  it('random never fail but by a sentence', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom('a.pickle', 'a.npy', 'a.npz'),
        (bytes, name) => attempt(new Uint8Array([...(name === 'a.pickle' ? [0x80, 4] : []), ...bytes]), name),
      ),
      { numRuns: 1000 },
    );
  }, 900_000);
});

it.skipIf(!shared('data/vehicles'))(
  'reads the descriptors of 500 vehicles (needs data/vehicles)',
  async () => {
    const file = (name: string): File =>
      new File([new Uint8Array(readShared(`data/vehicles/${name}`))], name);
    const resnet = await openDescriptors(file('resnet18.pickle'));
    expect([resnet.n, resnet.d, resnet.dtype]).toEqual([500, 512, 'f4']);
    const bytes = readShared('data/vehicles/resnet18.pickle');
    const { rows, bad } = await rowsOf(resnet);
    expect(bad).toEqual([]);
    // Its numbers begin at byte 150 and end the file but for 10 bytes.
    expect(rows[0][0]).toBe(bytes.readFloatLE(150));
    expect(rows[499][511]).toBe(bytes.readFloatLE(150 + 4 * (500 * 512 - 1)));
    const paths = await readPathList(file('images_paths.csv'));
    expect([paths.length, paths[0]]).toEqual([500, 'images/minibus/minibus606.jpg']);
    const mobile = await openDescriptors(file('mobilenetv2.npy'));
    expect([mobile.n, mobile.d, mobile.dtype]).toEqual([500, 1280, 'f2']);
    expect((await rowsOf(mobile)).bad).toEqual([]);
  },
);
