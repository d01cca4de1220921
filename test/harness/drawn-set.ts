import type { Clustering, Sweep } from '../../src/domain/clustering';
import { DEFAULT_PROJECTION, type Projection } from '../../src/domain/projection';
import type { RowTable } from '../../src/domain/project';

/** A made-up project: points in nine groups in 8 dimensions, clustered by a few plain Lloyd steps for every k. */
export interface DrawnSet {
  rows: RowTable;
  projection: Projection;
  sweep: Sweep;
  vectors: Float32Array;
  dimension: number;
}

const DIMENSION = 8;
const GROUPS = 9;

/** Seeded uniform numbers in 0..1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function drawnSet(n: number): DrawnSet {
  const random = seeded(7);
  const normal = (): number => Math.sqrt(-2 * Math.log(random() || 1e-9)) * Math.cos(2 * Math.PI * random());
  const spread = Array.from({ length: DIMENSION }, (_, j) => 6 / (1 + j * 0.6));
  const centres = Array.from({ length: GROUPS }, () => spread.map((s) => s * normal()));
  const widths = Array.from({ length: GROUPS }, () => 0.5 + random());
  const vectors = new Float32Array(n * DIMENSION);
  const paths: string[] = [];
  const coords = new Float32Array(2 * n);
  for (let row = 0; row < n; row++) {
    const group = Math.floor(random() ** 1.4 * GROUPS);
    for (let j = 0; j < DIMENSION; j++)
      vectors[row * DIMENSION + j] = centres[group][j] + widths[group] * normal();
    coords[2 * row] = vectors[row * DIMENSION];
    coords[2 * row + 1] = vectors[row * DIMENSION + 1];
    const day = 1 + Math.floor(random() * 20);
    const name = `image-${String(row).padStart(5, '0')}.jpg`;
    paths.push(`chicken-2025/device-${group % 3}/2025-03-${String(day).padStart(2, '0')}/${name}`);
  }
  const clusterings = Array.from({ length: 26 }, (_, i) => lloyd(vectors, n, Math.min(5 + i, n)));
  const rows: RowTable = {
    n,
    paths,
    hashes: paths.map((_, row) => row.toString(16).padStart(64, '0')),
    widths: new Uint32Array(n).fill(640),
    heights: new Uint32Array(n).fill(480),
    duplicates: new Map([[0, ['copies/image-00000.jpg', 'copies/again.jpg']]]),
  };
  const sweep: Sweep = {
    specKey: 'drawn',
    n,
    d: DIMENSION,
    seed: 1,
    nInit: 1,
    maxIterations: 8,
    tolerance: 0,
    scaling: 'none',
    pca: null,
    engine: 'cpu',
    adapter: '',
    seconds: 3,
    clusterings,
    choice: { k: 9, runnerUp: 8, elbow: 8, byCalinskiHarabasz: 9, byDaviesBouldin: 12 },
  };
  const projection: Projection = {
    specKey: 'drawn',
    n,
    method: 'pca',
    dims: 2,
    options: DEFAULT_PROJECTION,
    coords,
    explained: [0.43, 0.19],
    axes: new Float64Array(2 * DIMENSION),
    quality: null,
    graph: null,
    reduced: null,
    laid: n,
    engine: 'cpu',
    seconds: 0.1,
  };
  return { rows, projection, sweep, vectors, dimension: DIMENSION };
}

function lloyd(vectors: Float32Array, n: number, k: number): Clustering {
  const d = DIMENSION;
  const random = seeded(k);
  let centroids = new Float32Array(k * d);
  for (let c = 0; c < k; c++) {
    const row = Math.floor(random() * n);
    centroids.set(vectors.subarray(row * d, row * d + d), c * d);
  }
  let labels = new Uint16Array(n);
  const distances = new Float32Array(n);
  for (let step = 0; step < 6; step++) {
    for (let row = 0; row < n; row++) {
      let best = Infinity;
      for (let c = 0; c < k; c++) {
        let squared = 0;
        for (let j = 0; j < d; j++) squared += (vectors[row * d + j] - centroids[c * d + j]) ** 2;
        if (squared < best) {
          best = squared;
          labels[row] = c;
        }
      }
      distances[row] = Math.sqrt(best);
    }
    const sums = new Float32Array(k * d);
    const counts = new Uint32Array(k);
    for (let row = 0; row < n; row++) {
      counts[labels[row]]++;
      for (let j = 0; j < d; j++) sums[labels[row] * d + j] += vectors[row * d + j];
    }
    centroids = sums.map((sum, i) => sum / Math.max(counts[Math.floor(i / d)], 1));
  }
  const counts = new Uint32Array(k);
  for (const label of labels) counts[label]++;
  const order = [...counts.keys()].sort((a, b) => counts[b] - counts[a]);
  labels = labels.map((label) => order.indexOf(label));
  const sorted = new Float32Array(k * d);
  order.forEach((from, to) => sorted.set(centroids.subarray(from * d, from * d + d), to * d));
  return {
    k,
    labels,
    centroids: sorted,
    distances,
    sizes: counts.slice().sort().reverse(),
    iterations: 6,
    inertia: distances.reduce((sum, x) => sum + x * x, 0),
    silhouette: 0.46 * Math.exp(-((k - 9) ** 2) / 90) + 0.02 * Math.sin(k * 2),
    silhouetteError: 0.012,
    silhouetteSample: Math.min(n, 2000),
    calinskiHarabasz: 900 * Math.exp(-((k - 9) ** 2) / 200),
    daviesBouldin: 0.9 + 0.3 * Math.abs(Math.sin((k - 12) / 6)),
  };
}
