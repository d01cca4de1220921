import { afterEach, expect, it } from 'vitest';
import { normalRows } from '../../test/rows';
import { CpuEngine } from '../analysis/cpu/engine';
import { centresAt, lloyd } from '../analysis/kmeans';
import { startTeam } from '../workers/simd-team';
import { allocateRows, releaseRows, theTeam } from './matrix';

afterEach(() => startTeam(1));

async function fitWith(threads: number) {
  startTeam(threads);
  expect(theTeam().threads).toBe(threads);
  const rows = normalRows(3001, 37, 5);
  const engine = new CpuEngine(rows);
  const inits = [3, 16, 21].map((k) =>
    centresAt(
      engine,
      Uint32Array.from({ length: k }, (_, c) => c * 7),
    ),
  );
  const options = { maxIterations: 25, shift: 0 };
  let fits = await lloyd(engine, inits, options);
  // A helper may take a while to start; the fit that counts is one that it had a part in.
  const until = performance.now() + 20_000;
  while (threads > 1 && theTeam().helped === 0 && performance.now() < until)
    fits = await lloyd(engine, inits, options);
  expect(theTeam().helped > 0).toBe(threads > 1);
  engine.close();
  return fits;
}

it('gives the same bits with 1, 2 and 8 threads', async () => {
  expect(crossOriginIsolated).toBe(true);
  const one = await fitWith(1);
  expect(await fitWith(2)).toEqual(one);
  expect(await fitWith(8)).toEqual(one);
});

it('gives the same sums of distances with 1 and 3 threads', async () => {
  const rows = normalRows(2000, 64, 2);
  const labels = Uint16Array.from({ length: 2000 }, (_, i) => i % 5);
  const sample = Uint32Array.from({ length: 101 }, (_, i) => 19 * i);
  const sums = async (threads: number) => {
    startTeam(threads);
    const engine = new CpuEngine(rows);
    const found = await engine.distanceSums(sample, [{ k: 5, labels }], () => undefined);
    engine.close();
    return found;
  };
  expect(await sums(3)).toEqual(await sums(1));
});

it('lets helpers take their share of rows that lie where all see them', async () => {
  startTeam(2);
  const rows = allocateRows(20_000, 64);
  rows.data.set(normalRows(20_000, 64).data);
  const engine = new CpuEngine(rows);
  expect(engine.row(0).byteOffset).toBe(rows.data.byteOffset);
  const centres = centresAt(
    engine,
    Uint32Array.from({ length: 30 }, (_, c) => 97 * c),
  );
  // The helper may take a while to start.
  const until = performance.now() + 20_000;
  while (theTeam().helped === 0 && performance.now() < until)
    await lloyd(engine, [centres], { maxIterations: 5, shift: 0 });
  expect(theTeam().helped).toBeGreaterThan(0);
  engine.close();
  releaseRows(rows);
});

it('stops soon when cancelled', async () => {
  startTeam(2);
  const rows = allocateRows(20_000, 512);
  for (let p = 0; p < rows.data.length; p++) rows.data[p] = Math.sin(p * (1 + (p % 977)));
  const engine = new CpuEngine(rows);
  const centres = centresAt(
    engine,
    Uint32Array.from({ length: 200 }, (_, c) => 97 * c),
  );
  const controller = new AbortController();
  let aborted = 0;
  setTimeout(() => {
    aborted = performance.now();
    controller.abort();
  }, 300);
  const run = lloyd(engine, [centres], { maxIterations: 1000, shift: -1, signal: controller.signal });
  await expect(run).rejects.toMatchObject({ code: 'cancelled' });
  // 200 ms on a machine with nothing else to do.
  expect(performance.now() - aborted).toBeLessThan(1000);
  engine.close();
  releaseRows(rows);
});
