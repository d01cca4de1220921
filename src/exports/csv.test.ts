import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csv, csvRow, float32, parseCsv } from './csv';

async function text(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let all = '';
  for await (const chunk of chunks) all += decoder.decode(chunk, { stream: true });
  return all;
}

it('quotes as RFC 4180 asks', () => {
  expect(csvRow(['a', 'b,c', 'd"e', 'f\ng', '', 7])).toBe('a,"b,c","d""e","f\ng",,7\r\n');
});

it.each([
  ['=1+1', "'=1+1"],
  ['+cmd', "'+cmd"],
  ['-cmd', "'-cmd"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', `"'\tx"`],
  ['＝1', "'＝1"],
  ["'=1", "''=1"],
  ['-1.5', '-1.5'],
  ['+3e4', '+3e4'],
  ["'quoted'", "'quoted'"],
  ['a=b', 'a=b'],
])('holds back formulas, leaves numbers and plain text: %j -> %j', (from, to) => {
  expect(csvRow([from])).toBe(`${to}\r\n`);
});

it('writes numbers as numbers, what is none as nothing', () => {
  expect(csvRow([-0.25, 1e21, -0, Infinity, -Infinity, NaN, null])).toBe('-0.25,1e+21,-0,inf,-inf,,\r\n');
});

it('leaves formulas as they are when asked to be exact, and takes tabs as well', () => {
  expect(csvRow(['=1+1', '-a', 'x\ty', 3], { exact: true, delimiter: '\t' })).toBe('=1+1\t-a\t"x\ty"\t3\r\n');
});

it('round trips any text', async () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '=a',
      "'=a",
      "''-1",
      '-1',
      "'-1",
      '"',
      ',',
      '\r\n',
      '\r',
      'é',
      '🦔',
      'מזל',
      '',
      '\uFEFFx',
    ),
  );
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(table, fc.boolean(), async (rows, bom) => {
      const written = await text(csv(['path', 'b'], rows, { bom }));
      expect(written.startsWith('\uFEFF')).toBe(bom);
      // Lone surrogates have no UTF-8 and become U+FFFD on the way.
      expect(parseCsv(written)).toEqual([['path', 'b'], ...rows.map((r) => r.map((c) => c.toWellFormed()))]);
    }),
  );
}, 30_000);

it('keeps an empty cell that stands alone in its record', () => {
  expect(parseCsv(csvRow(['']) + csvRow(['x']))).toEqual([[''], ['x']]);
});

it('streams in chunks rather than as one string', async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => [`folder/image-${i}.jpg`, i]);
  let chunks = 0;
  let lines = 0;
  for await (const chunk of csv(['path', 'i'], rows)) {
    chunks++;
    lines += new TextDecoder().decode(chunk).split('\r\n').length - 1;
  }
  expect(chunks).toBeGreaterThan(3);
  expect(lines).toBe(20_001);
});

it('float32 gives the shortest decimal that reads back', () => {
  expect(float32(Math.fround(0.1))).toBe(0.1);
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Math.fround(float32(value))).toBe(value);
    }),
  );
});
