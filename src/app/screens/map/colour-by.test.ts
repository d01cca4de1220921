import { expect, it } from 'vitest';
import { partsOf } from '../../state/parts';
import { categoriesOf } from './colour-by';

it('numbers the values by frequency and gathers the rest as others', () => {
  const paths = [
    'b/1',
    'a/2',
    'b/3',
    ...Array.from({ length: 40 }, (_, i) => `z${String(i).padStart(2, '0')}/x`),
  ];
  const { codes, values, count, others } = categoriesOf(partsOf(paths, 'folder'));
  expect(values[0]).toEqual({ value: 'b', size: 2 });
  expect([...codes.slice(0, 3)]).toEqual([0, 1, 0]);
  expect(count).toBe(30);
  expect(others).toBe(12);
  expect(codes.at(-1)).toBe(30);
});

it('has no categories without images', () => {
  expect(categoriesOf(partsOf([], 'folder'))).toMatchObject({ count: 0, values: [], others: 0 });
});
