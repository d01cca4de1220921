import type { SweepOptions } from '../domain/clustering';
import { TesseraError } from '../domain/errors';
import type { Parts } from '../domain/hierarchy';
import type { Labelling } from './engine';
import { groupsOf, meanVariance } from './grow-tree';
import { gather } from './group-plain';
import { bestOfRestarts, type GroupFitted, type GroupKMeans } from './group-restarts';
import { aroundMeans } from './own-means';
import { centred } from './prepare';
import { Random } from './random';
import { distinctRows, type Rows } from './rows';
import { kRange } from './sweep';
import { Tree } from './tree';

export type PartsOptions = Pick<
  SweepOptions,
  'kMin' | 'kMax' | 'seed' | 'nInit' | 'maxIterations' | 'tolerance'
>;

export interface PartsTools {
  kmeans: GroupKMeans;
  /** Mean silhouette of each labelling of these rows (mean-centred). */
  silhouettes: (rows: Rows, labellings: Labelling[]) => Promise<number[]>;
  signal?: AbortSignal;
  progress?: (stage: 'kmeans' | 'silhouette', fraction: number) => void;
}

/** A part that is to be split. */
interface Part {
  place: number;
  rows: Uint32Array;
  /** The numbers of clusters that its rows allow, rising. */
  ks: number[];
  /** k-means++ of each restart, for the largest of them. */
  seeds: Uint32Array[];
  k: number;
}

/**
 * Every part of the rows clustered on its own, all parts together: a tree whose first level are the parts that have rows,
 * largest first, and whose second are their clusters, found as a sweep of the part alone finds them. Each part takes the k
 * of the range with the highest silhouette (the smallest of equals); too few rows shorten the range as `kRange` says,
 * down to one cluster. n must not be 0. Throws `cancelled`.
 */
export async function clusterParts(
  rows: Rows,
  parts: Parts,
  options: PartsOptions,
  tools: PartsTools,
): Promise<Tree> {
  const { n, d } = rows;
  if (parts.of.length !== n)
    throw new TesseraError(
      'internal',
      `The column "${parts.column}" has ${parts.of.length} values for ${n} loaded images: load the images again.`,
    );
  const { signal, progress } = tools;
  const tree = new Tree(n, d, await aroundMeans(rows, new Uint8Array(n), 1, signal));
  const around = await aroundMeans(rows, parts.of, parts.names.length, signal);
  tree.divide(0, { ...around, names: parts.names });
  const all = tree.nodes.slice(1).map(({ size }, i): Part => {
    const members = tree.rows(i + 1);
    const ks = kRange(options, size, distinctRows(rows, options.kMax, members));
    return { place: i + 1, rows: members, ks, seeds: [], k: ks[ks.length - 1] };
  });
  const open = all.filter(({ k }) => k > 1);
  await seedParts(rows, open, options, tools);
  const fit = (some: Part[], k: (part: Part) => number, done?: (fraction: number) => void) =>
    fitParts(rows, tree, some, k, options, tools, done);

  const undecided = open.filter(({ ks }) => ks.length > 1);
  // Only labels are kept: the centres of all k in all parts may take more room than the rows.
  const labelsOf = new Map<number, Uint16Array>();
  const tried = [...new Set(undecided.flatMap(({ ks }) => ks))];
  const work = tried.reduce((sum, k) => sum + k, 0);
  let done = 0;
  for (const k of tried) {
    const able = undecided.filter(({ ks }) => ks.includes(k));
    const report = (fraction: number): void => progress?.('kmeans', (done + fraction * k) / work);
    labelsOf.set(k, (await fit(able, () => k, report)).labels);
    done += k;
  }
  for (const [i, part] of undecided.entries()) {
    const labellings = part.ks.map((k) => ({
      k,
      labels: Uint16Array.from(part.rows, (row) => labelsOf.get(k)![row]),
    }));
    const scores = await tools.silhouettes(centred(gather(rows, part.rows)).rows, labellings);
    const best = Math.max(...scores);
    part.k = part.ks[scores.indexOf(best)];
    tree.nodes[part.place].silhouette = best;
    progress?.('silhouette', (i + 1) / undecided.length);
  }

  const { labels, squared, fits } = await fit(open, ({ k }) => k);
  const fitOf = new Map(open.map(({ place }, g) => [place, fits[g]]));
  const whole = new Uint8Array(n);
  for (const { place } of all) {
    const own = fitOf.get(place);
    if (own) tree.divide(place, { labels, squared, centres: own.centres });
    else tree.divide(place, { labels: whole, squared: around.squared, centres: tree.centre(place) });
  }
  return tree;
}

async function seedParts(
  rows: Rows,
  open: Part[],
  { seed, nInit }: PartsOptions,
  { kmeans, signal }: PartsTools,
): Promise<void> {
  if (open.length === 0) return;
  const groups = groupsOf(
    rows.n,
    open.map((part) => part.rows),
  );
  const largest = open.map(({ k }) => k);
  for (let r = 0; r < nInit; r++) {
    const randoms = open.map(() => new Random(seed, r));
    const chosen = await kmeans.seed(groups, largest, randoms, signal);
    open.forEach((part, g) => part.seeds.push(chosen[g]));
  }
}

async function fitParts(
  rows: Rows,
  tree: Tree,
  open: Part[],
  kOf: (part: Part) => number,
  { nInit, maxIterations, tolerance }: PartsOptions,
  { kmeans, signal }: PartsTools,
  progress?: (fraction: number) => void,
): Promise<GroupFitted> {
  const groups = groupsOf(
    rows.n,
    open.map((part) => part.rows),
  );
  const restarts = Array.from({ length: nInit }, (_, r) =>
    open.map((part) => part.seeds[r].subarray(0, kOf(part))),
  );
  const shifts = open.map(({ place }) => tolerance * meanVariance(tree.nodes[place], rows.d));
  return bestOfRestarts(kmeans, groups, restarts, { maxIterations, shifts, signal, progress });
}
