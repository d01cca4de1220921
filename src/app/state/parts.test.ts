import { expect, it } from 'vitest';
import { partsOf } from './parts';

const PATHS = ['set/day 10/a.jpg', 'set/day 2/b.jpg', 'c.jpg', 'set/day 10/d.jpg'];

it('numbers the values of a column in natural order, the absent one among them', () => {
  const { column, names, of } = partsOf(PATHS, 'folder');
  expect([column, names]).toEqual(['folder', ['', 'set/day 2', 'set/day 10']]);
  expect([...of]).toEqual([2, 1, 0, 2]);
});

it('takes as many rows as were asked for, and no more than there are', () => {
  expect([...partsOf(PATHS, 'class', 2).of]).toEqual([1, 0]);
  expect(partsOf(PATHS, 'class', 9).of).toHaveLength(4);
  expect(partsOf([], 'class')).toEqual({ column: 'class', names: [], of: new Uint32Array() });
});
