import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Artifact } from '../../src/exports/artifact';
import { tableBulk } from '../../src/exports/bulk';
import { matrixNpy } from '../../src/exports/embeddings';
import type { OutTable, OutVectors } from '../../src/exports/out-table';
import { tableParquet } from '../../src/exports/parquet';
import { tableCsv, tableJson, tableNdjson } from '../../src/exports/text-tables';

/** Writes one table of odd names and values in every format, for check_exports.py: `npx tsx test/golden/write_exports.ts FOLDER`. */
const TEXTS = [
  'plain.jpg',
  'a "quoted", one.jpg',
  'two\nlines\r\nand more',
  "=cmd|' /C calc'!A0",
  '-x',
  'עברית \u202egpj.exe',
  '👩‍🔬🦔.png',
  'x'.repeat(300),
  ' spaces ',
  'semi;colon\ttab',
];
const NUMBERS = [0.5, -0, 1e300, 5e-324, NaN, 2 ** 53 + 2, -1234.5678, 1 / 3, 1e21, 7];
const DATES = [0, -1, Date.UTC(1900, 0, 1, 1, 2, 3, 283), NaN, Date.UTC(2026, 4, 6), Date.UTC(1700, 0), 1.6e12];
const n = 300;
const d = 33;

const table: OutTable = {
  name: 'images',
  n,
  columns: [
    { name: 'path', type: 'text', at: (i) => `${i}/${TEXTS[i % TEXTS.length]}` },
    { name: 'text', type: 'text', at: (i) => (i % 11 === 0 ? '' : TEXTS[(i * 7) % TEXTS.length]) },
    { name: 'cluster', type: 'integer', at: (i) => (i % 13 === 0 ? NaN : i % 5) },
    { name: 'distance', type: 'float', at: (i) => Math.fround(Math.sqrt(i) / 7) },
    { name: 'number', type: 'number', at: (i) => NUMBERS[i % NUMBERS.length] },
    { name: 'taken', type: 'date', at: (i) => DATES[i % DATES.length] },
    { name: 'good', type: 'boolean', at: (i) => [true, false, null][i % 3] },
  ],
};
const data = Float32Array.from({ length: n * d }, (_, i) => Math.sin(i * 12.9898) * 10 ** ((i % 60) - 30));
const vectors: OutVectors = { name: 'vector', d, blocks: () => [data] };

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
const named = (artifact: Artifact, name: string): Artifact => ({ ...artifact, name });
for (const { name, chunks } of [
  tableCsv(table, { exact: true }),
  tableCsv(table, { exact: true, delimiter: '\t' }),
  tableJson(table, vectors),
  tableNdjson(table, vectors),
  tableBulk(table, { prefix: 'tessera_', index: 'photos', ids: null }, vectors),
  tableParquet(table, vectors, { records: 128, bytes: 1 << 20 }),
  matrixNpy({ rows: n, dim: d, chunks: [data] }),
  named(tableParquet({ ...table, columns: table.columns.slice(0, 1) }, vectors), 'embeddings.parquet'),
])
  await pipeline(Readable.from(chunks), createWriteStream(join(folder, name)));
