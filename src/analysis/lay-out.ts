import type { ProjectionOptions } from '../domain/projection';
import type { AnalysisProgress } from '../domain/progress';
import { knnGraph, type KnnGraph } from './knn-graph';
import type { MapEngine } from './map-engine';
import { judgeMap } from './map-quality';
import { placeRows } from './place-rows';
import type { Products } from './products';
import { ProgressMeter } from './progress';
import type { Layout } from './projection';
import { COMPONENTS, reduceRows, type Memory } from './reduced-rows';
import type { RowSource } from './row-source';
import type { Rows } from './rows';
import { ITERATIONS, neighboursOf, tsneLayout } from './tsne/tsne';
import { epochsFor, umapLayout } from './umap/umap';

/** Rows beyond this many times those that were laid out are laid out anew. */
const GROWTH = 2;

/** Neighbours between which a row that comes later is placed, at most. */
const MOST_PLACING = 15;

export interface LayoutTools extends MapEngine {
  source: RowSource;
  products: Products;
  memory: Memory;
  signal?: AbortSignal;
  report: (progress: AnalysisProgress) => void;
}

/**
 * UMAP or t-SNE of the rows, both from their leading principal components. `earlier` has NaN for rows that it does not know:
 * these are added to it, unless the rows have more than doubled since; then all are laid out from where they lie. Errors:
 * `cancelled`, `memory`.
 */
export async function layOut(
  tools: LayoutTools,
  options: ProjectionOptions,
  earlier: Layout | null,
): Promise<Layout> {
  const started = performance.now();
  const { source, products, search, engine, signal } = tools;
  const { n, d } = source;
  const { dims } = options;
  const meter = meterFor(tools, options);
  const { rows, mean, explained } = await reduceRows(
    source,
    products,
    tools.memory,
    (done) => meter.at('pca', done),
    signal,
  );
  try {
    const stage = (name: AnalysisProgress['stage']) => (done: number) => meter.at(name, done);
    const k = neighboursFor(options);
    let coords = firstColumns(rows, dims);
    const before = earlier?.coords.some(Number.isFinite) ? earlier : null;
    if (before) {
      coords = before.coords.slice();
      await placeRows(rows, coords, dims, Math.min(k, MOST_PLACING), search, stage('neighbours'), signal);
    }
    let made: Pick<Layout, 'graph' | 'laid' | 'divergence'>;
    if (before && n <= GROWTH * before.laid) {
      const { graph, laid, divergence } = before;
      made = { graph, laid, ...(divergence !== undefined && { divergence }) };
    } else {
      const sought = { search, seed: options.seed, signal, progress: stage('neighbours') };
      const graph = await knnGraph(rows, k, sought);
      made = { graph: factsOf(graph), laid: n };
      if (options.method === 'umap')
        coords = await umapLayout(graph, coords, options, tools.umap, stage('layout'), signal);
      else {
        const laid = await tsneLayout(graph, coords, options, stage('layout'), signal);
        coords = laid.coords;
        made.divergence = laid.divergence;
      }
    }
    const judged = { source, products, mean, coords, dims, seed: options.seed };
    return {
      n,
      ...{ method: options.method, dims, options, coords },
      ...{ explained: [], axes: new Float64Array(0) },
      quality: await judgeMap(judged, stage('quality'), signal),
      reduced: d > COMPONENTS ? { components: rows.d, explained } : null,
      engine,
      ...made,
      seconds: (performance.now() - started) / 1000,
    };
  } finally {
    tools.memory.release(rows);
  }
}

/** Neighbours besides the row itself. */
function neighboursFor({ method, neighbours, perplexity }: ProjectionOptions): number {
  return method === 'umap' ? neighbours - 1 : neighboursOf(perplexity);
}

function factsOf({ k, search, recall, sample }: KnnGraph): Layout['graph'] {
  return { k, search, recall, sample };
}

/** The leading components as a start: n x dims, 0 where there are fewer. */
function firstColumns({ n, d, data }: Rows, dims: number): Float32Array {
  const out = new Float32Array(n * dims);
  for (let i = 0; i < n; i++) for (let c = 0; c < Math.min(d, dims); c++) out[i * dims + c] = data[i * d + c];
  return out;
}

/** Stages by the seconds that they take on one core, about. */
function meterFor({ source: { n, d }, report }: LayoutTools, options: ProjectionOptions): ProgressMeter {
  const m = Math.min(d, COMPONENTS);
  const layout = options.method === 'umap' ? 1.5e-7 * options.neighbours * epochsFor(n) : 2e-6 * ITERATIONS;
  const shares = [
    { stage: 'pca' as const, work: 1e-10 * n * d * (d + m) },
    { stage: 'neighbours' as const, work: 2e-10 * n * Math.min(n, 20_000) * m },
    { stage: 'layout' as const, work: n * layout },
    { stage: 'quality' as const, work: 0.1 + Math.min(10, 1e-7 * n * d) },
  ];
  return new ProgressMeter(shares, report);
}
