import { describe, expect, it } from 'vitest';
import type { Column } from '../../../domain/table';
import {
  clustersFound,
  columnTest,
  parseQuery,
  pathColumnTest,
  pathTest,
  rowsWhere,
  valuesFound,
} from './search';

const columns = ['device', 'device:type', 'Size', 'cluster note'];

describe('parseQuery', () => {
  it.each([
    ['', { kind: 'nothing' }],
    ['  ', { kind: 'nothing' }],
    ['blue', { kind: 'text', text: 'blue' }],
    ['#7', { kind: 'cluster', text: '7' }],
    ['#seven', { kind: 'text', text: '#seven' }],
    ['cluster:7', { kind: 'cluster', text: '7' }],
    ['Cluster: tracks', { kind: 'cluster', text: 'tracks' }],
    ['cluster:', { kind: 'nothing' }],
    ['device:abc', { kind: 'column', column: 'device', value: 'abc' }],
    ['DEVICE: a b ', { kind: 'column', column: 'device', value: 'a b' }],
    ['device:type:x', { kind: 'column', column: 'device:type', value: 'x' }],
    ['size:>3', { kind: 'column', column: 'Size', value: '>3' }],
    ['size:', { kind: 'nothing' }],
    ['C:/photos', { kind: 'text', text: 'C:/photos' }],
  ])('reads %o', (typed, query) => expect(parseQuery(typed, columns)).toEqual(query));
});

it('finds clusters by number and by name', () => {
  const names = ['Tracks', 'Dots 1', '', ''];
  const nameOf = (c: number): string => names[c];
  expect(clustersFound('1', [0, 1, 3], nameOf)).toEqual([1]);
  expect(clustersFound('3', [0, 1, 3], nameOf)).toEqual([3]);
  expect(clustersFound('TRACK', [0, 1, 3], nameOf)).toEqual([0]);
  expect(clustersFound('2', [0, 1, 3], nameOf)).toEqual([]);
});

describe('tests of rows', () => {
  const passing = (test: (row: number) => boolean, n: number): number[] =>
    Array.from({ length: n }, (_, row) => row).filter(test);
  const text: Column = {
    name: 'device',
    type: 'text',
    words: ['', 'Phone A', 'phone b', 'camera'],
    codes: new Uint32Array([1, 2, 3, 0, 1]),
  };
  const size: Column = { name: 'size', type: 'number', values: Float64Array.from([1, 2.5, 3, NaN, 10]) };
  const day = (iso: string): number => Date.parse(`${iso}Z`);
  const taken: Column = {
    name: 'taken',
    type: 'date',
    values: Float64Array.from([
      day('2023-12-31T23:59:59.999'),
      day('2024-01-01T00:00'),
      day('2024-03-05T10:20:30'),
      NaN,
    ]),
  };

  it('finds texts whatever their case', () => {
    expect(passing(columnTest(text, 'PHONE'), 6)).toEqual([0, 1, 4]);
    expect(passing(columnTest(text, 'nothing'), 6)).toEqual([]);
  });

  it.each([
    ['2.5', [1]],
    ['2,5', [1]],
    ['>2.5', [2, 4]],
    ['>=2.5', [1, 2, 4]],
    ['<3', [0, 1]],
    ['<=3', [0, 1, 2]],
    ['2..5', [1, 2]],
    ['>0', [0, 1, 2, 4]],
    ['many', []],
    ['..', []],
  ])('compares numbers: %s', (value, rows) => expect(passing(columnTest(size, value), 6)).toEqual(rows));

  it.each([
    ['2024', [1, 2]],
    ['2024-01', [1]],
    ['2024-03-05', [2]],
    ['2024-03-05 10:20', [2]],
    ['2024-03-05T10:21', []],
    ['<2024', [0]],
    ['>2023', [1, 2]],
    ['2023..2024-01', [0, 1]],
    ['soon', []],
  ])('compares dates: %s', (value, rows) => expect(passing(columnTest(taken, value), 4)).toEqual(rows));

  it('knows yes and no', () => {
    const good: Column = { name: 'good', type: 'boolean', values: new Uint8Array([0, 1, 2]) };
    expect(passing(columnTest(good, 'true'), 4)).toEqual([1]);
    expect(passing(columnTest(good, 'F'), 4)).toEqual([0]);
    expect(passing(columnTest(good, 'maybe'), 4)).toEqual([]);
  });

  it('looks into paths, and into what they say', () => {
    const paths = ['set/train/Disc/a.png', 'set/test/line/disc.png'];
    expect(passing(pathTest(paths, 'disc'), 2)).toEqual([0, 1]);
    expect(passing(pathColumnTest(paths, 'class', 'disc'), 2)).toEqual([0]);
    expect(passing(pathColumnTest(paths, 'split', 'test'), 2)).toEqual([1]);
  });

  it('names the values that hold a text, the most frequent first', () => {
    expect(valuesFound([text, size], 'phone', 10)).toEqual([
      { column: 'device', value: 'Phone A', size: 2 },
      { column: 'device', value: 'phone b', size: 1 },
    ]);
    expect(valuesFound([text], 'phone', 1)).toHaveLength(1);
    expect(valuesFound([text], 'x', 10)).toEqual([]);
  });
});

describe('rowsWhere', () => {
  const open = new AbortController().signal;

  it('goes through all rows in slices, with pauses between them', async () => {
    let pauses = 0;
    const rows = await rowsWhere(
      50_000,
      (row) => row % 25_000 === 0,
      open,
      async () => void pauses++,
    );
    expect([...rows!]).toEqual([0, 25_000]);
    expect(pauses).toBe(2);
    expect(
      await rowsWhere(
        0,
        () => true,
        open,
        async () => undefined,
      ),
    ).toHaveLength(0);
  });

  it('ends when another search begins', async () => {
    const controller = new AbortController();
    const pause = async (): Promise<void> => controller.abort();
    expect(await rowsWhere(50_000, () => true, controller.signal, pause)).toBeNull();
  });
});
