import { expect, it } from 'vitest';
import { clusterOrder } from './cluster-order';

it('lists the rows of a block by cluster, labelling after labelling', () => {
  const labellings = [
    { k: 3, labels: Uint16Array.of(9, 2, 0, 2, 0, 9) },
    { k: 2, labels: Uint16Array.of(9, 0, 0, 0, 0, 9) },
  ];
  const { order, starts } = clusterOrder(labellings, 1, 5);
  expect([...order]).toEqual([1, 3, 0, 2, 0, 1, 2, 3]);
  expect([...starts]).toEqual([0, 2, 2, 4, 8, 8]);
});

it('takes an empty block', () => {
  const { order, starts } = clusterOrder([{ k: 2, labels: new Uint16Array(0) }], 0, 0);
  expect(order.length).toBe(0);
  expect([...starts]).toEqual([0, 0, 0]);
});
