import { afterEach, expect, it } from 'vitest';
import { normalRows } from '../../test/rows';
import { CpuEngine } from '../analysis/cpu/engine';
import { centresAt, lloyd } from '../analysis/kmeans';
import { startTeam } from '../workers/simd-team';
import { theTeam } from './matrix';

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
  const fits = await lloyd(engine, inits, { maxIterations: 25, shift: 0 });
  engine.close();
  return fits;
}

it('gives the same bits with 1, 2 and 8 threads', async () => {
  expect(crossOriginIsolated).toBe(true);
  const one = await fitWith(1);
  expect(await fitWith(2)).toEqual(one);
  expect(await fitWith(8)).toEqual(one);
});
