import type { SweepOptions } from '../domain/clustering';
import type { Hierarchy, HierarchyOptions, Parts } from '../domain/hierarchy';
import { clusterParts, type PartsTools } from './cluster-parts';
import type { KMeansEngine, Labelling } from './engine';
import type { EngineHost, EngineNotice } from './engine-host';
import { groupKMeans } from './group-kmeans';
import { alone } from './group-plain';
import type { GroupKMeans } from './group-restarts';
import { growTree } from './grow-tree';
import { needImages, type Job } from './job';
import { ProgressMeter } from './progress';
import { Random } from './random';
import type { Rows } from './rows';
import { SAMPLE_STREAM, stratifiedSample } from './sample';
import { silhouettes, type Silhouette } from './silhouette';
import { onEngine } from './sweep';

/** Sampled rows times rows times columns below which a matrix is not worth its way to another engine. */
const SMALL = 2 ** 28;

/** k-means within k-means, as `growTree`. Errors: `too-few-images`, `cancelled`. */
export async function hierarchy(job: Job, options: HierarchyOptions): Promise<Hierarchy> {
  const started = performance.now();
  const { vectors, specKey, host, signal, report } = job;
  needImages(vectors);
  const meter = new ProgressMeter(
    [
      { stage: 'pca', work: preparing(options) },
      { stage: 'kmeans', work: options.depth * options.nInit },
    ],
    report,
  );
  const { rows, mean } = await vectors.prepared(options, signal, (done) => meter.at('pca', done));
  const { tree, ...info } = await onEngine(host, rows, options.engine, async () => {
    const kmeans = groupsOn(host, meter.notify);
    return { tree: await growTree(rows, kmeans, options, signal, (done) => meter.at('kmeans', done)) };
  });
  const { branching, depth, minimumSize, seed, nInit, scaling, pca } = options;
  return {
    specKey,
    n: rows.n,
    d: rows.d,
    by: 'kmeans',
    branching,
    depth,
    minimumSize,
    seed,
    nInit,
    scaling,
    pca: pca === null ? null : rows.d,
    ...info,
    seconds: (performance.now() - started) / 1000,
    ...tree.finish(mean),
  };
}

/** Each part clustered on its own, as `clusterParts`. Errors: `too-few-images`, `cancelled`. */
export async function byPart(job: Job, parts: Parts, options: SweepOptions): Promise<Hierarchy> {
  const started = performance.now();
  const { vectors, specKey, host, signal, report } = job;
  needImages(vectors);
  const meter = new ProgressMeter(
    [
      { stage: 'pca', work: preparing(options) },
      { stage: 'kmeans', work: 4 },
      { stage: 'silhouette', work: options.kMin < options.kMax ? 2 : 0 },
    ],
    report,
  );
  const { rows, mean } = await vectors.prepared(options, signal, (done) => meter.at('pca', done));
  const { tree, ...info } = await onEngine(host, rows, options.engine, async () => {
    // The engine goes from all rows to those of a large part, and back when groups are fitted again.
    let inUse = rows;
    const use = async (wanted: Rows): Promise<void> => {
      if (inUse !== wanted) await host.use(wanted, options.engine);
      inUse = wanted;
    };
    const kmeans = groupsOn(host, meter.notify);
    const score = async (own: Rows, labellings: Labelling[]): Promise<number[]> => {
      const draw = new Random(options.seed, SAMPLE_STREAM);
      const sample = stratifiedSample(labellings, own.n, options.silhouetteSample, draw);
      const on = (engine: KMeansEngine) => silhouettes(engine, labellings, sample, () => undefined, signal);
      if (own.n * sample.rows.length * own.d < SMALL) return means(await alone(own, on));
      await use(own);
      return means(await host.run(on, meter.notify));
    };
    const tools: PartsTools = {
      kmeans: {
        seed: (...args) => use(rows).then(() => kmeans.seed(...args)),
        fit: (...args) => use(rows).then(() => kmeans.fit(...args)),
      },
      silhouettes: score,
      signal,
      progress: (stage, done) => meter.at(stage, done),
    };
    return { tree: await clusterParts(rows, parts, options, tools) };
  });
  const { seed, nInit, scaling, pca } = options;
  return {
    specKey,
    n: rows.n,
    d: rows.d,
    by: { column: parts.column },
    branching: null,
    depth: 2,
    minimumSize: 1,
    seed,
    nInit,
    scaling,
    pca: pca === null ? null : rows.d,
    ...info,
    seconds: (performance.now() - started) / 1000,
    ...tree.finish(mean),
  };
}

const means = (scores: Silhouette[]): number[] => scores.map(({ mean }) => mean);

/** Work of the preparation as a share of a level of k-means. */
function preparing({ scaling, pca }: Pick<SweepOptions, 'scaling' | 'pca'>): number {
  return (scaling === 'none' ? 0 : 0.2) + (pca === null ? 0 : 1);
}

/** k-means of groups on the host's engine; each call is a piece of work that is repeated when the device is lost. */
function groupsOn(host: EngineHost, notify: (notice: EngineNotice) => void): GroupKMeans {
  return {
    seed: (groups, ks, randoms, signal) => {
      const again = (): Random[] => randoms.map((random) => random.clone());
      return host.run((engine) => groupKMeans(engine).seed(groups, ks, again(), signal), notify);
    },
    fit: (...args) => host.run((engine) => groupKMeans(engine).fit(...args), notify),
  };
}
