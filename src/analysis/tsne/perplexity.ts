import type { KnnGraph } from '../knn-graph';
import { Pace } from '../pace';
import { symmetric, type SymmetricGraph } from '../umap/fuzzy';

const STEPS = 100;
const CLOSE = 1e-5;
const TINY = 1e-8;
/** Rows between two looks at whether the work is cancelled. */
const ROWS = 256;

/**
 * Conditional probabilities of each row's neighbours, n x k, whose entropy is that of `perplexity` equal ones: scikit-learn's
 * `_binary_search_perplexity`, on squared distances in f32.
 */
export async function conditional(
  { n, k, distances }: Pick<KnnGraph, 'n' | 'k' | 'distances'>,
  perplexity: number,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const out = new Float64Array(n * k);
  const wanted = Math.log(perplexity);
  const squared = new Float64Array(k);
  const pace = new Pace(signal);
  for (let i = 0; i < n; i++) {
    for (let p = 0; p < k; p++) squared[p] = Math.fround(distances[i * k + p] ** 2);
    const own = out.subarray(i * k, (i + 1) * k);
    let [low, beta, high] = [-Infinity, 1, Infinity];
    for (let step = 0; step < STEPS; step++) {
      const off = entropy(squared, beta, own) - wanted;
      if (Math.abs(off) <= CLOSE) break;
      if (off > 0) {
        low = beta;
        beta = high === Infinity ? beta * 2 : (beta + high) / 2;
      } else {
        high = beta;
        beta = low === -Infinity ? beta / 2 : (beta + low) / 2;
      }
    }
    if (i % ROWS === 0) await pace.turn();
  }
  return out;
}

/** Fills the probabilities at this precision; their entropy in nats. */
function entropy(squared: Float64Array, beta: number, out: Float64Array): number {
  let sum = 0;
  for (let p = 0; p < out.length; p++) sum += out[p] = Math.exp(-squared[p] * beta);
  if (sum === 0) sum = TINY;
  let mean = 0;
  for (let p = 0; p < out.length; p++) mean += squared[p] * (out[p] /= sum);
  return Math.log(sum) + beta * mean;
}

/** Joint probabilities, symmetric, that add up to 1. */
export async function jointProbabilities(
  graph: KnnGraph,
  perplexity: number,
  signal?: AbortSignal,
): Promise<SymmetricGraph> {
  const values = await conditional(graph, perplexity, signal);
  const joint = symmetric(graph, values, (own, others) => own + others);
  const total = joint.values.reduce((sum, value) => sum + value, 0);
  for (let e = 0; e < joint.values.length; e++) joint.values[e] /= total;
  return joint;
}
