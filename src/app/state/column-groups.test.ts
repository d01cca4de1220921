import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProjectColumn } from '../../domain/metadata';
import type { Column } from '../../domain/table';
import { groupNames, groupsOf, isGrouping, pathGroupNames, rangesOf } from './column-groups';

function text(name: string, values: string[]): ProjectColumn {
  const words = ['', ...new Set(values.filter(Boolean))];
  const codes = Uint32Array.from(values, (value) => words.indexOf(value));
  return known({ name, type: 'text', codes, words });
}
const number = (name: string, values: number[], type: 'number' | 'date' = 'number'): ProjectColumn =>
  known({ name, type, values: Float64Array.from(values) });
function known(column: Column): ProjectColumn {
  const values = [...(column.type === 'text' ? column.codes : column.values)];
  const some = values.filter((v) =>
    column.type === 'text' ? v !== 0 : column.type === 'boolean' ? v !== 2 : v === v,
  );
  return { source: { kind: 'record' }, column, filled: some.length, distinct: new Set(some).size };
}

it('offers the columns of paths by which images differ', () => {
  expect(pathGroupNames(['set/cat/1.jpg', 'set/dog/2.jpg'])).toEqual(['folder']);
  expect(pathGroupNames(['x/cat/1.jpg', 'y/cat/2.jpg', 'y/dog/3.jpg'])).toEqual([
    'folder',
    'folder_1',
    'class',
  ]);
  expect(pathGroupNames(['train/cat/1.jpg', 'test/cat/2.jpg', 'test/dog/3.jpg'])).toEqual([
    'folder',
    'split',
    'class',
  ]);
  expect(pathGroupNames(['cat/1.jpg', 'dog/2.jpg'])).toEqual(['folder']);
  expect(pathGroupNames(['cat/1.jpg', 'cat/2.jpg'])).toEqual([]);
  expect(pathGroupNames(['a.jpg'])).toEqual([]);
  expect(pathGroupNames([])).toEqual([]);
});

describe('columns that came with the images', () => {
  const many = Array.from({ length: 100 }, (_, i) => i);

  it('are groups when they have few values, a range when they have many numbers, else neither', () => {
    const kinds = (one: ProjectColumn): boolean[] => [isGrouping(one), rangesOf([one]).length > 0];
    expect(kinds(text('kind', ['a', 'b', 'a', 'b']))).toEqual([true, false]);
    expect(kinds(text('one', ['a', 'a']))).toEqual([false, false]);
    expect(kinds(text('one or none', ['a', '', '']))).toEqual([true, false]);
    expect(kinds(text('id', many.map(String)))).toEqual([false, false]);
    expect(
      kinds(
        number(
          'digit',
          many.map((i) => i % 10),
        ),
      ),
    ).toEqual([true, false]);
    expect(kinds(number('size', many))).toEqual([false, true]);
    expect(kinds(number('when', many, 'date'))).toEqual([false, true]);
    expect(kinds(number('same', [1, 1, 1]))).toEqual([false, false]);
    expect(kinds(known({ name: 'flag', type: 'boolean', values: Uint8Array.of(0, 1) }))).toEqual([
      true,
      false,
    ]);
    expect(kinds(text('empty', []))).toEqual([false, false]);
  });

  it('are offered behind those of the paths', () => {
    const columns = [text('kind', ['a', 'b']), text('one', ['a', 'a'])];
    expect(groupNames({ paths: ['x/1', 'y/2'], columns })).toEqual(['folder', 'kind']);
  });

  it('sort their values naturally, numbers by size, those without a value first', () => {
    const of = (one: ProjectColumn, n: number) => {
      const paths = Array.from({ length: n }, (_, i) => `${i}.png`);
      const parts = groupsOf(one.column.name, { paths, columns: [one] }, n);
      return [parts.names, [...parts.of]];
    };
    expect(of(text('k', ['b10', 'b9', '', 'b9']), 5)).toEqual([
      ['', 'b9', 'b10'],
      [2, 1, 0, 1, 0],
    ]);
    expect(of(number('k', [10, -1, 9, NaN, 10]), 4)).toEqual([
      ['', '-1', '9', '10'],
      [3, 1, 2, 0],
    ]);
    expect(of(number('k', [86_400_000, 0, 1], 'date'), 3)).toEqual([
      ['1970-01-01', '1970-01-01T00:00:00.001Z', '1970-01-02'],
      [2, 0, 1],
    ]);
    expect(of(known({ name: 'k', type: 'boolean', values: Uint8Array.of(1, 0, 2) }), 3)).toEqual([
      ['', 'false', 'true'],
      [2, 1, 0],
    ]);
    expect(of(text('k', []), 0)).toEqual([[], []]);
  });

  it('give every image the group of its own value, whatever the texts', () => {
    const word = fc.oneof(
      fc.constantFrom('', '__proto__', '1', '01', 'ب', '🦔', 'é', 'e\u0301'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (values) => {
        const paths = values.map((_, i) => String(i));
        const parts = groupsOf('w', { paths, columns: [text('w', values)] });
        expect([...parts.of].map((group) => parts.names[group])).toEqual(values);
        expect(new Set(parts.names).size).toBe(parts.names.length);
      }),
    );
  });
});
