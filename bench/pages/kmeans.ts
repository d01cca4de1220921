import { kmeans as mlKmeans } from 'ml-kmeans';
import { CpuEngine } from '../../src/analysis/cpu/engine';
import { lloyd } from '../../src/analysis/kmeans';
import { centre } from '../../src/analysis/rows';

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

async function ours(data: Float32Array, problem: Problem): Promise<Timing> {
  const { n, d, k, iterations } = problem;
  const rows = { n, d, data: data.slice() };
  const start = performance.now();
  centre(rows);
  const engine = new CpuEngine(rows);
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
  return contender === 'ml-kmeans' ? theirs(data, problem) : ours(data, problem);
};
