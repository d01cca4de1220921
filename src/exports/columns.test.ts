import { expect, it } from 'vitest';
import type { ProjectColumn } from '../domain/metadata';
import type { Column } from '../domain/table';
import { artifactBytes } from './artifact';
import { columnsCsv } from './columns';
import { parseCsv } from './csv';

const of = (column: Column): ProjectColumn => ({
  source: { kind: 'record' },
  column,
  filled: 0,
  distinct: 0,
});
const table = async (...args: Parameters<typeof columnsCsv>): Promise<string[][]> =>
  parseCsv(new TextDecoder().decode(await artifactBytes(columnsCsv(...args))));

it('has a record for each image and a column for each column, whatever they are called and say', async () => {
  const columns = [
    of({ name: '__proto__', type: 'number', values: Float64Array.of(-1.5, NaN) }),
    of({ name: '=1+1', type: 'text', codes: Uint32Array.of(1, 0), words: ['', '=SUM(A1)'] }),
    of({ name: 'כן, לא', type: 'boolean', values: Uint8Array.of(2, 1) }),
    of({ name: '🦔', type: 'date', values: Float64Array.of(0, NaN) }),
  ];
  expect(await table(['a.png', 'b.png', 'later.png'], columns)).toEqual([
    ['path', '__proto__', '=1+1', 'כן, לא', '🦔'],
    ['a.png', '-1.5', '=SUM(A1)', '', '1970-01-01T00:00:00.000Z'],
    ['b.png', '', '', 'true', ''],
    ['later.png', '', '', '', ''],
  ]);
  expect(await table([], columns)).toHaveLength(1);
});
