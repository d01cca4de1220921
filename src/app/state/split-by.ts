import type { Hierarchy } from '../../domain/hierarchy';

/** What the first level of a tree is split by: likeness, or a column of the paths or of the metadata. */
export type SplitBy = string;
export const BY_KMEANS: SplitBy = 'kmeans';

/** Trees by what they are split by: one for each. */
export type Made = ReadonlyMap<SplitBy, Hierarchy>;
export const NO_TREES: Made = new Map();

export const splitOf = ({ by }: Pick<Hierarchy, 'by'>): SplitBy => (by === 'kmeans' ? BY_KMEANS : by.column);

/** The trees with one put in place of its like. */
export function withTree(made: Made, tree: Hierarchy): Made {
  return new Map(made).set(splitOf(tree), tree);
}
