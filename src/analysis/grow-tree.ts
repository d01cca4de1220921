import type { HierarchyNode, HierarchyOptions } from '../domain/hierarchy';
import { NO_GROUP, type Groups } from './engine';
import { bestOfRestarts, type GroupKMeans } from './group-restarts';
import { aroundMeans } from './own-means';
import { Random } from './random';
import { distinctRows, type Rows } from './rows';
import { Tree } from './tree';

export type TreeOptions = Pick<
  HierarchyOptions,
  'branching' | 'depth' | 'minimumSize' | 'seed' | 'nInit' | 'maxIterations' | 'tolerance'
>;

/**
 * Divisive hierarchical k-means: every node of a level with at least `minimumSize` rows, two of them different, is split
 * into `branching` clusters (or as many as it has different rows), all nodes of a level together, down to `depth`. The
 * tolerance is relative to the variance within each node. A node's restarts take random streams of their own, so
 * its split does not depend on what else is split. n must not be 0. Throws `cancelled`.
 */
export async function growTree(
  rows: Rows,
  kmeans: GroupKMeans,
  options: TreeOptions,
  signal?: AbortSignal,
  progress?: (fraction: number) => void,
): Promise<Tree> {
  const { depth, nInit, seed, maxIterations, tolerance } = options;
  const tree = new Tree(rows.n, rows.d, await aroundMeans(rows, new Uint8Array(rows.n), 1, signal));
  let level = [0];
  for (let at = 0; at < depth; at++) {
    const ks = level.map((place) => clustersOf(rows, tree, place, options));
    const open = level.filter((_, i) => ks[i] > 1);
    if (open.length === 0) break;
    const groups = groupsOf(
      rows.n,
      open.map((place) => tree.rows(place)),
    );
    const openKs = ks.filter((k) => k > 1);
    const restarts: Uint32Array[][] = [];
    for (let r = 0; r < nInit; r++) {
      const randoms = open.map((place) => new Random(seed, place * nInit + r));
      restarts.push(await kmeans.seed(groups, openKs, randoms, signal));
    }
    const fitted = await bestOfRestarts(kmeans, groups, restarts, {
      maxIterations,
      shifts: open.map((place) => tolerance * meanVariance(tree.nodes[place], rows.d)),
      signal,
      progress: (fraction) => progress?.((at + fraction) / depth),
    });
    const first = tree.nodes.length;
    const { labels, squared, fits } = fitted;
    open.forEach((place, g) => {
      const members = tree.rows(place);
      // Rows nearer to each other than single precision tells may all have gone to one centre.
      if (members.some((row) => labels[row] !== labels[members[0]]))
        tree.divide(place, { labels, squared, centres: fits[g].centres });
    });
    level = Array.from({ length: tree.nodes.length - first }, (_, i) => first + i);
  }
  return tree;
}

/** Mean over the columns of the variance of a node's rows about its centre. */
export function meanVariance({ inertia, size }: HierarchyNode, d: number): number {
  return inertia / (size * d);
}

function clustersOf(rows: Rows, tree: Tree, place: number, { branching, minimumSize }: TreeOptions): number {
  const members = tree.rows(place);
  return members.length < Math.max(2, minimumSize) ? 1 : distinctRows(rows, branching, members);
}

/** Each list of rows as a group; the other rows belong to none. */
export function groupsOf(n: number, members: Uint32Array[]): Groups {
  const of = new Uint32Array(n).fill(NO_GROUP);
  members.forEach((rows, g) => {
    for (const row of rows) of[row] = g;
  });
  return { count: members.length, of };
}
