import { DEFAULT_PROJECTION } from '../domain/projection';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEFAULT_SWEEP } from '../domain/clustering';
import { DEFAULT_HIERARCHY } from '../domain/hierarchy';
import { scoredLabelling } from '../domain/row-scores';
import { DEFAULT_SEARCH } from '../domain/search';
import { RAW_PIXELS, specKey } from '../domain/spec';
import { artifactBytes } from '../exports/artifact';
import { modelBundle } from '../exports/model';
import { purgeProject } from '../store/projects';
import { commitRows } from '../store/rows';
import { AnalysisJob } from './analysis-job';
import { modelOf } from './cluster-models';
import { createProject } from './projects';

/** Vectors shorter than the descriptor's own make the tests quick. */
const SPEC = { ...RAW_PIXELS, dim: 64 };
const KEY = specKey(SPEC);
const N = 400;
const job = new AnalysisJob();
let projectId = '';

const nearest = (row: number, count: number) =>
  job.search({ rows: Uint32Array.of(row) }, { ...DEFAULT_SEARCH, count }, () => undefined);

beforeAll(async () => {
  const fields = { spec: SPEC, backend: 'auto', seed: 1, k: null, kMin: 5, kMax: 30 } as const;
  projectId = (await createProject({ ...fields, name: 'analysis' })).id;
  const rows = Array.from({ length: N }, (_, i) => ({
    seq: i,
    hash: `${i}`,
    width: 1,
    height: 1,
    thumbnail: new Uint8Array(),
    vector: Float32Array.from({ length: 64 }, (_, j) => Math.sin(i * 7 + j * j) + (i % 4) * 3),
  }));
  await commitRows(projectId, KEY, 0, rows, []);
});

afterAll(async () => {
  job.dispose();
  await purgeProject(projectId);
});

it('answers an aborted call at once and the next one too', async () => {
  await expect(nearest(0, 3)).rejects.toMatchObject({ code: 'internal' });
  const waiting = job.whenLoaded(new AbortController().signal);
  const givenUp = AbortSignal.timeout(1);
  await expect(job.whenLoaded(givenUp)).rejects.toMatchObject({ code: 'cancelled' });
  expect(await job.load(projectId, KEY)).toEqual({ n: N, d: 64 });
  await waiting;

  const stop = new AbortController();
  const sweep = job.sweep({ ...DEFAULT_SWEEP, engine: 'cpu', nInit: 50 }, () => stop.abort(), stop.signal);
  await expect(sweep).rejects.toMatchObject({ code: 'cancelled' });
  await expect(job.project(DEFAULT_PROJECTION, null, () => undefined, stop.signal)).rejects.toMatchObject({
    code: 'cancelled',
  });

  const [{ rows, distances }] = await nearest(8, 3);
  expect(rows).toHaveLength(3);
  expect(rows).not.toContain(8);
  expect([...distances]).toEqual([...distances].sort((a, b) => a - b));
});

it('ends a search, and nothing else, when that is cancelled', async () => {
  const options = { ...DEFAULT_SWEEP, engine: 'cpu', kMin: 2, kMax: 6, nInit: 1 } as const;
  const sweep = job.sweep(options, () => undefined);
  const stop = new AbortController();
  const found = job.search({ rows: Uint32Array.of(8) }, DEFAULT_SEARCH, () => undefined, stop.signal);
  stop.abort();
  await expect(found).rejects.toMatchObject({ code: 'cancelled' });
  expect((await sweep).choice.k).toBe(4);
});

it('sweeps again after an abort', async () => {
  const fractions: number[] = [];
  const options = { ...DEFAULT_SWEEP, engine: 'cpu', kMin: 2, kMax: 6, nInit: 1 } as const;
  const { choice, clusterings, n } = await job.sweep(options, ({ fraction }) => fractions.push(fraction));
  expect([n, clusterings.length, choice.k]).toEqual([N, 5, 4]);
  // Progress is told a few times a second: a fast machine is done before the second time.
  expect(fractions.length).toBeGreaterThan(0);
  expect(fractions.every((f, i) => f >= (fractions[i - 1] ?? 0) && f <= 1)).toBe(true);
});

const quick = { ...DEFAULT_SWEEP, engine: 'cpu', kMin: 2, kMax: 6, nInit: 1 } as const;
const ignore = () => undefined;

it('grows a tree, clusters each part and compares runs', async () => {
  const options = { ...DEFAULT_HIERARCHY, branching: 4, depth: 2, engine: 'cpu' } as const;
  const tree = await job.hierarchy(options, ignore);
  expect(tree.nodes.slice(0, 5).map(({ id, size }) => [id, size])).toEqual([
    ['root', N],
    ...[0, 1, 2, 3].map((c) => [`root-${c}`, N / 4]),
  ]);

  const of = Uint32Array.from({ length: N }, (_, i) => (i < 250 ? 1 : 0));
  const parts = await job.byPart({ column: 'split', names: ['val', 'train'], of }, quick, ignore);
  expect(parts.nodes.slice(1, 3).map(({ name, size, children }) => [name, size, children])).toEqual([
    ['train', 250, 4],
    ['val', 150, 4],
  ]);

  const [four] = await job.stability({ ks: [4], runs: 3, seed: 1 }, quick, ignore);
  expect(four).toMatchObject({ k: 4, runs: 3, ari: 1, lowestAri: 1, nmi: 1 });
});

it('scores over all rows, and applies a model of what was found', async () => {
  const sweep = await job.sweep(quick, ignore);
  const { silhouettes, choice } = await job.exactSilhouette(sweep, ignore);
  expect([silhouettes.length, choice.k]).toEqual([5, 4]);
  const clustering = sweep.clusterings.find(({ k }) => k === 4)!;
  const agreement = await job.agreement(
    clustering.labels,
    Uint8Array.from({ length: N }, (_, i) => i % 4),
  );
  expect(agreement).toMatchObject({ ari: 1, nmi: 1, rows: 4, columns: 4 });

  const model = modelOf({ name: 'analysis', spec: SPEC }, sweep, clustering, new Map());
  const bundle = await artifactBytes(modelBundle(model));
  expect(await job.readModel(new Blob([bundle]))).toEqual(model);
  await expect(job.readModel(new Blob(['no']))).rejects.toMatchObject({ code: 'model-bundle' });
  const applied = await job.applyModel(model, 'four', ignore);
  expect(applied.model?.name).toBe('four');
  expect(applied.clusterings[0].labels).toEqual(clustering.labels);
  // Centroids are kept in single precision.
  applied.clusterings[0].distances.forEach((distance, i) =>
    expect(Math.abs(distance - clustering.distances[i])).toBeLessThan(1e-5),
  );
  await expect(job.applyModel({ ...model, specKey: 'pixels:1x1' }, 'x', ignore)).rejects.toMatchObject({
    code: 'model-mismatch',
  });
});

it('tells how the variance is spread, as the reduction of a sweep would find it', async () => {
  const found = await job.explainedVariance('none', 64, () => undefined);
  expect(found).toMatchObject({ rank: 64, d: 64, scaling: 'none' });
  expect(found.explained.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
  // numpy.linalg.svd of the same vectors, centred.
  [0.9593, 0.0215, 0.0192].forEach((share, c) => expect(found.explained[c]).toBeCloseTo(share, 3));
  const few = await job.explainedVariance('none', 2, () => undefined);
  few.explained.forEach((share, c) => expect(share).toBeCloseTo(found.explained[c], 5));
});

it('scores single rows while nothing else is asked for', async () => {
  const sweep = await job.sweep(quick, ignore);
  const clustering = sweep.clusterings.find(({ k }) => k === 4)!;
  const of = scoredLabelling(sweep, clustering);
  const { values, sampled } = await job.rowSilhouettes(of, false, ignore);
  expect(sampled).toBeNull();
  const mean = values.reduce((sum, value) => sum + value, 0) / N;
  expect(mean).toBeCloseTo(clustering.silhouette, 4);
  const { gaps, second } = await job.margins(of, ignore);
  expect(gaps.every((gap, i) => gap > 0 && second[i] < 4 && second[i] !== clustering.labels[i])).toBe(true);
  const members = Uint32Array.from(clustering.labels.keys()).filter((i) => clustering.labels[i] === 2);
  const medoid = await job.medoid(of, members, ignore);
  expect(members).toContain(medoid.row);
  expect(medoid.sampled).toBeNull();

  const one = new AbortController();
  // So many that the last one still waits when the tree is asked for.
  const asked = Array.from({ length: 50 }, () => job.rowSilhouettes(of, true, ignore, one.signal));
  const tree = job.hierarchy({ ...DEFAULT_HIERARCHY, branching: 4, depth: 2, engine: 'cpu' }, ignore);
  const [last] = (await Promise.allSettled(asked)).slice(-1);
  expect(last).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } });
  // Asked for meanwhile, scores wait for the tree; ended, they leave it alone.
  const late = job.rowSilhouettes(of, true, ignore, one.signal);
  setTimeout(() => one.abort());
  await expect(late).rejects.toMatchObject({ code: 'cancelled' });
  expect((await tree).nodes[0].size).toBe(N);
  await expect(job.margins({ ...of, labels: of.labels.subarray(1) }, ignore)).rejects.toMatchObject({
    code: 'internal',
  });
});

it('ends each of them at once when it is cancelled', async () => {
  const many = { ...quick, nInit: 50, kMax: 30 };
  const asked = { ks: [20], runs: 50, seed: 1 };
  const calls: ((signal: AbortSignal) => Promise<unknown>)[] = [
    (signal) => job.hierarchy({ ...DEFAULT_HIERARCHY, nInit: 500, engine: 'cpu' }, ignore, signal),
    (signal) => job.byPart({ column: 'one', names: ['all'], of: new Uint32Array(N) }, many, ignore, signal),
    (signal) => job.stability(asked, many, ignore, signal),
  ];
  for (const call of calls) {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    await expect(call(stop.signal)).rejects.toMatchObject({ code: 'cancelled' });
  }
  expect((await nearest(8, 3))[0].rows).toHaveLength(3);
});
