import { kmeans as mlKmeans } from 'ml-kmeans';
import { CpuEngine } from '../../src/analysis/cpu/engine';
import type { KMeansEngine } from '../../src/analysis/engine';
import { GpuEngine } from '../../src/analysis/gpu-engine';
import { lloyd } from '../../src/analysis/kmeans';
import { centre, type Rows } from '../../src/analysis/rows';
import { Gpu } from '../../src/gpu/device';

export type Contender = 'tessera-cpu' | 'tessera-webgpu' | 'ml-kmeans';

export interface Problem {
  n: number;
  d: number;
  k: number;
  iterations: number;
}

export interface Timing {
  seconds: number;
  iterations: number;
  inertia: number;
}

declare global {
  interface Window {
    measure: (contender: Contender, problem: Problem) => Promise<Timing>;
  }
}

/** Initial centres: k rows, evenly spread over the data. Every contender starts from these. */
function initialRows({ n, k }: Problem): number[] {
  return Array.from({ length: k }, (_, c) => c * Math.floor(n / k));
}

let gpu: Promise<Gpu | null> | null = null;

/** The device is opened once, as in the app; sending the rows to it belongs to the time that is measured. */
async function makeEngine(contender: Contender, rows: Rows): Promise<KMeansEngine> {
  if (contender === 'tessera-cpu') return new CpuEngine(rows);
  const device = await (gpu ??= Gpu.open());
  if (!device) throw new Error('This browser offers no WebGPU adapter.');
  return new GpuEngine(device, rows);
}

async function ours(contender: Contender, data: Float32Array, problem: Problem): Promise<Timing> {
  const { n, d, k, iterations } = problem;
  const rows = { n, d, data: data.slice() };
  const start = performance.now();
  centre(rows);
  const engine = await makeEngine(contender, rows);
  const centres = new Float64Array(k * d);
  initialRows(problem).forEach((row, c) => centres.set(engine.row(row), c * d));
  const [fit] = await lloyd(engine, [centres], { maxIterations: iterations, shift: 0 });
  const seconds = (performance.now() - start) / 1000;
  engine.close();
  return { seconds, iterations: fit.iterations, inertia: fit.inertia };
}

function theirs(data: Float32Array, problem: Problem): Timing {
  const { n, d, k, iterations } = problem;
  const rows = Array.from({ length: n }, (_, i) => Array.from(data.subarray(i * d, (i + 1) * d)));
  const start = performance.now();
  const initialization = initialRows(problem).map((row) => rows[row]);
  const result = mlKmeans(rows, k, { initialization, maxIterations: iterations, tolerance: 0 });
  const seconds = (performance.now() - start) / 1000;
  let inertia = 0;
  for (let i = 0; i < n; i++) {
    const mean = result.centroids[result.clusters[i]];
    for (let t = 0; t < d; t++) inertia += (rows[i][t] - mean[t]) ** 2;
  }
  return { seconds, iterations: result.iterations, inertia };
}

window.measure = async (contender, problem) => {
  const data = new Float32Array(await (await fetch('rows.f32')).arrayBuffer());
  return contender === 'ml-kmeans' ? theirs(data, problem) : ours(contender, data, problem);
};
