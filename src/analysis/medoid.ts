import type { Medoid, ScoredLabelling } from '../domain/row-scores';
import type { Job } from './job';
import { Pace } from './pace';
import type { Products } from './products';
import { ProgressMeter } from './progress';
import { Random } from './random';
import { distanceBlocks, gather } from './row-distances';
import type { Rows } from './rows';

/** Members up to which each is compared with every other. */
export const EXACT_MEMBERS = 4_096;
/** Members whose distances to all others are summed in f64 at the end. */
const CANDIDATES = 24;

/** The medoid of these rows of a job. Errors: `cancelled`. */
export async function rowMedoid(
  { vectors, host, signal, report }: Job,
  of: ScoredLabelling,
  members: Uint32Array,
): Promise<Medoid> {
  const { preparation, scaling, pca, engine } = of;
  const meter = new ProgressMeter(
    [
      { stage: 'pca', work: 1 },
      { stage: 'silhouette', work: 1 },
    ],
    report,
  );
  const { rows } = await vectors.prepared(preparation ?? { scaling, pca }, signal, (done) =>
    meter.at('pca', done),
  );
  const products = await host.products(engine === 'cpu' ? 'cpu' : 'auto');
  const progress = (done: number): void => meter.at('silhouette', done);
  const found = await medoid(gather(rows, members), EXACT_MEMBERS, products, progress, signal);
  return { ...found, row: members[found.row] };
}

/**
 * The row with the smallest mean distance to the others, the first of equals (Kaufman & Rousseeuw 1987). The candidates are
 * those nearest to all members, or of more than `most` to `most` drawn ones; among them it is decided in f64 over all members.
 */
export async function medoid(
  rows: Rows,
  most: number,
  products: Products,
  progress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<Medoid> {
  const drawn = new Random(0).sample(rows.n, most);
  const sums = new Float64Array(rows.n);
  for await (const { row0, n, distances } of distanceBlocks(rows, gather(rows, drawn), products, signal)) {
    for (let i = 0, p = 0; i < n; i++)
      for (let j = 0; j < drawn.length; j++) sums[row0 + i] += distances[p++];
    progress((0.9 * (row0 + n)) / rows.n);
  }
  const candidates = lowest(sums, CANDIDATES);
  const pace = new Pace(signal);
  let best: Medoid = { row: 0, meanDistance: Infinity, sampled: drawn.length < rows.n ? drawn.length : null };
  for (const row of candidates.sort()) {
    const meanDistance = sumOfDistances(rows, row) / Math.max(1, rows.n - 1);
    if (meanDistance < best.meanDistance) best = { ...best, row, meanDistance };
    await pace.turn();
  }
  return best;
}

/** The places of the `count` lowest values, lowest first. */
function lowest(values: Float64Array, count: number): Uint32Array {
  return Uint32Array.from(values.keys())
    .sort((a, b) => values[a] - values[b] || a - b)
    .slice(0, count);
}

function sumOfDistances({ n, d, data }: Rows, row: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    let squared = 0;
    for (let t = 0; t < d; t++) squared += (data[i * d + t] - data[row * d + t]) ** 2;
    sum += Math.sqrt(squared);
  }
  return sum;
}
