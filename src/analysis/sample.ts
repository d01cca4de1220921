import type { Labelling } from './engine';
import type { Random } from './random';

/** Separates the draw of the silhouette's sample from the restarts, which take streams 0, 1, ... */
export const SAMPLE_STREAM = 0x5a3b1e;

/** Rows drawn without replacement from each stratum. */
export interface Sample {
  /** Rising. */
  rows: Uint32Array;
  /** Stratum of each drawn row. */
  stratum: Uint16Array;
  /** Rows of each stratum among all n. */
  sizes: Uint32Array;
}

export interface Estimate {
  mean: number;
  /** Standard error of the mean; 0 when every row was drawn. */
  error: number;
}

/** Rows of a stratum that are drawn on average, so that its variance can be told. */
const FEWEST = 4;

/**
 * `m` of the n rows (at least two), stratified by the clusters of the finest labelling that leaves four rows for each, in
 * proportion to their sizes but at least two of each. Drawn by chance within strata that are fixed beforehand, the sample
 * estimates means without bias for every labelling; it does so with the smaller error the more alike the rows of a stratum
 * are (Cochran 1977, chapter 5).
 */
export function stratifiedSample(labellings: Labelling[], n: number, m: number, random: Random): Sample {
  const wanted = Math.max(2, m);
  if (wanted >= n) return allRows(n);
  const { k, labels } = finest(labellings, wanted, n);
  const sizes = new Uint32Array(k);
  for (const label of labels) sizes[label]++;
  const draws = allocate(sizes, wanted);
  const members = Array.from(sizes, (size) => new Uint32Array(size));
  const filled = new Uint32Array(k);
  labels.forEach((label, i) => (members[label][filled[label]++] = i));
  const rows = new Uint32Array(draws.reduce((sum, count) => sum + count, 0));
  let at = 0;
  members.forEach((of, h) => {
    for (const place of random.sample(of.length, draws[h])) rows[at++] = of[place];
  });
  rows.sort();
  return { rows, stratum: Uint16Array.from(rows, (i) => labels[i]), sizes };
}

function allRows(n: number): Sample {
  const rows = Uint32Array.from({ length: n }, (_, i) => i);
  return { rows, stratum: new Uint16Array(n), sizes: Uint32Array.of(n) };
}

function finest(labellings: Labelling[], m: number, n: number): Labelling {
  const whole = { k: 1, labels: new Uint16Array(n) };
  return labellings
    .filter(({ k }) => k * FEWEST <= m)
    .reduce<Labelling>((best, labelling) => (labelling.k > best.k ? labelling : best), whole);
}

/** m rows shared among strata by largest remainders, each within its size and, if it has as many, with two or more. */
function allocate(sizes: Uint32Array, m: number): Uint32Array {
  const n = sizes.reduce((sum, size) => sum + size, 0);
  const least = sizes.map((size) => Math.min(2, size));
  const draws = sizes.map((size, h) => Math.max(least[h], Math.floor((m * size) / n)));
  let left = m - draws.reduce((sum, count) => sum + count, 0);
  const order = Array.from(sizes.keys()).sort(
    (a, b) => (m * sizes[b]) / n - draws[b] - ((m * sizes[a]) / n - draws[a]) || a - b,
  );
  for (let p = 0; left > 0; p = (p + 1) % order.length) {
    if (draws[order[p]] === sizes[order[p]]) continue;
    draws[order[p]]++;
    left--;
  }
  // The least shares of tiny strata came on top: the strata that are most above their share give them back.
  for (let p = order.length - 1; left < 0; p = (p + order.length - 1) % order.length) {
    if (draws[order[p]] <= least[order[p]]) continue;
    draws[order[p]]--;
    left++;
  }
  return draws;
}

/** Mean of all rows from values of the drawn ones, weighted by the strata's sizes, with its standard error. */
export function estimateMean(values: Float64Array, { stratum, sizes }: Sample): Estimate {
  const n = sizes.reduce((sum, size) => sum + size, 0);
  const counts = new Uint32Array(sizes.length);
  const means = new Float64Array(sizes.length);
  values.forEach((value, s) => {
    counts[stratum[s]]++;
    means[stratum[s]] += value;
  });
  for (let h = 0; h < sizes.length; h++) means[h] /= Math.max(1, counts[h]);
  const squared = new Float64Array(sizes.length);
  values.forEach((value, s) => (squared[stratum[s]] += (value - means[stratum[s]]) ** 2));
  let mean = 0;
  let variance = 0;
  sizes.forEach((size, h) => {
    const share = size / n;
    mean += share * means[h];
    if (counts[h] > 1 && counts[h] < size)
      variance += (share * share * (1 - counts[h] / size) * squared[h]) / (counts[h] - 1) / counts[h];
  });
  return { mean, error: Math.sqrt(variance) };
}
