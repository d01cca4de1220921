import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clean, openGpu } from '../../test/gpu.browser';
import { blobs, normalRows } from '../../test/rows';
import { MOST_WORKGROUPS } from '../gpu/ranges';
import type { Gpu } from '../gpu/device';
import { CpuEngine } from './cpu/engine';
import { GpuEngine } from './gpu-engine';
import { centresAt, kmeans, lloyd } from './kmeans';
import { centre, type Rows } from './rows';

let gpu: Gpu;
beforeAll(async () => void (gpu = await openGpu()));
afterAll(() => gpu.destroy());

function initsOf(rows: Rows, ks: number[]): Float64Array[] {
  const engine = new CpuEngine(rows);
  const fits = ks.map((k) =>
    centresAt(
      engine,
      Uint32Array.from({ length: k }, (_, c) => (c * 31) % rows.n),
    ),
  );
  engine.close();
  return fits;
}

function onGpu(rows: Rows, inits: Float64Array[], maxIterations: number, shift = 0, signal?: AbortSignal) {
  return clean(gpu, async () => {
    const engine = new GpuEngine(gpu, rows);
    return lloyd(engine, inits, { maxIterations, shift, signal }).finally(() => engine.close());
  });
}

async function expectLikeCpu(rows: Rows, ks: number[], maxIterations = 300) {
  const inits = initsOf(rows, ks);
  const engine = new CpuEngine(rows);
  const expected = await lloyd(engine, inits, { maxIterations, shift: 0 });
  engine.close();
  const found = await onGpu(rows, inits, maxIterations);
  found.forEach((fit, i) => {
    expect(fit.labels).toEqual(expected[i].labels);
    expect(fit.iterations).toBe(expected[i].iterations);
    expect(Math.abs(fit.inertia - expected[i].inertia)).toBeLessThanOrEqual(
      1e-5 * expected[i].inertia + 1e-9,
    );
  });
}

const rows = blobs(600, 24, 7, 1);
centre(rows);

describe('fits that stay on the GPU', () => {
  it.each([0, 1, 7, 8, 9, 17])('stop after at most %i iterations, as on the CPU', async (maxIterations) => {
    await expectLikeCpu(rows, [6, 19], maxIterations);
  });

  it('advance together until each has converged, of a whole sweep', async () => {
    const ks = Array.from({ length: 12 }, (_, i) => i + 1);
    await expectLikeCpu(rows, ks);
  });

  it('get empty clusters filled on the way, like those of scikit-learn', async () => {
    const inits = initsOf(rows, [5, 9]);
    // Far from every row: the last three centres are empty at once.
    inits[1].fill(500, 6 * rows.d);
    const engine = new CpuEngine(rows);
    const expected = await lloyd(engine, inits, { maxIterations: 300, shift: 0 });
    engine.close();
    const found = await onGpu(rows, inits, 300);
    found.forEach((fit, i) => {
      expect(fit.labels).toEqual(expected[i].labels);
      expect(fit.iterations).toBe(expected[i].iterations);
    });
    expect(new Set(found[1].labels).size).toBe(9);
  });

  it('end with fewer different rows than clusters', async () => {
    const same = { n: 6, d: 2, data: new Float32Array(12).fill(3) };
    const [fit] = await onGpu(same, [new Float64Array(8)], 10);
    expect(fit.inertia).toBe(0);
  });

  it('give one row to one cluster', async () => {
    const one = { n: 1, d: 3, data: Float32Array.of(1, 2, 3) };
    const [fit] = await onGpu(one, [new Float64Array(3)], 10);
    expect([...fit.centres]).toEqual([1, 2, 3]);
    expect([...fit.labels]).toEqual([0]);
  });

  it('converge at the tolerance', async () => {
    const inits = initsOf(rows, [12]);
    const all = (await onGpu(rows, inits, 300))[0].iterations;
    const [early] = await onGpu(rows, inits, 300, 0.5);
    expect(early.iterations).toBeLessThan(all);
    const engine = new CpuEngine(rows);
    const [expected] = await lloyd(engine, inits, { maxIterations: 300, shift: 0.5 });
    engine.close();
    expect(early.iterations).toBe(expected.iterations);
  });

  it('give the same bits every time', async () => {
    const inits = initsOf(rows, [4, 9, 30]);
    expect(await onGpu(rows, inits, 50)).toEqual(await onGpu(rows, inits, 50));
  });

  it('work over many chunks and dispatches', async () => {
    const inits = initsOf(rows, [6, 19]);
    const expected = await onGpu(rows, inits, 20);
    gpu.ceilings.binding = 4000;
    gpu.ceilings.workgroups = 2;
    const found = await onGpu(rows, inits, 20).finally(() => {
      gpu.ceilings.binding = Infinity;
      gpu.ceilings.workgroups = MOST_WORKGROUPS;
    });
    found.forEach((fit, i) => {
      expect(fit.labels).toEqual(expected[i].labels);
      expect(fit.iterations).toBe(expected[i].iterations);
    });
  });

  it('have room for a whole sweep of 26 k with four starts each', () => {
    const engine = new GpuEngine(gpu, rows);
    expect(engine.slots(30)).toBeGreaterThanOrEqual(104);
    engine.close();
  });

  it('read rows from shared memory', async () => {
    const shared = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    const data = new Float32Array(shared.buffer, 16, 200 * 24);
    data.set(rows.data.subarray(0, 200 * 24));
    const inits = initsOf(rows, [3]);
    const [found] = await onGpu({ n: 200, d: 24, data }, inits, 20);
    const [expected] = await onGpu({ n: 200, d: 24, data: rows.data.slice(0, 200 * 24) }, inits, 20);
    expect(found).toEqual(expected);
  });

  it('are cancelled within 200 ms, and leave no buffer', async () => {
    const many = normalRows(20_000, 64, 1);
    const inits = initsOf(many, [30]);
    await onGpu(many, inits, 1);
    const controller = new AbortController();
    let aborted = 0;
    setTimeout(() => {
      aborted = performance.now();
      controller.abort();
    }, 150);
    await expect(onGpuCancelled(many, inits, controller.signal)).resolves.toBe('cancelled');
    expect(performance.now() - aborted).toBeLessThan(200);
  });

  it('leave no buffer behind in fifty runs', async () => {
    const few = normalRows(70, 5, 2);
    const before = { ...gpu.live };
    const engine = new GpuEngine(gpu, few);
    const between = { ...gpu.live };
    for (let run = 0; run < 50; run++) {
      const k = 1 + (run % 9);
      const fits = engine.open([k]);
      const task = {
        slot: 0,
        centres: centresAt(
          engine,
          Uint32Array.from({ length: k }, (_, c) => c),
        ),
      };
      await fits.step([task]);
      await fits.assign([task]);
      fits.close();
      await lloyd(engine, [task.centres, task.centres], { maxIterations: 3, shift: 0 });
      await kmeans(engine, { k, seed: run, nInit: 2, maxIterations: 2, shift: 0 });
      // The squared lengths of the rows are made once and kept.
      if (run === 0) Object.assign(between, gpu.live);
      expect(gpu.live).toEqual(between);
    }
    engine.close();
    expect(gpu.live).toEqual(before);
  });
});

/** The code of the error that ends these fits. */
async function onGpuCancelled(rows: Rows, inits: Float64Array[], signal: AbortSignal): Promise<unknown> {
  return onGpu(rows, inits, 100_000, -1, signal).then(
    () => 'ended',
    (error: { code: unknown }) => error.code,
  );
}
