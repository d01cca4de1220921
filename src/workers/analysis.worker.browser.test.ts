import type { AnalysisProgress } from '../domain/progress';
import { DEFAULT_PROJECTION } from '../domain/projection';
import { proxy, wrap, type Remote } from 'comlink';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { blobs } from '../../test/rows';
import { DEFAULT_SWEEP } from '../domain/clustering';
import { DEFAULT_SEARCH } from '../domain/search';
import type { AnalysisService } from '../domain/services';
import { RAW_PIXELS } from '../domain/spec';
import { createProject, purgeProject } from '../store/projects';
import { commitRows } from '../store/rows';
import { carryErrors } from './errors';

const N = 400;
const D = 32;
const rows = blobs(N, D, 7, 3);
const silent = proxy(() => undefined);

let worker: Worker;
let service: Remote<AnalysisService>;
let projectId: string;

async function redSquare(): Promise<Uint8Array> {
  const canvas = new OffscreenCanvas(20, 10);
  const context = canvas.getContext('2d')!;
  context.fillStyle = 'rgb(200, 100, 50)';
  context.fillRect(0, 0, 20, 10);
  return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
}

beforeAll(async () => {
  carryErrors();
  const fields = {
    name: 'analysis',
    spec: RAW_PIXELS,
    backend: 'auto',
    seed: 1,
    k: null,
    kMin: 5,
    kMax: 30,
  } as const;
  projectId = (await createProject(fields)).id;
  const thumbnail = await redSquare();
  for (let row0 = 0; row0 < N; row0 += 150) {
    const batch = Array.from({ length: Math.min(150, N - row0) }, (_, i) => ({
      seq: row0 + i,
      hash: `hash ${row0 + i}`,
      width: 20,
      height: 10,
      thumbnail,
      vector: rows.data.slice((row0 + i) * D, (row0 + i + 1) * D),
    }));
    await commitRows(projectId, 'test', row0, batch, []);
  }
  worker = new Worker(new URL('./analysis.worker.ts', import.meta.url), { type: 'module' });
  service = wrap<AnalysisService>(worker);
});

afterAll(async () => {
  worker.terminate();
  await purgeProject(projectId);
});

it('says what is missing when nothing is loaded', async () => {
  await expect(service.project(DEFAULT_PROJECTION, null, silent)).rejects.toMatchObject({ code: 'internal' });
});

it('loads nothing from an empty descriptor, and refuses to cluster it', async () => {
  expect(await service.load(projectId, 'no such descriptor')).toEqual({ n: 0, d: 0 });
  expect((await service.project(DEFAULT_PROJECTION, null, silent)).coords.length).toBe(0);
  await expect(service.sweep(DEFAULT_SWEEP, silent)).rejects.toMatchObject({ code: 'too-few-images' });
});

it.each(['umap', 'tsne'] as const)(
  'lays out what the store holds by %s, and tells how far it is',
  async (method) => {
    await service.load(projectId, 'test');
    const told: AnalysisProgress[] = [];
    const options = { ...DEFAULT_PROJECTION, method, dims: 3 as const, perplexity: 5 };
    const report = proxy((progress: AnalysisProgress) => void told.push(progress));
    const map = await service.project(options, null, report);
    expect(map).toMatchObject({ specKey: 'test', n: N, method, dims: 3, laid: N, options });
    expect(map.coords).toHaveLength(3 * N);
    expect(map.coords.every(Number.isFinite)).toBe(true);
    expect(map.quality!.trustworthiness).toBeGreaterThan(0.6);
    expect(told.length).toBeGreaterThan(0);
    const again = await service.project(options, map, silent);
    expect(again.coords).toEqual(map.coords);
  },
);

it('loads, projects and clusters what the store holds', async () => {
  expect(await service.load(projectId, 'test')).toEqual({ n: N, d: D });
  const { coords, explained } = await service.project(DEFAULT_PROJECTION, null, silent);
  expect(coords.length).toBe(2 * N);
  expect(explained[0]).toBeGreaterThanOrEqual(explained[1]);
  expect(explained[1]).toBeGreaterThan(0);
  const sweep = await service.sweep({ ...DEFAULT_SWEEP, kMax: 10, engine: 'cpu' }, silent);
  expect(sweep).toMatchObject({ specKey: 'test', n: N, d: D, engine: 'cpu', choice: { k: 7 } });
  const { labels } = sweep.clusterings.find(({ k }) => k === 7)!;
  for (let i = 7; i < N; i++) expect(labels[i]).toBe(labels[i % 7]);
});

it.each(['cpu', 'webgpu'] as const)('finds the nearest rows with %s', async (engine) => {
  const options = { ...DEFAULT_SEARCH, count: 5, within: 1e9, engine };
  const [found] = await service.search(1, { rows: Uint32Array.of(3) }, options, silent);
  expect(found.rows.length).toBe(5);
  for (const row of found.rows) expect(row % 7).toBe(3);
  expect([...found.distances]).toEqual([...found.distances].sort((a, b) => a - b));
  expect(found).toMatchObject({ n: N - 1, engine });
  expect(found.within).toHaveLength(N - 1);
  const vectors = rows.data.slice(5 * D, 7 * D);
  const both = await service.search(2, { vectors, q: 2 }, options, silent);
  expect(both.map((one) => [one.rows[0], one.distances[0]])).toEqual([
    [5, 0],
    [6, 0],
  ]);
  await service.cancelSearch(99);
});

it('averages thumbnails', async () => {
  const { rgba, of } = await service.meanImage(projectId, Uint32Array.of(0, 5, 399), 4);
  expect(of).toBe(3);
  expect([...rgba.slice(0, 4)]).toEqual([200, 100, 50, 255]);
});

it('stops a sweep on cancel, and can sweep again', async () => {
  const heavy = { ...DEFAULT_SWEEP, nInit: 200, tolerance: 0, engine: 'cpu' as const };
  const running = service.sweep(heavy, silent);
  setTimeout(() => void service.cancel(), 100);
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  const again = await service.sweep({ ...DEFAULT_SWEEP, kMax: 8, nInit: 1, engine: 'cpu' }, silent);
  expect(again.choice.k).toBe(7);
});

it('runs on WebGPU when asked, and names the engine', async () => {
  const { engine, adapter } = await service.engine();
  expect(adapter === 'CPU').toBe(engine === 'cpu');
  const sweep = await service.sweep(
    { ...DEFAULT_SWEEP, kMin: 7, kMax: 8, nInit: 1, engine: 'webgpu' },
    silent,
  );
  expect(sweep).toMatchObject({ engine: 'webgpu', choice: { k: 7 } });
});
