import type { Rows } from './rows';

/** Calinski-Harabasz and Davies-Bouldin of one labelling. */
export interface ClusterScores {
  /** Between over within dispersion, each by its degrees of freedom; higher is better. 0 for a single cluster. */
  calinskiHarabasz: number;
  /** Mean over clusters of the worst (spread + spread) / distance; lower is better. 0 for a single cluster. */
  daviesBouldin: number;
}

/** How the rows of each cluster lie about their mean; f64. */
export interface Dispersion {
  counts: Uint32Array;
  /** k x d. */
  means: Float64Array;
  /** Sum of the squared distances to the mean, k. */
  within: Float64Array;
  /** Mean distance to the mean, k. */
  spread: Float64Array;
}

/** Both scores in f64 from the labels (0 .. k - 1) alone, as scikit-learn defines them; see `scoresOf`. */
export function clusterScores(rows: Rows, labels: Uint16Array, k: number): ClusterScores {
  return scoresOf(dispersion(rows, labels, k), rows.n, rows.d);
}

export function dispersion(rows: Rows, labels: Uint16Array, k: number): Dispersion {
  const { n, d, data } = rows;
  const { means, counts } = clusterMeans(rows, labels, k);
  const within = new Float64Array(k);
  const spread = new Float64Array(k);
  for (let i = 0; i < n; i++) {
    const c = labels[i] * d;
    let squared = 0;
    for (let t = 0, x = i * d; t < d; t++, x++) squared += (data[x] - means[c + t]) ** 2;
    within[labels[i]] += squared;
    spread[labels[i]] += Math.sqrt(squared) / counts[labels[i]];
  }
  return { counts, means, within, spread };
}

/**
 * The scores of n rows in d dimensions. They need 2 <= k <= n - 1 clusters; outside that they are given as 0. Empty
 * clusters are left out.
 */
export function scoresOf({ counts, means, within, spread }: Dispersion, n: number, d: number): ClusterScores {
  const present = Array.from(counts.keys()).filter((c) => counts[c] > 0);
  if (present.length < 2 || present.length > n - 1) return { calinskiHarabasz: 0, daviesBouldin: 0 };
  const grand = new Float64Array(d);
  for (const c of present) for (let t = 0; t < d; t++) grand[t] += (counts[c] / n) * means[c * d + t];
  let between = 0;
  for (const c of present) {
    for (let t = 0; t < d; t++) between += counts[c] * (means[c * d + t] - grand[t]) ** 2;
  }
  const m = present.length;
  const inside = within.reduce((sum, x) => sum + x, 0);
  return {
    calinskiHarabasz: inside === 0 ? 1 : (between * (n - m)) / (inside * (m - 1)),
    daviesBouldin: daviesBouldin(means, spread, present, d),
  };
}

function daviesBouldin(means: Float64Array, spread: Float64Array, present: number[], d: number): number {
  let sum = 0;
  for (const a of present) {
    let worst = 0;
    for (const b of present) {
      if (a === b) continue;
      let squared = 0;
      for (let t = 0; t < d; t++) squared += (means[a * d + t] - means[b * d + t]) ** 2;
      if (squared > 0) worst = Math.max(worst, (spread[a] + spread[b]) / Math.sqrt(squared));
    }
    sum += worst;
  }
  return sum / present.length;
}

/** Mean row (k x d) and size of each cluster. */
export function clusterMeans(
  { n, d, data }: Rows,
  labels: Uint16Array,
  k: number,
): { means: Float64Array; counts: Uint32Array } {
  const means = new Float64Array(k * d);
  const counts = new Uint32Array(k);
  for (let i = 0, x = 0; i < n; i++) {
    const c = labels[i] * d;
    counts[labels[i]]++;
    for (let t = 0; t < d; t++) means[c + t] += data[x++];
  }
  for (let c = 0; c < k; c++) for (let t = 0; t < d; t++) means[c * d + t] /= Math.max(1, counts[c]);
  return { means, counts };
}
