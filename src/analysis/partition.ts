import type { KMeansEngine } from './engine';
import type { Fit } from './kmeans';
import type { Rows } from './rows';
import { clusterMeans, type Dispersion } from './scores';

/** A labelling with the first two moments of its clusters, in the mean-centred space. */
export interface Partition extends Omit<Dispersion, 'spread'> {
  k: number;
  labels: Uint16Array;
}

/**
 * Partitions of converged or stopped fits from one more step of the engine, in which every row is read once for all of
 * them. A fit stopped by its tolerance has centres that are not quite the means of its clusters; these are the means.
 * Errors: `cancelled`, `device-lost`.
 */
export async function partitionsOf(
  engine: KMeansEngine,
  rows: Rows,
  fits: Fit[],
  signal?: AbortSignal,
): Promise<Partition[]> {
  const together = engine.slots(Math.max(1, ...fits.map(({ k }) => k)));
  const partitions: Partition[] = [];
  for (let from = 0; from < fits.length; from += together) {
    const some = fits.slice(from, from + together);
    const open = engine.open(some.map(({ k }) => k));
    try {
      const steps = await open.step(
        some.map(({ centres }, slot) => ({ slot, centres })),
        signal,
      );
      some.forEach((fit, i) => partitions.push(partitionOf(rows, fit, steps[i])));
    } finally {
      open.close();
    }
  }
  return partitions;
}

function partitionOf(rows: Rows, fit: Fit, step: { sums: Float64Array; counts: Uint32Array }): Partition {
  const { d } = rows;
  const { k, labels, squared, centres } = fit;
  const counts = new Uint32Array(k);
  const within = new Float64Array(k);
  labels.forEach((label, i) => {
    counts[label]++;
    within[label] += squared[i];
  });
  // The step labels as the fit was labelled; should a tie ever fall otherwise, the labels count.
  const same = counts.every((count, c) => count === step.counts[c]);
  const means = same
    ? step.sums.map((sum, p) => sum / Math.max(1, counts[Math.floor(p / d)]))
    : clusterMeans(rows, labels, k).means;
  for (let c = 0; c < k; c++) {
    if (counts[c] === 0) continue;
    let gap = 0;
    for (let p = c * d; p < (c + 1) * d; p++) gap += (means[p] - centres[p]) ** 2;
    within[c] = Math.max(0, within[c] - counts[c] * gap);
  }
  return { k, labels, counts, means, within };
}
