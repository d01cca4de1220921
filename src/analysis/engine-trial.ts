import type { Gpu } from '../gpu/device';
import { CpuEngine } from './cpu/engine';
import type { KMeansEngine } from './engine';
import { GpuEngine } from './gpu-engine';
import { Random } from './random';
import type { Rows } from './rows';

const TRIAL = { n: 2048, d: 128, k: 16 };

/** A software adapter may need tens of seconds to compile the shaders alone; then it has lost. */
const PATIENCE_MS = 1500;

/**
 * Which engine does a Lloyd iteration over a small made-up matrix faster. Takes at most `PATIENCE_MS`; a GPU trial that is
 * late goes on in the background until its device is closed.
 */
export async function fasterEngine(gpu: Gpu): Promise<'webgpu' | 'cpu'> {
  const random = new Random(1);
  const data = Float32Array.from({ length: TRIAL.n * TRIAL.d }, () => random.float() - 0.5);
  const rows: Rows = { n: TRIAL.n, d: TRIAL.d, data };
  const onCpu = await secondIteration(new CpuEngine(rows), rows);
  const trial = secondIteration(new GpuEngine(gpu, rows), rows).catch(() => Infinity);
  const late = new Promise<number>((resolve) => setTimeout(() => resolve(Infinity), PATIENCE_MS));
  const onGpu = await Promise.race([trial, late]);
  return onGpu < onCpu ? 'webgpu' : 'cpu';
}

/** Milliseconds; the first iteration, which compiles, is not counted. */
async function secondIteration(engine: KMeansEngine, rows: Rows): Promise<number> {
  const fits = engine.open([TRIAL.k]);
  try {
    const task = { slot: 0, centres: Float64Array.from(rows.data.subarray(0, TRIAL.k * TRIAL.d)) };
    await fits.step([task]);
    const started = performance.now();
    await fits.step([task]);
    return performance.now() - started;
  } finally {
    fits.close();
    engine.close();
  }
}
