import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEFAULT_SWEEP } from '../domain/clustering';
import { RAW_PIXELS, specKey } from '../domain/spec';
import { purgeProject } from '../store/projects';
import { commitRows } from '../store/rows';
import { AnalysisJob } from './analysis-job';
import { createProject } from './projects';

const KEY = specKey(RAW_PIXELS);
const N = 400;
const job = new AnalysisJob();
let projectId = '';

beforeAll(async () => {
  const fields = { spec: RAW_PIXELS, backend: 'auto', seed: 1, k: null, kMin: 5, kMax: 30 } as const;
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
  await expect(job.nearest(0, 3)).rejects.toMatchObject({ code: 'internal' });
  expect(await job.load(projectId, KEY)).toEqual({ n: N, d: 64 });

  const stop = new AbortController();
  const sweep = job.sweep({ ...DEFAULT_SWEEP, engine: 'cpu', nInit: 50 }, () => stop.abort(), stop.signal);
  await expect(sweep).rejects.toMatchObject({ code: 'cancelled' });
  await expect(job.project(stop.signal)).rejects.toMatchObject({ code: 'cancelled' });

  const { rows, distances } = await job.nearest(8, 3);
  expect(rows).toHaveLength(3);
  expect(rows).not.toContain(8);
  expect([...distances]).toEqual([...distances].sort((a, b) => a - b));
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
