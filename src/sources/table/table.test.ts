import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyDamage, damaged } from '../../../test/damage';
import { TesseraError } from '../../domain/errors';
import { textAt, type Table } from '../../domain/table';
import { readCsvTable } from './csv-table';
import { readTable } from './read-table';

const golden = JSON.parse(readFileSync('test/golden/tables.json', 'utf8')) as Record<string, string>;
const bytesOf = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(gunzipSync(Buffer.from(golden[name], 'base64')));
const read = (content: string | Uint8Array<ArrayBuffer>, name = 't.csv'): Promise<Table> =>
  readTable(new File([content], name));

const rowsOf = ({ n, columns }: Table): string[][] =>
  Array.from({ length: n }, (_, row) => columns.map((column) => textAt(column, row)));
const typesOf = ({ columns }: Table): string[] => columns.map(({ name, type }) => `${name}: ${type}`);

describe('one table as others write it', () => {
  it.each(Object.keys(golden))('%s', async (name) => {
    const table = await read(bytesOf(name), name);
    expect(typesOf(table)).toEqual([
      'path: text',
      'size: number',
      'count: number',
      'good: boolean',
      'at: date',
      'code: text',
    ]);
    expect(rowsOf(table)).toEqual([
      ['a/é 1.jpg', '1.5', '1', 'true', '2020-01-31T10:20:30.500Z', '007'],
      ['b, "2".jpg', '', '2', 'false', '', '08'],
      ['c\nd.jpg', '-30000000000', '3', 'true', '1999-12-31T00:00:00.000Z', '1'],
      ['', '0.25', '4', 'true', '2021-06-01T00:00:00.000Z', '2'],
      ['e.jpg', '7', '5', 'false', '2000-02-29T00:00:00.000Z', '3'],
    ]);
    expect(table.problems.map(({ reason }) => reason)).toEqual(
      name.endsWith('parquet') ? ['the column "list" holds lists or records and is left out'] : [],
    );
  });
});

describe('text tables', () => {
  it('are the same however the file is cut', async () => {
    const file = new File([bytesOf('comma.csv')], 'a.csv');
    const whole = await readCsvTable(file);
    for (const chunk of [1, 2, 3, 7, 50]) expect(await readCsvTable(file, { chunk })).toEqual(whole);
  });

  it('come back as they were written, whatever is in the cells', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', '1', ',', ';', '"', '\n', '\r', ' ', 'é', '🦋', '\t'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 8, max: 64 }),
        async (cells, chunk) => {
          const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
          const text = [['key', 'other'], ...cells].map((row) => row.map(quote).join(',')).join('\n');
          const table = await readCsvTable(new File([text], 'a.csv'), {
            chunk,
            delimiter: ',',
            newline: '\n',
            header: true,
          });
          expect(table.n).toBe(cells.length);
          // What is not text is compared by the tests of its kind.
          if (table.columns.every(({ type }) => type === 'text')) expect(rowsOf(table)).toEqual(cells);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('tell ragged rows and open quotes with their lines', async () => {
    const table = await read('a,b\n1,2\n\n3\n"x\ny",5,6\n7,8\n9,"open\n');
    expect(table.n).toBe(5);
    expect(table.problems).toEqual(
      [
        { line: 8, reason: 'a quote is not closed, or text follows it' },
        { line: 4, reason: 'it has 1 cells instead of 2' },
        { line: 5, reason: 'it has 3 cells instead of 2' },
      ].sort((a, b) => a.line - b.line),
    );
  });

  it.each([
    ['no header', '0.5,a\n1.5,b\n', ['column 1: number', 'column 2: text']],
    [
      'columns that are counted',
      ',0,1,2\nx,5,6,7\n',
      ['column 1: text', '0: number', '1: number', '2: number'],
    ],
    ['years', 'name,2019,2020\nx,5,6\n', ['name: text', '2019: number', '2020: number']],
    ['equal names', 'a,a, ,a\n1,x,2,3\n', ['a: number', 'a (2): text', 'column 3: number', 'a (3): number']],
    ['one column with commas', 'paths\na,b.jpg\nc.jpg\n', ['paths: text']],
    ['Excel’s first line', 'sep=;\r\na;b\r\n1;2,5\r\n', ['a: number', 'b: number']],
    ['thousands', 'a\tb\n1,000\t1\n2,500\t2\n', ['a: text', 'b: number']],
    ['decimal commas', 'a;b\n1,000;1\n2,5;2\n', ['a: number', 'b: number']],
    ['missing values', 'a,b,c\nNA,NA,x\n1,,NA\nnan,null,y\n', ['a: number', 'b: text', 'c: text']],
    [
      'numbers that are names',
      'a,b,c\n01,12345678901234567890,1\n2,3,x\n',
      ['a: text', 'b: text', 'c: text'],
    ],
    [
      'numbers in every dress',
      'a,b,c,d,e,f\n1,-0.5,-007,1.2.3,1234567890123456,-\n2.5,1e5,0,1,1,1\n.5,+7,0,1,0,2\n0, 3 ,1,1,-0.0,3\n',
      ['a: number', 'b: number', 'c: text', 'd: text', 'e: number', 'f: text'],
    ],
    ['whole numbers in decimal commas', 'a;b\n12;1\n2,5;2\n', ['a: number', 'b: number']],
    [
      'times',
      'a,b,c\n1543635503263,2020-01-01,2020:05:06 07:08:09\n1543635503264,,2021:05:06 07:08:09\n',
      ['a: date', 'b: date', 'c: date'],
    ],
    ['no such days', 'a,b\n2020-02-30,1\n', ['a: text', 'b: number']],
    ['zones', 'a\n2020-01-01T01:00:00+01:00\n', ['a: date']],
    ['infinity', 'a\ninf\n-Infinity\n1\n', ['a: number']],
  ])('%s', async (_, text, types) => {
    expect(typesOf(await read(text))).toEqual(types);
  });

  it('read numbers in every dress as they are meant', async () => {
    const table = await read('a\n1\n-0.5\n1e5\n.5\n+7\n 3 \n0\ninf\n-Infinity\nNA\n1234567890123456\n');
    expect([...(table.columns[0] as { values: Float64Array }).values]).toEqual([
      1,
      -0.5,
      1e5,
      0.5,
      7,
      3,
      0,
      Infinity,
      -Infinity,
      NaN,
      1234567890123456,
    ]);
  });

  it('read dates with and without zones', async () => {
    const table = await read('a\n2020-01-01T01:00:00+01:00\n2020-01-01\n2020-01-01 00:00:00.000001\n');
    expect([...(table.columns[0] as { values: Float64Array }).values]).toEqual(
      Array(3).fill(Date.UTC(2020, 0)),
    );
  });

  it('fall back to Windows-1252 and say so', async () => {
    const table = await read(new Uint8Array(Buffer.from('name,b\nCaf\xe9,1\n', 'latin1')));
    expect(rowsOf(table)).toEqual([['Café', '1']]);
    expect(table.problems[0]).toMatchObject({ line: 0, reason: expect.stringContaining('not UTF-8') });
  });

  it('bound a row whose quote is never closed', async () => {
    await expect(read(`a,b\n1,"${'x\n'.repeat(5 << 20)}`)).rejects.toThrow('line 2');
  }, 30_000);

  it.each(['', '\n\n', 'a,b\n', '\0\0\0a,b', 'PAR1', 'PAR1xxxxPAR1'])(
    'refuse %j with a sentence',
    async (text) => {
      await expect(read(text)).rejects.toThrow(/^t\.csv could not be read \(.+\): .+\.$/);
    },
  );
});

describe('JSON tables', () => {
  it('mix types as text, keep dates and leave pictures out', async () => {
    const png =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=';
    const records = [
      { a: 1, t: 1543635503263, frame: png, b: true },
      { a: 'x', c: { d: '2020-01-01' }, b: false },
      { a: true, b: 2 },
      'no object',
    ];
    const table = await read(JSON.stringify(records), 'a.json');
    expect(typesOf(table)).toEqual(['a: text', 't: date', 'b: text', 'c.d: date']);
    expect(rowsOf(table).map((row) => row[0])).toEqual(['1', 'x', 'true']);
    expect(rowsOf(table).map((row) => row[2])).toEqual(['true', 'false', '2']);
    expect(table.problemCount).toBe(1);
  });
});

describe('damaged tables', () => {
  const attempt = async (bytes: Uint8Array<ArrayBuffer>, name: string): Promise<void> => {
    try {
      await read(bytes, name);
    } catch (error) {
      expect(error).toBeInstanceOf(TesseraError);
      expect((error as Error).message).toContain(name);
    }
  };

  const kinds = [/\.parquet$/, /json$/, /sv$|\.txt$/].map(
    (ending) => [ending, Object.keys(golden).filter((name) => ending.test(name))] as const,
  );
  it.each(kinds)(
    'of %s, cut or with bits turned, never fail but by a sentence',
    async (_, names) => {
      expect(names).not.toEqual([]);
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...names), anyDamage, (name, damage) =>
          attempt(damaged(bytesOf(name), damage), name),
        ),
        { numRuns: 2000 },
      );
    },
    900_000,
  );

  it('ends at Parquet files that count backwards: each bit of a page header, and a number of children', async () => {
    const name = 'none.parquet';
    const bytes = bytesOf(name);
    const flips = Array.from({ length: 44 * 8 }, (_, i) => ({ at: 4 + (i >> 3), bit: i & 7 }));
    for (const flip of [...flips, { at: 1872, bit: 0 }])
      await attempt(damaged(bytes, { bits: [flip] }), name);
  });

  it('cut at every 64th byte, or random, never fail but by a sentence', async () => {
    for (const name of Object.keys(golden)) {
      const bytes = bytesOf(name);
      for (let end = 0; end < bytes.length; end += 64) await attempt(bytes.slice(0, end), name);
    }
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), (bytes) => attempt(new Uint8Array(bytes), 'a.csv')),
      { numRuns: 300 },
    );
  }, 900_000);
});
