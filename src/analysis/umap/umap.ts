import type { ProjectionOptions } from '../../domain/projection';
import type { KnnGraph } from '../knn-graph';
import { Random } from '../random';
import type { LayoutEngine } from './cpu-layout';
import { fitCurve } from './curve';
import { fuzzyGraph, scheduled } from './fuzzy';

const NEGATIVES = 5;
/** Rows up to which the layout gets more epochs, as in umap-learn. */
const FEW = 10_000;
const EPOCHS = { few: 500, many: 200 };
/** Largest coordinate at the start. */
const EXTENT = 10;

/** UMAP epochs for so many rows. */
export const epochsFor = (n: number): number => (n <= FEW ? EPOCHS.few : EPOCHS.many);

/**
 * UMAP (McInnes, Healy, Melville 2018) of a graph of nearest neighbours from given places (n x dims), which are scaled. The
 * same seed gives the same layout on the same engine. Errors: `cancelled`, `device-lost`.
 */
export async function umapLayout(
  graph: KnnGraph,
  start: Float32Array,
  { dims, minDist, seed }: ProjectionOptions,
  engine: LayoutEngine,
  progress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const { n } = graph;
  const epochs = epochsFor(n);
  const edges = scheduled(await fuzzyGraph(graph, signal), epochs);
  const forces = { ...fitCurve(minDist), dims, seed, negatives: NEGATIVES };
  return engine(edges, forces, startOf(start, seed), { epochs, alpha: 1, progress, signal });
}

/** Scaled to reach 10, with a little noise so that equal rows part. */
export function startOf(coords: Float32Array, seed: number): Float32Array {
  let most = 0;
  for (const x of coords) most = Math.max(most, Math.abs(x));
  const factor = most > 0 ? EXTENT / most : 1;
  const random = new Random(seed, 2);
  return coords.map((x) => factor * x + 1e-4 * random.normal());
}
