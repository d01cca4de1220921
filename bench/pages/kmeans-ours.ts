import { CpuEngine } from '../../src/analysis/cpu/engine';
import type { KMeansEngine } from '../../src/analysis/engine';
import { GpuEngine } from '../../src/analysis/gpu-engine';
import { lloyd } from '../../src/analysis/kmeans';
import { centre, type Rows } from '../../src/analysis/rows';
import { Gpu } from '../../src/gpu/device';
import { startTeam } from '../../src/workers/simd-team';
import type { LloydTask, Problem, Timing } from './kmeans';
import { warmRounds } from './rounds';

/** Initial centres: k rows, evenly spread over the data. Every contender starts from these. */
export function initialRows({ n, k }: Problem): number[] {
  return Array.from({ length: k }, (_, c) => c * Math.floor(n / k));
}

/** Centring, sending the rows to the engine, the iterations and the last assignment are measured; opening a device is not. */
export async function measureOurs(task: LloydTask, data: Float32Array): Promise<Timing> {
  const { n, d, k, iterations } = task;
  startTeam(task.threads);
  const device = task.contender === 'tessera-webgpu' ? await Gpu.open() : null;
  if (task.contender === 'tessera-webgpu' && !device)
    throw new Error('This browser offers no WebGPU adapter.');
  const timing: Timing = { seconds: [], iterations: 0, inertia: 0, threads: 1, bytes: 0 };
  timing.seconds = await warmRounds(task.repeats, async () => {
    const rows: Rows = { n, d, data: data.slice() };
    const start = performance.now();
    centre(rows);
    const engine: KMeansEngine = device ? new GpuEngine(device, rows) : new CpuEngine(rows);
    const centres = new Float64Array(k * d);
    initialRows(task).forEach((row, c) => centres.set(engine.row(row), c * d));
    const [fit] = await lloyd(engine, [centres], { maxIterations: iterations, shift: 0 });
    const seconds = (performance.now() - start) / 1000;
    timing.iterations = fit.iterations;
    timing.inertia = fit.inertia;
    if (engine instanceof CpuEngine) {
      timing.threads = engine.threads;
      timing.bytes = engine.bytes;
    } else timing.bytes = device?.peak.bytes ?? 0;
    engine.close();
    return seconds;
  });
  return timing;
}
