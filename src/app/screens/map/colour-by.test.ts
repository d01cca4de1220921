import { expect, it } from 'vitest';
import { partsOf } from '../../state/parts';
import { categoriesOf, sourceOf } from './colour-by';

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

it('tells clusters, scores and columns apart, whatever a column is called', () => {
  const columns = ['device', 'cluster', 'score:ratio'];
  expect(sourceOf('cluster', columns)).toEqual({ kind: 'cluster' });
  expect(sourceOf('column:cluster', columns)).toEqual({ kind: 'column', column: 'cluster' });
  expect(sourceOf('column:score:ratio', columns)).toEqual({ kind: 'column', column: 'score:ratio' });
  expect(sourceOf('score:ratio', columns)).toEqual({ kind: 'score', score: 'ratio' });
  expect(sourceOf('column:gone', columns)).toEqual({ kind: 'cluster' });
});
