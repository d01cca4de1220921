import { NO_GROUP, type Groups } from './engine';
import type { Random } from './random';

export interface GroupFit {
  /** k x d, in the mean-centred space. */
  centres: Float64Array;
  iterations: number;
  inertia: number;
}

/** One fit for each group; labels (within the group) and squared distances at their rows' places among all n. */
export interface GroupFitted {
  fits: GroupFit[];
  labels: Uint16Array;
  squared: Float32Array | Float64Array;
}

export interface GroupFitOptions {
  maxIterations: number;
  /** For each group: stop once the summed squared shift of its centres is at most this, as `LloydOptions.shift`. */
  shifts: ArrayLike<number>;
  signal?: AbortSignal;
  /** 0..1. */
  progress?: (fraction: number) => void;
}

/** k-means in many groups of the rows. */
export interface GroupKMeans {
  /** Greedy k-means++ in each group: `ks[g]` of its rows in the order chosen; the first m seed a fit with m clusters. */
  seed(groups: Groups, ks: number[], randoms: Random[], signal?: AbortSignal): Promise<Uint32Array[]>;
  /** Lloyd's k-means in each group from these rows as centres. */
  fit(groups: Groups, seeds: Uint32Array[], options: GroupFitOptions): Promise<GroupFitted>;
}

/** For each group the fit with the least inertia (the first of equals) of several, one for each set of seeds. */
export async function bestOfRestarts(
  kmeans: GroupKMeans,
  groups: Groups,
  restarts: Uint32Array[][],
  options: GroupFitOptions,
): Promise<GroupFitted> {
  if (groups.count === 0) return { fits: [], labels: new Uint16Array(0), squared: new Float64Array(0) };
  let best: GroupFitted | null = null;
  for (const [r, seeds] of restarts.entries()) {
    const progress = (fraction: number): void => options.progress?.((r + fraction) / restarts.length);
    const fitted = await kmeans.fit(groups, seeds, { ...options, progress });
    best = best === null ? fitted : better(groups, best, fitted);
  }
  return best!;
}

function better({ of }: Groups, best: GroupFitted, other: GroupFitted): GroupFitted {
  const wins = best.fits.map(({ inertia }, g) => other.fits[g].inertia < inertia);
  of.forEach((group, row) => {
    if (group === NO_GROUP || !wins[group]) return;
    best.labels[row] = other.labels[row];
    best.squared[row] = other.squared[row];
  });
  return { ...best, fits: best.fits.map((fit, g) => (wins[g] ? other.fits[g] : fit)) };
}
