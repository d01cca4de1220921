import type { KnnSearch } from './knn-search';
import { searchAll, type KnnGraph } from './knn-graph';
import { pickRows, type Rows } from './rows';
import { memberships, smoothDistances } from './umap/fuzzy';

/** Share of the extent of the map that rows at the same place are moved apart by. */
const APART = 1e-3;

/**
 * Gives rows without a place (coordinates NaN) one between their k nearest rows that have one, in place: on each axis the median
 * of the neighbours, weighted as UMAP weighs them, so that a row between two groups joins one and does not lie in the void. The
 * others stay where they are. Errors: `cancelled`, `memory`.
 */
export async function placeRows(
  rows: Rows,
  coords: Float32Array,
  dims: number,
  k: number,
  search: KnnSearch,
  progress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const isPlaced = (row: number): boolean => !Number.isNaN(coords[row * dims]);
  const placed: number[] = [];
  const fresh: number[] = [];
  for (let row = 0; row < rows.n; row++) (isPlaced(row) ? placed : fresh).push(row);
  if (fresh.length === 0) return;
  const known = Uint32Array.from(placed);
  const graph = await neighboursAmong(rows, known, Uint32Array.from(fresh), k, search, progress, signal);
  const weights = memberships(graph, await smoothDistances(graph, signal));
  const extent = extentOf(coords);
  const near = new Float64Array(graph.k);
  fresh.forEach((row, q) => {
    const own = weights.subarray(q * graph.k, (q + 1) * graph.k);
    for (let c = 0; c < dims; c++) {
      for (let p = 0; p < graph.k; p++) near[p] = coords[known[graph.rows[q * graph.k + p]] * dims + c];
      // Not on top of a neighbour: a spiral by the golden angle.
      const turn = Math.sin(2.399963 * q + (Math.PI / 2) * c);
      coords[row * dims + c] = weightedMedian(near, own) + APART * extent * turn;
    }
  });
}

async function neighboursAmong(
  rows: Rows,
  known: Uint32Array,
  fresh: Uint32Array,
  k: number,
  search: KnnSearch,
  progress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<Pick<KnnGraph, 'n' | 'k' | 'rows' | 'distances'>> {
  const each = Math.min(k, known.length);
  const found = await searchAll(
    pickRows(rows, known),
    pickRows(rows, fresh),
    null,
    each,
    search,
    progress,
    signal,
  );
  return { n: fresh.length, k: each, ...found };
}

/** The value at which half of the weight lies on either side. */
function weightedMedian(values: Float64Array, weights: Float64Array): number {
  const order = Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
  const half = weights.reduce((sum, weight) => sum + weight, 0) / 2;
  let sum = 0;
  for (const p of order) if ((sum += weights[p]) >= half) return values[p];
  return values[order[order.length - 1]];
}

function extentOf(coords: Float32Array): number {
  let most = 0;
  for (const x of coords) if (Math.abs(x) > most) most = Math.abs(x);
  return most;
}
