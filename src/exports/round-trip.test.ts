import fc from 'fast-check';
import { parquetMetadataAsync } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import type { Column } from '../domain/table';
import { readTable } from '../sources/table/read-table';
import { openDescriptors } from '../sources/vectors/open';
import { artifactBytes, type Artifact } from './artifact';
import { tableBulk } from './bulk';
import { matrixNpy } from './embeddings';
import { outColumn, type OutTable, type OutVectors } from './out-table';
import { tableParquet } from './parquet';
import { tableCsv, tableJson, tableNdjson } from './text-tables';

const ODD = [
  'a "quoted", one.jpg',
  'two\nlines\r\nand\rmore',
  "=cmd|' /C calc'!A0",
  '+1+1',
  '-x',
  '@SUM(A1)',
  '\ttab',
  "'=twice",
  '=1;2|3\t4,5',
  'עברית \u202egpj.exe',
  '👩‍🔬🦔.png',
  '\ufeffmark',
  ' spaces ',
  'x'.repeat(300),
  'NA',
  'true',
  '007',
  '12',
  '2020-01-01',
  '\\u0000 \u0007',
];
const word = fc.oneof(fc.constantFrom(...ODD), fc.string({ unit: 'binary', maxLength: 20 }));
const HUGE = 8.64e15;

interface Values {
  paths: string[];
  texts: string[];
  numbers: number[];
  dates: number[];
  booleans: (boolean | null)[];
}

const values = (surrogates: boolean, infinite: boolean): fc.Arbitrary<Values> => {
  const text = surrogates ? fc.oneof(word, fc.constantFrom('\ud83d', 'a\udc00b')) : word;
  const number = fc.double({ noDefaultInfinity: !infinite });
  // Years of four digits, as text tables write them.
  const date = fc.integer({ min: Date.UTC(1000, 0), max: Date.UTC(9999, 11) });
  const record = fc.record({
    path: text.map((rest) => `p${rest}`),
    text,
    number: fc.oneof(number, fc.constantFrom(-0, 0, NaN, 5e-324, 2 ** 53 + 2, 1e300)),
    date: fc.oneof(date, fc.constantFrom(NaN, -1, 0, Date.UTC(1900, 0, 1, 1, 2, 3, 283))),
    boolean: fc.constantFrom(true, false, null),
  });
  return fc.array(record, { minLength: 1, maxLength: 12 }).map((all) => ({
    paths: ['first', ...all.map(({ path }) => path)],
    // One value of each type that leaves no doubt about it, as any real column has.
    texts: ['plain words', ...all.map((one) => one.text)],
    numbers: [0.5, ...all.map((one) => one.number)],
    dates: [Date.UTC(1969, 6, 20), ...all.map((one) => one.date)],
    booleans: [true, ...all.map((one) => one.boolean)],
  }));
};

function columnsOf({ paths, texts, numbers, dates, booleans }: Values): Column[] {
  const text = (name: string, all: string[]): Column => {
    const words = [...new Set(['', ...all])];
    return { name, type: 'text', codes: Uint32Array.from(all, (one) => words.indexOf(one)), words };
  };
  return [
    text('path', paths),
    text('odd, "name"', texts),
    { name: 'number', type: 'number', values: Float64Array.from(numbers) },
    { name: 'date', type: 'date', values: Float64Array.from(dates) },
    {
      name: 'yes',
      type: 'boolean',
      values: Uint8Array.from(booleans, (one) => (one === null ? 2 : Number(one))),
    },
  ];
}

const tableOf = (columns: Column[], n: number): OutTable => ({
  name: 'table',
  n,
  columns: columns.map((column) => outColumn(column, (record) => record)),
});

/** What a column holds, value by value: -0 is not 0, and a word is itself whatever its code is. */
const contents = (column: Column): unknown[] =>
  column.type === 'text'
    ? Array.from(column.codes, (code) => column.words[code])
    : Array.from<number>(column.values);
const described = (columns: readonly Column[]): unknown[] =>
  columns.map((column) => [column.name, column.type, contents(column)]);

async function asFile(artifact: Artifact): Promise<File> {
  return new File([await artifactBytes(artifact)], artifact.name);
}

/** What UTF-8 can hold. */
const wellFormed = (columns: Column[]): Column[] =>
  columns.map((column) =>
    column.type === 'text' ? { ...column, words: column.words.map((one) => one.toWellFormed()) } : column,
  );

async function comesBack(write: (table: OutTable) => Artifact, of: Values, exact = false): Promise<void> {
  const columns = columnsOf(of);
  const { columns: read } = await readTable(await asFile(write(tableOf(columns, of.paths.length))));
  expect(described(read)).toEqual(described(exact ? columns : wellFormed(columns)));
}

describe('written and read again, a table is the same', () => {
  it.each([
    ['Parquet', (table: OutTable) => tableParquet(table)],
    ['CSV', (table: OutTable) => tableCsv(table, { exact: true })],
    ['CSV with a mark', (table: OutTable) => tableCsv(table, { exact: true, bom: true })],
    ['TSV', (table: OutTable) => tableCsv(table, { exact: true, delimiter: '\t' })],
  ])(
    'as %s',
    async (_, write) => {
      await fc.assert(
        fc.asyncProperty(values(true, true), (of) => comesBack(write, of)),
        { numRuns: 100 },
      );
    },
    30_000,
  );

  it.each([
    ['JSON', (table: OutTable) => tableJson(table)],
    ['NDJSON', (table: OutTable) => tableNdjson(table)],
  ])(
    'as %s, lone surrogates included',
    async (_, write) => {
      await fc.assert(
        fc.asyncProperty(values(true, false), (of) => comesBack(write, of, true)),
        { numRuns: 100 },
      );
    },
    30_000,
  );

  it('as bulk, by the names of its fields', async () => {
    const columns = columnsOf({
      paths: ['a', '=b'],
      texts: ['x', 'y'],
      numbers: [0.5, -0],
      dates: [-1, NaN],
      booleans: [null, true],
    });
    const file = await asFile(tableBulk(tableOf(columns, 2), { prefix: 't_', index: '', ids: null }));
    const { columns: read } = await readTable(file);
    expect(described(read)).toEqual(
      described(columns.map((column) => ({ ...column, name: `t_${column.name}` }))),
    );
  });
});

describe('Parquet', () => {
  it('keeps what texts and numbers would be taken for, dates of all years, columns of nothing', async () => {
    const words = ['', '2020-01-01', '2021-02-03'];
    const columns: Column[] = [
      { name: 'day as text', type: 'text', codes: Uint32Array.of(1, 2, 0), words },
      { name: 'count', type: 'number', values: Float64Array.of(1.6e12, 1.6e12, NaN) },
      { name: 'far', type: 'date', values: Float64Array.of(-HUGE, HUGE, Date.UTC(50, 0)) },
      { name: 'nothing', type: 'number', values: new Float64Array(3).fill(NaN) },
      { name: 'no words', type: 'text', codes: new Uint32Array(3), words: [''] },
    ];
    const { columns: read } = await readTable(await asFile(tableParquet(tableOf(columns, 3))));
    expect(described(read)).toEqual(described(columns));
  });

  it('writes row groups, and few words as a dictionary', async () => {
    const n = 40_000;
    const table: OutTable = {
      name: 'long',
      n,
      columns: [
        { name: 'path', type: 'text', at: (i) => `folder/${i}.jpg` },
        { name: 'cluster', type: 'integer', at: (i) => i % 7 },
        { name: 'name', type: 'text', at: (i) => ['hens', '', 'ducks'][i % 3] },
      ],
    };
    const file = await asFile(tableParquet(table));
    const bytes = await file.arrayBuffer();
    const { row_groups } = await parquetMetadataAsync({
      byteLength: bytes.byteLength,
      slice: (from, to) => bytes.slice(from, to),
    });
    expect(row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([16_384, 16_384, 7232]);
    for (const { columns } of row_groups) expect(columns[2].meta_data?.encodings).toContain('RLE_DICTIONARY');
    const { columns } = await readTable(file);
    expect(contents(columns[0])[39_999]).toBe('folder/39999.jpg');
    expect(contents(columns[1]).slice(20_000, 20_004)).toEqual([1, 2, 3, 4]);
    expect(contents(columns[2]).slice(30_000, 30_003)).toEqual(['hens', '', 'ducks']);
  });
});

describe('vectors come back to the bit', () => {
  const bits = (data: Float32Array): Uint8Array =>
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  async function read(
    artifact: Artifact,
  ): Promise<{ n: number; d: number; names: string[] | null; data: Float32Array }> {
    const reader = await openDescriptors(await asFile(artifact));
    const data = new Float32Array(reader.n * reader.d);
    for await (const block of reader.blocks()) data.set(block.data, block.row0 * reader.d);
    return { n: reader.n, d: reader.d, names: reader.names, data };
  }
  const ofRows = (data: Float32Array, d: number, cuts: number[]): OutVectors => ({
    name: 'vector',
    d,
    *blocks() {
      let at = 0;
      for (const rows of [...cuts, Infinity]) {
        const end = Math.min(data.length, (at / d + rows) * d);
        if (end > at) yield data.subarray(at, end);
        at = end;
      }
    },
  });

  it.each([
    [1, 2],
    [2, 3],
    [63, 5],
    [257, 33],
    [5000, 130],
    [5, 4096],
  ])('%i x %i', async (n, d) => {
    const data = Float32Array.from(
      { length: n * d },
      (_, i) => Math.sin(i * 12.9898) * 10 ** ((i % 60) - 30),
    );
    data.set([-0, 1e-45, 3.4028234663852886e38].slice(0, Math.min(3, data.length)));
    const table: OutTable = {
      name: 'v',
      n,
      columns: [{ name: 'path', type: 'text', at: (i) => `${i}.jpg` }],
    };
    const vectors = ofRows(data, d, [1, 0, 7, 500]);
    const npy = await read(matrixNpy({ rows: n, dim: d, chunks: vectors.blocks() }));
    const parquet = await read(
      tableParquet(table, vectors, n === 257 ? { records: 100, bytes: 4 * d * 70 } : undefined),
    );
    for (const back of [npy, parquet]) {
      expect([back.n, back.d]).toEqual([n, d]);
      expect(Buffer.compare(bits(back.data), bits(data))).toBe(0);
    }
    expect(parquet.names?.at(-1)).toBe(`${n - 1}.jpg`);
  });

  it('as the only column of a file, and as lists in JSON', async () => {
    const data = Float32Array.of(0.1, -0, 3e38, 1e-45, 5, 6);
    const vectors = ofRows(data, 2, []);
    const none: OutTable = { name: 'v', n: 3, columns: [] };
    expect(bits((await read(tableParquet(none, vectors))).data)).toEqual(bits(data));
    const json = new TextDecoder().decode(await artifactBytes(tableJson(none, vectors)));
    const lists = (JSON.parse(json) as { vector: number[] }[]).flatMap(({ vector }) => vector);
    expect(bits(Float32Array.from(lists))).toEqual(bits(data));
  });

  it('are nothing in JSON for a record that has none', async () => {
    const vectors = ofRows(Float32Array.of(1, 2, NaN, NaN), 2, []);
    const none: OutTable = { name: 'v', n: 2, columns: [] };
    const json = new TextDecoder().decode(await artifactBytes(tableJson(none, vectors)));
    expect(JSON.parse(json)).toEqual([{ vector: [1, 2] }, { vector: null }]);
  });

  it('tells when there are too few or too many of them', async () => {
    const vectors = ofRows(new Float32Array(6), 2, []);
    const table = (n: number): OutTable => ({
      name: 'v',
      n,
      columns: [{ name: 'i', type: 'integer', at: (i) => i }],
    });
    await expect(artifactBytes(tableParquet(table(4), vectors))).rejects.toThrow('3 vectors for 4 records');
    await expect(artifactBytes(tableParquet(table(2), vectors))).rejects.toThrow(
      'more vectors than the 2 records',
    );
    await expect(artifactBytes(tableNdjson(table(4), vectors))).rejects.toThrow('3 vectors for 4 records');
  });
});

it('bulk: an action and a document in turn, updates where the id is known', async () => {
  const ids = ['7', '', 'x"y'];
  const artifact = tableBulk(
    { name: 'images', n: 3, columns: [{ name: 'cluster', type: 'integer', at: (i) => i }] },
    { prefix: 'tessera_', index: 'photos', ids: { name: '_id', type: 'text', at: (i) => ids[i] } },
  );
  expect(new TextDecoder().decode(await artifactBytes(artifact)).split('\n')).toEqual([
    '{"update":{"_index":"photos","_id":"7"}}',
    '{"doc":{"tessera_cluster":0}}',
    '{"index":{"_index":"photos"}}',
    '{"tessera_cluster":1}',
    '{"update":{"_index":"photos","_id":"x\\"y"}}',
    '{"doc":{"tessera_cluster":2}}',
    '',
  ]);
});
