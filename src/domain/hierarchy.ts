import type { Scaling } from './clustering';

/** One node of a tree of clusters. Its id is the path of child numbers from the top: `root`, `root-14`, `root-14-3`. */
export interface HierarchyNode {
  id: string;
  /** Place of the parent in `nodes`; -1 for `root`. */
  parent: number;
  depth: number;
  /** Place of the first child in `nodes`, and how many there are; children lie side by side, largest first. */
  firstChild: number;
  children: number;
  /** The rows of the node: `order[first] .. order[first + size - 1]`. */
  first: number;
  size: number;
  /** The row nearest the centre. */
  medoid: number;
  /** Sum of the squared distances of its rows to its centre. */
  inertia: number;
  /** Mean silhouette of its children, where their number was chosen by it. */
  silhouette?: number;
  /** What the person calls it, or the value of the column that the level was split by. */
  name?: string;
}

/** Clusters within clusters. Nodes are in breadth-first order, `root` first. */
export interface Hierarchy {
  specKey: string;
  n: number;
  d: number;
  /** What the first level was split by: k-means like the others, or the values of a column. */
  by: 'kmeans' | { column: string };
  /** Children of a node, at most; null if each part chose its own number. */
  branching: number | null;
  depth: number;
  minimumSize: number;
  seed: number;
  nInit: number;
  scaling: Scaling;
  pca: number | null;
  engine: 'webgpu' | 'cpu';
  adapter: string;
  seconds: number;
  nodes: HierarchyNode[];
  /** All rows that have a vector, each node's side by side. */
  order: Uint32Array;
  /** n Euclidean distances to the centre of the row's leaf, by row; NaN for a row that is in none. */
  distances: Float32Array;
  /** nodes x d, row-major, in the space that was clustered. */
  centroids: Float32Array;
}

export interface HierarchyOptions {
  /** Children of a node, 2..64. */
  branching: number;
  /** Levels below the root, at most. */
  depth: number;
  /** Nodes with fewer rows than this are not split. */
  minimumSize: number;
  seed: number;
  nInit: number;
  maxIterations: number;
  tolerance: number;
  scaling: Scaling;
  pca: number | null;
  engine: 'auto' | 'webgpu' | 'cpu';
}

export const DEFAULT_HIERARCHY: HierarchyOptions = {
  branching: 16,
  depth: 3,
  minimumSize: 64,
  seed: 1,
  nInit: 1,
  maxIterations: 100,
  tolerance: 1e-4,
  scaling: 'none',
  pca: null,
  engine: 'auto',
};

/** Parts of the rows by the value of a column: row i belongs to part `of[i]`, named `names[of[i]]`. */
export interface Parts {
  column: string;
  names: string[];
  of: Uint32Array;
}
