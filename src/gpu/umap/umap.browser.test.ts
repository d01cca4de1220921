import { afterAll, beforeAll, expect, it } from 'vitest';
import { clean, openGpu } from '../../../test/gpu.browser';
import { normalRows } from '../../../test/rows';
import { Random } from '../../analysis/random';
import type { Gpu } from '../device';
import { gpuUmap } from './umap';
import { umapEpoch, type LayoutForces, type LayoutGraph } from './umap.cpu';

let gpu: Gpu;
beforeAll(async () => void (gpu = await openGpu()));
afterAll(() => gpu.destroy());

/** Each row bound to some others, at random; not symmetric, which makes no difference here. */
function graphOf(n: number, most = 12): LayoutGraph {
  const random = new Random(n);
  const offsets = new Uint32Array(n + 1);
  const targets: number[] = [];
  for (let i = 0; i < n; i++) {
    const edges = n < 2 ? 0 : random.below(most);
    for (let e = 0; e < edges; e++) targets.push((i + 1 + random.below(n - 1)) % n);
    offsets[i + 1] = targets.length;
  }
  const steps = Uint32Array.from(targets, () => 1 + random.below(65_536));
  return { n, offsets, targets: Uint32Array.from(targets), steps };
}

const FORCES: LayoutForces = { dims: 2, a: 1.577, b: 0.895, seed: 7, negatives: 5 };
const none = (): void => undefined;

async function expectLikeReference(n: number, forces = FORCES, on = gpu): Promise<void> {
  const graph = graphOf(n);
  const start = normalRows(n, forces.dims, n, 5).data;
  const run = { epochs: 1, alpha: 0.8, progress: none };
  const found = await clean(on, () => gpuUmap(on, graph, forces, start, run));
  const expected = umapEpoch(graph, forces, start, 0, 0.8);
  expect(found.length).toBe(expected.length);
  let off = 0;
  expected.forEach((x, p) => (off = Math.max(off, Math.abs(found[p] - x))));
  expect(off).toBeLessThan(1e-3);
}

it.each([0, 1, 2, 63, 64, 65, 255, 256, 257, 1000])('%i rows', (n) => expectLikeReference(n));
it('in three dimensions', () => expectLikeReference(300, { ...FORCES, dims: 3 }));
it('with another curve and no pushes', () =>
  expectLikeReference(200, { ...FORCES, a: 0.3, b: 1.2, negatives: 0 }));

it('works past one dispatch dimension', async () => {
  const narrow = await openGpu();
  narrow.ceilings.workgroups = 2;
  await expectLikeReference(2 * 64 * 3 + 5, FORCES, narrow).finally(() => narrow.destroy());
});

it('gives the same bits again after many epochs', async () => {
  const graph = graphOf(150);
  const start = normalRows(150, 2, 1, 5).data;
  const told: number[] = [];
  const run = { epochs: 25, alpha: 1, progress: (done: number) => void told.push(done) };
  const first = await clean(gpu, () => gpuUmap(gpu, graph, FORCES, start, run));
  expect(await gpuUmap(gpu, graph, FORCES, start, run)).toEqual(first);
  expect(first.every(Number.isFinite)).toBe(true);
  expect(told.slice(0, 3)).toEqual([10 / 25, 20 / 25, 1]);
});

it('stops when cancelled, leaving no buffer', async () => {
  const run = { epochs: 5, alpha: 1, progress: none, signal: AbortSignal.abort() };
  const stopped = clean(gpu, () => gpuUmap(gpu, graphOf(70), FORCES, new Float32Array(140), run));
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
});
