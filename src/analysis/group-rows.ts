import { NO_GROUP, type Groups } from './engine';

/** Rows by group: those of group g are `order[first[g]]` .. `order[first[g + 1] - 1]`, rising. */
export interface GroupRows {
  order: Uint32Array;
  first: Uint32Array;
}

/** Sorts the rows by group in one pass of counting. Rows of no group are left out. */
export function groupRows({ count, of }: Groups): GroupRows {
  const first = new Uint32Array(count + 1);
  for (const g of of) if (g !== NO_GROUP) first[g + 1]++;
  for (let g = 0; g < count; g++) first[g + 1] += first[g];
  const next = first.slice();
  const order = new Uint32Array(first[count]);
  for (let i = 0; i < of.length; i++) if (of[i] !== NO_GROUP) order[next[of[i]]++] = i;
  return { order, first };
}

/** The rows of one group, rising; a view. */
export function rowsOf({ order, first }: GroupRows, group: number): Uint32Array {
  return order.subarray(first[group], first[group + 1]);
}

/** All n rows as one group. */
export function oneGroup(n: number): Groups {
  return { count: 1, of: new Uint32Array(n) };
}
