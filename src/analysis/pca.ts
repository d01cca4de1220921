import type { Pca } from '../domain/model';
import { columnStats } from './column-stats';
import { symmetricEigen } from './eigen';
import { Pace } from './pace';
import type { Products } from './products';
import type { RowSource } from './row-source';
import type { Rows } from './rows';
import { topEigen } from './subspace';

/** A number of components, or the smallest number whose shares add up to `explained`. */
export type PcaTarget = { components: number } | { explained: number };

/** Largest matrix that is decomposed completely; beyond it only the leading components are computed. */
const COMPLETE = 512;
/** Fewer components than this share of the order are found sooner by iteration than by a complete decomposition. */
const FEW = 1 / 16;
/** Components tried first when a share of the variance is asked for, doubled until they explain it. */
const FIRST_TRY = 32;

/**
 * Principal components: the d x d covariance from one reading of the rows (products as exact as `products`), or the n x n
 * Gram matrix when there are fewer rows than columns, decomposed in f64; beyond `COMPLETE` only the leading components, by
 * block Krylov iteration. Components past the rank of the data are left out, so fewer than asked may come back (none
 * when all rows are equal).
 */
export async function fitPca(
  source: RowSource,
  target: PcaTarget,
  products: Products,
  signal?: AbortSignal,
): Promise<Pca> {
  const { n, d } = source;
  const { mean, variance } = await columnStats(source, signal);
  const total = (variance.reduce((sum, v) => sum + v, 0) * n) / Math.max(1, n - 1);
  const rank = Math.min(n - 1, d);
  const spectrum =
    rank <= 0 || total === 0
      ? { values: new Float64Array(0), vectors: new Float64Array(0) }
      : d <= n
        ? await ofColumns(source, mean, products, target, total, signal)
        : await ofRows(source, mean, products, target, total, signal);
  const share = Array.from(spectrum.values, (v) => Math.max(0, v) / total);
  const m = Math.min(countFor(target, share), rank, share.filter((s) => s > 1e-14).length);
  const components = spectrum.vectors.slice(0, m * d);
  fixSigns(components, m, d);
  return { mean, components, variances: spectrum.values.slice(0, m), explained: share.slice(0, m) };
}

/** Rows in the coordinates of the components: n x m. */
export async function transform(
  rows: Rows,
  pca: Pca,
  products: Products,
  signal?: AbortSignal,
): Promise<Rows> {
  const m = pca.variances.length;
  const coords = await products.project(rows, pca.mean, pca.components, m, signal);
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
  /** Eigenvalues, falling. */
  values: Float64Array;
  /** One unit row of length d for each. */
  vectors: Float64Array;
}

async function ofColumns(
  source: RowSource,
  mean: Float64Array,
  products: Products,
  target: PcaTarget,
  total: number,
  signal?: AbortSignal,
): Promise<Spectrum> {
  const { n, d } = source;
  const covariance = new Float64Array(d * d);
  for await (const { n: count, data } of source.chunks()) {
    const block = await products.scatter({ n: count, d, data }, mean, signal);
    for (let p = 0; p < covariance.length; p++) covariance[p] += block[p] / (n - 1);
  }
  return decompose(covariance, d, target, total, signal);
}

async function ofRows(
  source: RowSource,
  mean: Float64Array,
  products: Products,
  target: PcaTarget,
  total: number,
  signal?: AbortSignal,
): Promise<Spectrum> {
  const { n, d } = source;
  const rows = await source.rows(Uint32Array.from({ length: n }, (_, i) => i));
  const centred = Float64Array.from(rows.data, (x, p) => x - mean[p % d]);
  const gram = await products.project(rows, mean, centred, n, signal);
  const found = await decompose(
    Float64Array.from(gram, (x) => x / (n - 1)),
    n,
    target,
    total,
    signal,
  );
  const m = found.values.filter((v) => v > 1e-13 * found.values[0]).length;
  // Y^T X with Y the n x m eigenvectors as columns, each result divided by its singular value.
  const weights = new Float64Array(n * m);
  for (let c = 0; c < m; c++) for (let i = 0; i < n; i++) weights[i * m + c] = found.vectors[c * n + i];
  const loadings = await transposedTimes(weights, m, centred, d, new Pace(signal));
  for (let c = 0; c < m; c++) {
    const length = Math.sqrt(found.values[c] * (n - 1));
    for (let t = 0; t < d; t++) loadings[c * d + t] /= length;
  }
  return { values: found.values.slice(0, m), vectors: loadings };
}

/** Y^T X for Y n x m and X n x d: m x d. */
async function transposedTimes(
  weights: Float64Array,
  m: number,
  rows: Float64Array,
  d: number,
  pace: Pace,
): Promise<Float64Array> {
  const out = new Float64Array(m * d);
  for (let i = 0; i * d < rows.length; i++) {
    for (let q = 0; q < m; q++) {
      const w = weights[i * m + q];
      for (let t = 0; t < d; t++) out[q * d + t] += w * rows[i * d + t];
    }
    await pace.turn();
  }
  return out;
}

/** Eigenpairs of a symmetric positive semi-definite matrix of the given order, as many as the target may need. */
async function decompose(
  matrix: Float64Array,
  order: number,
  target: PcaTarget,
  total: number,
  signal?: AbortSignal,
): Promise<Spectrum> {
  const few = 'components' in target && target.components <= FEW * order;
  if (order <= COMPLETE && !few) return symmetricEigen(matrix, order);
  const pace = new Pace(signal);
  const apply = (vectors: Float64Array, r: number) => times(matrix, order, vectors, r, pace);
  if ('components' in target) return topEigen(apply, order, Math.min(order, target.components));
  for (let m = FIRST_TRY; ; m *= 2) {
    const found = await topEigen(apply, order, Math.min(order, m));
    const share = found.values.reduce((sum, v) => sum + v / total, 0);
    if (share >= target.explained || m >= order) return found;
  }
}

/** r vectors (r x order) times a symmetric matrix. */
async function times(
  matrix: Float64Array,
  order: number,
  vectors: Float64Array,
  r: number,
  pace: Pace,
): Promise<Float64Array> {
  const out = new Float64Array(r * order);
  for (let p = 0; p < order; p++) {
    const line = matrix.subarray(p * order, (p + 1) * order);
    for (let q = 0; q < r; q++) {
      let sum = 0;
      for (let t = 0, v = q * order; t < order; t++, v++) sum += line[t] * vectors[v];
      out[q * order + p] = sum;
    }
    if (p % 64 === 0) await pace.turn();
  }
  return out;
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
