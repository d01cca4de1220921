import type { ProjectionQuality } from '../domain/projection';
import { Pace } from './pace';
import type { Products } from './products';
import { Random } from './random';
import type { RowSource } from './row-source';

/** Neighbours that are looked at, and rows that are judged at most. */
const NEIGHBOURS = 15;
const SAMPLE = 1000;
const LEAST_SAMPLE = 100;
/** Multiply-adds allowed for it: some seconds on one core. */
const WORK = 5e10;
/** Judged rows whose neighbours' vectors are in memory together. */
const BATCH = 64;

export interface JudgedMap {
  source: RowSource;
  products: Products;
  /** d, subtracted from the rows so that products keep their digits. */
  mean: Float64Array;
  /** n x dims, row-major. */
  coords: Float32Array;
  dims: number;
  seed: number;
  k?: number;
  sample?: number;
}

/**
 * Trustworthiness (Venna and Kaski 2001) as scikit-learn defines it and the recall of neighbours, for rows drawn at random,
 * each ranked against all rows by the vectors as they are. Null where fewer than four rows leave nothing to judge.
 */
export async function judgeMap(
  { source, products, mean, coords, dims, seed, k: asked = NEIGHBOURS, sample: most }: JudgedMap,
  progress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<ProjectionQuality | null> {
  const { n, d } = source;
  const k = Math.min(asked, Math.ceil(n / 2) - 1);
  if (k < 1) return null;
  const allowed = Math.max(LEAST_SAMPLE, Math.min(SAMPLE, Math.floor(WORK / (n * Math.max(1, d)))));
  const sample = new Random(seed, 3).sample(n, most ?? allowed);
  const m = sample.length;
  const pace = new Pace(signal);
  const onMap = new Uint32Array(m * k);
  for (let s = 0; s < m; s++) {
    onMap.set(nearestOnMap(coords, dims, sample[s], k), s * k);
    progress((0.2 * (s + 1)) / m);
    await pace.turn();
  }
  const picked = await source.rows(sample);
  const vectors = Float64Array.from(picked.data, (x, p) => x - mean[p % d]);
  const lengths = squaredLengths(picked.data, m, mean);
  const limits = await distancesTo(onMap, k, { source, products, mean, vectors, lengths }, signal);
  progress(0.3);

  // For each judged row how many rows lie nearer than each of its neighbours on the map, and its nearest by the vectors.
  const nearer = new Uint32Array(m * k);
  const nearest = Array.from({ length: m }, () => ({
    rows: new Uint32Array(k),
    squared: new Float64Array(k).fill(Infinity),
  }));
  const farthest = Float64Array.from({ length: m }, (_, s) =>
    Math.max(...limits.subarray(s * k, (s + 1) * k)),
  );
  for await (const { row0, n: count, data } of source.chunks()) {
    const own = squaredLengths(data, count, mean);
    const dots = await products.project(
      { n: count, d, data: data.subarray(0, count * d) },
      mean,
      vectors,
      m,
      signal,
    );
    for (let i = 0; i < count; i++) {
      for (let s = 0; s < m; s++) {
        const squared = own[i] + lengths[s] - 2 * dots[i * m + s];
        const mine = nearest[s];
        if (squared >= farthest[s] && squared >= mine.squared[k - 1]) continue;
        if (row0 + i === sample[s]) continue;
        for (let p = s * k; p < (s + 1) * k; p++)
          if (squared < limits[p] && onMap[p] !== row0 + i) nearer[p]++;
        if (squared < mine.squared[k - 1]) insert(mine, squared, row0 + i);
      }
      if (i % 64 === 0) await pace.turn();
    }
    progress(0.3 + (0.7 * (row0 + count)) / n);
  }
  let penalty = 0;
  let hits = 0;
  for (let s = 0; s < m; s++) {
    const near = new Set(nearest[s].rows);
    for (let p = s * k; p < (s + 1) * k; p++) {
      penalty += Math.max(0, nearer[p] + 1 - k);
      if (near.has(onMap[p])) hits++;
    }
  }
  return {
    k,
    sample: m,
    trustworthiness: 1 - (2 * penalty) / (m * k * (2 * n - 3 * k - 1)),
    recall: hits / (m * k),
  };
}

/** The k rows nearest to one on the map, itself left out; of equals the lower. */
function nearestOnMap(coords: Float32Array, dims: number, row: number, k: number): Uint32Array {
  const n = coords.length / dims;
  const found = { rows: new Uint32Array(k), squared: new Float64Array(k).fill(Infinity) };
  const x = coords[dims * row];
  const y = coords[dims * row + 1];
  const z = dims > 2 ? coords[dims * row + 2] : 0;
  for (let i = 0, p = 0; i < n; i++, p += dims) {
    const dz = dims > 2 ? coords[p + 2] - z : 0;
    const squared = (coords[p] - x) ** 2 + (coords[p + 1] - y) ** 2 + dz * dz;
    if (squared < found.squared[k - 1] && i !== row) insert(found, squared, i);
  }
  return found.rows;
}

function insert(to: { rows: Uint32Array; squared: Float64Array }, squared: number, row: number): void {
  let place = to.rows.length - 1;
  for (; place > 0 && to.squared[place - 1] > squared; place--) {
    to.squared[place] = to.squared[place - 1];
    to.rows[place] = to.rows[place - 1];
  }
  to.squared[place] = squared;
  to.rows[place] = row;
}

/** Squared distances from each judged row to its k neighbours on the map, by the same arithmetic as those to all rows. */
async function distancesTo(
  onMap: Uint32Array,
  k: number,
  {
    source,
    products,
    mean,
    vectors,
    lengths,
  }: Pick<JudgedMap, 'source' | 'products' | 'mean'> & { vectors: Float64Array; lengths: Float64Array },
  signal?: AbortSignal,
): Promise<Float64Array> {
  const { d } = source;
  const m = lengths.length;
  const out = new Float64Array(m * k);
  for (let from = 0; from < m; from += BATCH) {
    const to = Math.min(from + BATCH, m);
    const rows = await source.rows(onMap.slice(from * k, to * k));
    const own = squaredLengths(rows.data, rows.n, mean);
    const some = vectors.subarray(from * d, to * d);
    const dots = await products.project(rows, mean, some, to - from, signal);
    for (let q = 0; q < rows.n; q++) {
      const s = Math.floor(q / k);
      out[from * k + q] = own[q] + lengths[from + s] - 2 * dots[q * (to - from) + s];
    }
  }
  return out;
}

function squaredLengths(data: Float32Array, n: number, mean: Float64Array): Float64Array {
  const d = mean.length;
  const out = new Float64Array(n);
  for (let i = 0, p = 0; i < n; i++) {
    let sum = 0;
    for (let t = 0; t < d; t++) sum += (data[p++] - mean[t]) ** 2;
    out[i] = sum;
  }
  return out;
}
