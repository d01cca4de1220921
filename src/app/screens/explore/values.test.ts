import { describe, expect, it } from 'vitest';
import { flagColumn, numberColumn, textColumn } from '../../../../test/project-columns';
import type { ProjectColumn } from '../../../domain/metadata';
import { cutsOf, mainCut, proposedCut, type Cut } from './cuts';
import { valuesOf, type Value } from './values';

const NO_PATHS: string[] = [];
const one = (column: ProjectColumn, step: Cut['step'], n: number) =>
  valuesOf({ column: column.column.name, step }, { paths: NO_PATHS, columns: [column] }, n)!;
const word = (text: string): Value => ({ kind: 'text', text });

describe('the values of', () => {
  it('a column of texts are in natural order, no value last, those of nobody left out', () => {
    const column = textColumn('device', ['cam 10', '', 'cam 9', 'cam 10', 'later']);
    const { values, of } = one(column, 'value', 4);
    expect(values).toEqual([word('cam 9'), word('cam 10'), { kind: 'none' }]);
    expect([...of]).toEqual([1, 2, 0, 1]);
  });

  it('images beyond the end of the column are none', () => {
    for (const column of [textColumn('a', ['x']), numberColumn('a', [1]), flagColumn('a', [1])])
      expect([...one(column, 'value', 3).of]).toEqual([0, 1, 1]);
    expect([...one(numberColumn('a', [0], 'date'), 'day', 3).of]).toEqual([0, 1, 1]);
    expect([...one(numberColumn('a', [0, 7]), 'ranges', 3).of].at(-1)).toBeGreaterThan(1);
  });

  it('paths are asked by folder', () => {
    const paths = ['b/x/1.jpg', 'a/y/2.jpg', '3.jpg', 'b/x/4.jpg'];
    const found = valuesOf({ column: 'class', step: 'value' }, { paths, columns: [] }, 4)!;
    expect(found.values).toEqual([word('x'), word('y'), { kind: 'none' }]);
    expect([...found.of]).toEqual([0, 1, 2, 0]);
    const whole = valuesOf({ column: 'folder', step: 'value' }, { paths, columns: [] }, 4)!;
    expect(whole.values).toEqual([word('a/y'), word('b/x'), { kind: 'none' }]);
  });

  it('yes and no are two, and none', () => {
    const { values, of } = one(flagColumn('good', [1, 0, 2, 1]), 'value', 4);
    expect(values).toEqual([{ kind: 'flag', is: false }, { kind: 'flag', is: true }, { kind: 'none' }]);
    expect([...of]).toEqual([1, 0, 2, 1]);
  });

  it('numbers are in order, negative ones first', () => {
    const { values, of } = one(numberColumn('id', [10, -2, NaN, 9]), 'value', 4);
    expect(values.map((v) => (v.kind === 'number' ? v.value : v.kind))).toEqual([-2, 9, 10, 'none']);
    expect([...of]).toEqual([2, 0, 3, 1]);
  });

  it('dates go by day, month and year in UTC, also before 1970', () => {
    const times = [
      '1969-12-31T23:59:59Z',
      '1970-01-01T00:00:00Z',
      '2024-02-29T12:00:00Z',
      '2024-02-01T00:00:00Z',
    ];
    const column = numberColumn('t', [...times.map(Date.parse), NaN], 'date');
    const starts = (step: 'day' | 'month' | 'year'): (string | undefined)[] =>
      one(column, step, 5).values.map((v) =>
        v.kind === 'date' ? new Date(v.from).toISOString().slice(0, 10) : v.kind,
      );
    expect(starts('day')).toEqual(['1969-12-31', '1970-01-01', '2024-02-01', '2024-02-29', 'none']);
    expect(starts('month')).toEqual(['1969-12-01', '1970-01-01', '2024-02-01', 'none']);
    expect(starts('year')).toEqual(['1969-01-01', '1970-01-01', '2024-01-01', 'none']);
    expect([...one(column, 'month', 5).of]).toEqual([0, 1, 2, 2, 3]);
  });

  it('numbers in ranges keep the gaps', () => {
    const { values, of } = one(numberColumn('size', [0, 1, 99, 100, NaN]), 'ranges', 5);
    expect(values).toHaveLength(11);
    expect(values[0]).toEqual({ kind: 'range', low: 0, high: 10, last: false });
    expect(values[9]).toEqual({ kind: 'range', low: 90, high: 100, last: true });
    expect([...of]).toEqual([0, 0, 9, 9, 10]);
  });

  it('a column that is not there is asked of the paths', () => {
    const { values } = valuesOf({ column: 'gone', step: 'value' }, { paths: ['a/1.jpg'], columns: [] }, 1)!;
    expect(values).toEqual([{ kind: 'none' }]);
  });
});

describe('the cuts', () => {
  const DAY = 86_400_000;
  const many = Array.from({ length: 60 }, (_, i) => i);
  const columns = [
    textColumn(
      'device',
      many.map((i) => `cam-${i % 5}`),
    ),
    textColumn(
      'title',
      many.map((i) => `title ${i}`),
    ),
    textColumn(
      'same',
      many.map(() => 'x'),
    ),
    textColumn(
      'void',
      many.map(() => ''),
    ),
    numberColumn(
      'device id',
      many.map((i) => 7000 + (i % 20)),
    ),
    numberColumn(
      'weight',
      many.map((i) => Math.sqrt(i)),
    ),
    numberColumn(
      'taken',
      many.map((i) => i * DAY),
      'date',
    ),
    flagColumn(
      'good',
      many.map((i) => i % 3),
    ),
  ];
  const paths = many.map((i) => `${i % 2 ? 'a' : 'b'}/${i}.jpg`);

  it('are those that make groups, paths first', () => {
    expect(cutsOf({ paths, columns }).map(({ column, step }) => `${column} ${step}`)).toEqual([
      'folder value',
      'device value',
      'device id value',
      'device id ranges',
      'device id quantiles',
      'weight ranges',
      'weight quantiles',
      'taken month',
      'taken day',
      'good value',
    ]);
    expect(cutsOf({ paths: [], columns: [] })).toEqual([]);
  });

  it('propose what came with the images', () => {
    expect(proposedCut(cutsOf({ paths, columns }), columns)).toEqual({ column: 'device', step: 'value' });
    expect(proposedCut(cutsOf({ paths, columns: [] }), [])).toEqual({ column: 'folder', step: 'value' });
    expect(proposedCut([], [])).toBeNull();
  });

  it('have one for each column that is read best', () => {
    expect(columns.map((column) => mainCut(column)?.step ?? null)).toEqual([
      'value',
      null,
      null,
      null,
      'value',
      'quantiles',
      'month',
      'value',
    ]);
  });
});
