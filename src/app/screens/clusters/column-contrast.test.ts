import { describe, expect, it } from 'vitest';
import type { ProjectColumn } from '../../../domain/metadata';
import type { Column } from '../../../domain/table';
import { contrastColumns, contrastOf } from './column-contrast';
import { contrastTable, shownValues } from './contrast-plot';

const N = 40;
const rows = Array.from({ length: N }, (_, row) => row);
const paths = rows.map((row) => `set/${row}.png`);
const members = Uint32Array.from({ length: 10 }, (_, i) => i);

function told(column: Column, distinct: number): ProjectColumn {
  return { source: { kind: 'record' }, column, filled: N, distinct };
}
const device: Column = {
  name: 'device',
  type: 'text',
  // All ten members have "a", and two others; the last has none.
  codes: Uint32Array.from(rows, (row) => (row < 12 ? 1 : row === N - 1 ? 0 : 2 + (row % 2))),
  words: ['', 'a', 'b', 'c'],
};
const height: Column = {
  name: 'height',
  type: 'number',
  values: Float64Array.from(rows, (row) => (row === 3 ? NaN : row)),
};
const time: Column = {
  name: 'time',
  type: 'date',
  values: Float64Array.from(rows, (row) => Date.UTC(2026, 0, 1 + row)),
};
const columns = [told(device, 3), told(height, 39), told(time, N)];
const everyRow = (): boolean => true;
const of = (name: string, own = members, clustered: (row: number) => boolean = everyRow) =>
  contrastOf(name, { paths, columns }, own, clustered);

describe('a column against the rest', () => {
  it('is any that groups images or has a scale', () => {
    expect(contrastColumns({ paths, columns })).toEqual(['device', 'height', 'time']);
  });

  it('counts values here and elsewhere, and names those that are over-represented', () => {
    const found = of('device')!;
    expect(found).toMatchObject({ kind: 'values', hereN: 10, restN: 30 });
    if (found.kind !== 'values') return;
    expect(found.values.map(({ name, here, rest }) => [name, here, rest])).toEqual([
      ['a', 10, 2],
      ['b', 0, 14],
      ['c', 0, 13],
      ['', 0, 1],
    ]);
    expect(found.values.map(({ over }) => over)).toEqual([true, false, false, false]);
    expect(found.values[0].ratio).toBeCloseTo(15);
    expect(found.distance).toBeCloseTo(28 / 30);
    expect(shownValues(found.values)[0].name).toBe('a');
    expect([...contrastTable(found).rows][0]).toEqual(['a', 10, 2, 1, 2 / 30, 'yes']);
  });

  // Two-sided p is 0.0286 and 0.0894: the first would not count at a rate of 1 %.
  it.each([
    [5, true],
    [4, false],
  ])('%d of 10 here and 4 of 30 elsewhere: over-represented %s', (here, over) => {
    const withIt = (row: number): boolean => (row < 10 ? row < here : row < 14);
    const mark: Column = {
      name: 'mark',
      type: 'text',
      codes: Uint32Array.from(rows, (row) => (withIt(row) ? 1 : 2)),
      words: ['', 'x', 'y'],
    };
    const found = contrastOf('mark', { paths, columns: [told(mark, 2)] }, members, everyRow)!;
    if (found.kind !== 'values') throw new Error('Values were expected.');
    expect(found.values.find(({ name }) => name === 'x')).toMatchObject({ here, rest: 4, over });
    expect(found.values.find(({ name }) => name === 'y')).toMatchObject({ over: false });
  });

  it('leaves out images in no cluster', () => {
    const found = of('device', members, (row) => row < 12)!;
    expect(found).toMatchObject({ hereN: 10, restN: 2, distance: 0 });
    if (found.kind === 'values') expect(found.values.map(({ over }) => over)).toEqual([false]);
  });

  it('cuts numbers and dates into ranges that hold every value once', () => {
    const numbers = of('height')!;
    expect(numbers).toMatchObject({ kind: 'ranges', type: 'number', hereN: 9, restN: 30 });
    if (numbers.kind !== 'ranges') return;
    expect(numbers.bins.reduce((sum, bin) => sum + bin.here, 0)).toBe(9);
    expect(numbers.bins.reduce((sum, bin) => sum + bin.rest, 0)).toBe(30);
    expect([numbers.medianHere, numbers.medianRest]).toEqual([5, 24.5]);
    const dates = of('time')!;
    expect(dates).toMatchObject({
      kind: 'ranges',
      type: 'date',
      hereN: 10,
      restN: 30,
      distance: expect.any(Number),
    });
    expect(String([...contrastTable(dates).rows][0][0])).toMatch(/^20\d\d-.*Z$/);
  });

  it('has nothing to say where one side is empty', () => {
    expect(of('device', new Uint32Array())).toBeNull();
    expect(of('height', Uint32Array.of(3))).toBeNull();
    expect(of('device', Uint32Array.from(rows))).toBeNull();
  });
});
