import type { Pca } from '../domain/model';
import { scatter, timesTransposed, transposedTimes } from './cpu/products';
import { symmetricEigen } from './eigen';
import { Pace } from './pace';
import { columnMeans, columnVariances, type Rows } from './rows';
import { topEigen } from './subspace';

/** A number of components, or the smallest number whose shares add up to `explained`. */
export type PcaTarget = { components: number } | { explained: number };

/** Largest matrix that is decomposed completely; beyond it only the leading components are computed. */
const COMPLETE = 512;

/**
 * Principal components in f64: of the d x d covariance, or of the n x n Gram matrix when there are fewer rows than columns;
 * for large n and d by block Krylov iteration. Components beyond the rank of the data are left out, so fewer than asked may
 * come back (none when all rows are equal).
 */
export async function fitPca(rows: Rows, target: PcaTarget, signal?: AbortSignal): Promise<Pca> {
  const { n, d } = rows;
  const pace = new Pace(signal);
  const mean = columnMeans(rows);
  const variance = columnVariances(rows, mean).reduce((sum, v) => sum + v, 0);
  const total = (variance * n) / Math.max(1, n - 1);
  const rank = Math.min(n - 1, d);
  const spectrum =
    rank <= 0 || total === 0
      ? { values: new Float64Array(0), vectors: new Float64Array(0) }
      : Math.min(n, d) <= COMPLETE
        ? await complete(rows, mean, pace)
        : await leading(rows, mean, target, total, rank, pace);
  const share = Array.from(spectrum.values, (v) => Math.max(0, v) / total);
  const m = Math.min(countFor(target, share), rank, share.filter((s) => s > 1e-14).length);
  const components = spectrum.vectors.slice(0, m * d);
  fixSigns(components, m, d);
  return { mean, components, variances: spectrum.values.slice(0, m), explained: share.slice(0, m) };
}

/** Rows in the coordinates of the components: n x m. */
export async function transform(rows: Rows, pca: Pca, signal?: AbortSignal): Promise<Rows> {
  const m = pca.variances.length;
  const coords = await timesTransposed(rows, pca.mean, pca.components, m, new Pace(signal));
  return { n: rows.n, d: m, data: Float32Array.from(coords) };
}

/** The inverse of `transform`, up to what the left-out components held. */
export function inverseTransform({ n, d: m, data }: Rows, pca: Pca): Rows {
  const d = pca.mean.length;
  const out = new Float32Array(n * d);
  const row = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    row.set(pca.mean);
    for (let c = 0; c < m; c++)
      for (let t = 0; t < d; t++) row[t] += data[i * m + c] * pca.components[c * d + t];
    out.set(row, i * d);
  }
  return { n, d, data: out };
}

interface Spectrum {
  values: Float64Array;
  vectors: Float64Array;
}

async function complete(rows: Rows, mean: Float64Array, pace: Pace): Promise<Spectrum> {
  const { n, d } = rows;
  if (d <= n) {
    const covariance = (await scatter(rows, mean, pace)).map((x) => x / (n - 1));
    return symmetricEigen(covariance, d);
  }
  const centred = new Float64Array(n * d);
  for (let i = 0; i < n; i++) for (let t = 0; t < d; t++) centred[i * d + t] = rows.data[i * d + t] - mean[t];
  const products = await timesTransposed(rows, mean, centred, n, pace);
  const { values, vectors } = symmetricEigen(
    products.map((x) => x / (n - 1)),
    n,
  );
  const m = values.filter((v) => v > 1e-13 * values[0]).length;
  // Y^T X with Y the n x m eigenvectors as columns, each result divided by its singular value.
  const weights = new Float64Array(n * m);
  for (let c = 0; c < m; c++) for (let i = 0; i < n; i++) weights[i * m + c] = vectors[c * n + i];
  const loadings = await transposedTimes(rows, mean, weights, m, pace);
  for (let c = 0; c < m; c++) {
    const length = Math.sqrt(values[c] * (n - 1));
    for (let t = 0; t < d; t++) loadings[c * d + t] /= length;
  }
  return { values: values.slice(0, m), vectors: loadings };
}

async function leading(
  rows: Rows,
  mean: Float64Array,
  target: PcaTarget,
  total: number,
  rank: number,
  pace: Pace,
): Promise<Spectrum> {
  const apply = async (vectors: Float64Array, r: number) => {
    const scores = await timesTransposed(rows, mean, vectors, r, pace);
    return (await transposedTimes(rows, mean, scores, r, pace)).map((x) => x / (rows.n - 1));
  };
  if ('components' in target) return topEigen(apply, rows.d, Math.min(rank, target.components));
  for (let m = 32; ; m *= 2) {
    const found = await topEigen(apply, rows.d, Math.min(rank, m));
    const share = found.values.reduce((sum, v) => sum + v / total, 0);
    if (share >= target.explained || m >= rank) return found;
  }
}

function countFor(target: PcaTarget, share: number[]): number {
  if ('components' in target) return target.components;
  let sum = 0;
  const place = share.findIndex((s) => (sum += s) >= target.explained);
  return place < 0 ? share.length : place + 1;
}

/** The sign of an eigenvector is arbitrary; the largest |loading| (the first of equals) is made positive. */
function fixSigns(components: Float64Array, m: number, d: number): void {
  for (let c = 0; c < m; c++) {
    const row = components.subarray(c * d, (c + 1) * d);
    let largest = 0;
    for (let t = 1; t < d; t++) if (Math.abs(row[t]) > Math.abs(row[largest])) largest = t;
    if (row[largest] < 0) for (let t = 0; t < d; t++) row[t] = -row[t];
  }
}
