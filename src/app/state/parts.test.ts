import { expect, it } from 'vitest';
import { partsOf } from './parts';

const PATHS = ['set/day 10/a.jpg', 'set/day 2/b.jpg', 'c.jpg', 'set/day 10/d.jpg'];

it('numbers the values of a column in natural order, the absent one among them', () => {
  const { column, names, of } = partsOf(PATHS, 'folder');
  expect([column, names]).toEqual(['folder', ['', 'set/day 2', 'set/day 10']]);
  expect([...of]).toEqual([2, 1, 0, 2]);
});

it('puts paths without a folder together, and folders that say the same', () => {
  expect(partsOf(['a.jpg', '/b.jpg', 'x/c.jpg'], 'folder')).toMatchObject({ names: ['', 'x'] });
  const { names, of } = partsOf(['one/test/a.jpg', 'two/test/b.jpg', 'two/c.jpg', 'one/test/d.jpg'], 'split');
  expect([names, [...of]]).toEqual([
    ['', 'test'],
    [1, 1, 0, 1],
  ]);
});

it('takes as many rows as were asked for, and no more than there are', () => {
  expect([...partsOf(PATHS, 'class', 2).of]).toEqual([1, 0]);
  expect(partsOf(PATHS, 'class', 9).of).toHaveLength(4);
  expect(partsOf([], 'class')).toEqual({ column: 'class', names: [], of: new Uint32Array() });
});
