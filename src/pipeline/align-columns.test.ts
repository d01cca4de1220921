import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textAt, type Column } from '../domain/table';
import { alignColumns, uniqueNames, type Piece } from './align-columns';
import { countValues } from './sketch';

const number = (name: string, ...values: number[]): Column => ({
  name,
  type: 'number',
  values: Float64Array.from(values),
});
function text(name: string, ...values: string[]): Column {
  const words = ['', ...new Set(values.filter(Boolean))];
  return { name, type: 'text', codes: Uint32Array.from(values, (value) => words.indexOf(value)), words };
}
const piece = (columns: Column[], to: number[], from = [...to.keys()]): Piece => ({
  columns,
  to: Int32Array.from(to),
  from: Int32Array.from(from),
});
const shown = (column: Column): string[] => {
  const { length } = column.type === 'text' ? column.codes : column.values;
  return Array.from({ length }, (_, row) => textAt(column, row));
};

describe('alignColumns', () => {
  it('makes nothing of nothing, and empty columns over no images', () => {
    expect(alignColumns([], 3)).toEqual([]);
    expect(alignColumns([piece([number('a', 1)], [], [])], 0)).toEqual([number('a')]);
    expect(shown(alignColumns([piece([number('a', 1)], [], [])], 2)[0])).toEqual(['', '']);
  });

  it('puts values where their images are, and leaves the rest empty', () => {
    const [a, b] = alignColumns(
      [piece([number('a', 1, 2)], [3, 0]), piece([number('a', 7), text('b', 'x')], [1])],
      5,
    );
    expect(shown(a)).toEqual(['2', '7', '', '1', '']);
    expect(shown(b)).toEqual(['', 'x', '', '', '']);
  });

  it('makes text of different types, unless one of them says nothing', () => {
    const date: Column = { name: 'a', type: 'date', values: Float64Array.of(0) };
    const flag: Column = { name: 'a', type: 'boolean', values: Uint8Array.of(1) };
    const mixed = [number('a', 0.5), text('a', '0.5'), date, flag].map((column, i) => piece([column], [i]));
    const [all] = alignColumns(mixed, 5);
    expect(all).toMatchObject({ type: 'text', words: ['', '0.5', '1970-01-01T00:00:00.000Z', 'true'] });
    expect(shown(all)).toEqual(['0.5', '0.5', '1970-01-01T00:00:00.000Z', 'true', '']);
    const [kept] = alignColumns([piece([number('a', 3)], [0]), piece([text('a', '')], [1])], 2);
    expect(kept).toEqual(number('a', 3, NaN));
    expect(alignColumns([piece([flag], [1])], 2)[0]).toMatchObject({ values: Uint8Array.of(2, 1) });
  });

  it('lets go of texts that no image has', () => {
    const [a] = alignColumns([piece([text('a', 'x', 'y', 'z')], [0, 1], [2, 2])], 2);
    expect(a).toMatchObject({ words: ['', 'z'], codes: Uint32Array.of(1, 1) });
  });

  it('keeps every value of any texts under any names', () => {
    const name = fc.oneof(fc.constantFrom('__proto__', 'constructor', '', 'שם', '🦔', 'a'), fc.string());
    const cell = fc.oneof(fc.constantFrom('', '__proto__', '0', 'é'), fc.string());
    const part = fc.tuple(name, fc.array(cell, { maxLength: 6 }));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
        const n = parts.reduce((sum, [, cells]) => sum + cells.length, 0);
        let next = 0;
        const pieces = parts.map(([of, cells]) =>
          piece(
            [text(of, ...cells)],
            cells.map(() => next++),
          ),
        );
        const columns = alignColumns(pieces, n);
        expect(columns.map((column) => column.name)).toEqual([...new Set(parts.map(([of]) => of))]);
        let at = 0;
        for (const [of, cells] of parts)
          for (const wanted of cells) {
            for (const column of columns) expect(textAt(column, at)).toBe(column.name === of ? wanted : '');
            at++;
          }
      }),
    );
  });
});

describe('uniqueNames', () => {
  const groups = (...names: string[][]) => names.map((of, i) => ({ label: `t${i}`, names: of }));

  it('leaves names alone that are in nobody’s way', () => {
    expect(uniqueNames(groups(['a', 'b'], ['c']), () => false)).toEqual([['a', 'b'], ['c']]);
  });

  it('prefixes what clashes, is empty or is reserved, and numbers what clashes still', () => {
    const names = uniqueNames(groups(['a', 'class', ''], ['a', 't1: a', 'a']), (name) => name === 'class');
    expect(names).toEqual([
      ['a', 't0: class', 't0: '],
      ['t1: a', 't1: t1: a', 't1: a (2)'],
    ]);
  });

  it('gives no name twice, whatever the names', () => {
    const name = fc.constantFrom('', 'a', 'a (2)', 't0: a', 't1: a', 't1: a (2)', '__proto__', 'class');
    fc.assert(
      fc.property(fc.array(fc.array(name, { maxLength: 6 }), { maxLength: 4 }), (all) => {
        const flat = uniqueNames(groups(...all), (one) => one === 'class').flat();
        expect(new Set(flat).size).toBe(flat.length);
        expect(flat).not.toContain('class');
      }),
    );
  });
});

it('counts values, and different ones as far as they matter', () => {
  expect(countValues(number('a'))).toEqual({ filled: 0, distinct: 0 });
  expect(countValues(number('a', 1, NaN, 1, 2))).toEqual({ filled: 3, distinct: 2 });
  expect(countValues(text('a', '', 'x', 'x'))).toEqual({ filled: 2, distinct: 1 });
  expect(countValues({ name: 'a', type: 'boolean', values: Uint8Array.of(0, 2, 1) })).toEqual({
    filled: 2,
    distinct: 2,
  });
  expect(countValues(number('a', ...Array.from({ length: 5000 }, (_, i) => i)))).toEqual({
    filled: 5000,
    distinct: 1001,
  });
});
