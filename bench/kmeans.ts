import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { random } from '../scripts/sample-set/random';
import { pythonPeer } from './kmeans-python';
import { rangeTable } from './kmeans-range';
import type { Lab } from './lab';
import type { Contender, LloydTask, Problem, Timing } from './pages/kmeans';
import { median, round, type Cell, type Result, type Table } from './report';

export interface Measured extends Timing {
  name: string;
}

const COLUMNS = 512;
const ITERATIONS = 20;
const CLUSTERS = [16, 30];
/** Results are comparable when their inertias differ by no more than this. */
const SAME = 1e-3;
/** Beyond this many rows they take minutes (WebGPU: on Chromium's software adapter). */
const MOST_ROWS: Partial<Record<Contender, number>> = {
  'ml-kmeans': 50_000,
  'tfjs-wasm': 50_000,
  'tessera-webgpu': 5000,
};
const THREADS = Math.min(8, cpus().length);
/** Rows of the comparison of a sweep with separate runs. */
const RANGE_ROWS = 20_000;
/**
 * Variance of the i-th direction is proportional to i^-1.1: as in ResNet-18 features of photographs, the first 16 of 512 hold
 * three fifths of it, and the first 64 four fifths.
 */
const FEATURE_DECAY = 1.1;

/**
 * Exactly 20 Lloyd iterations from the same initial centres on the same rows, each contender `repeats` times once it is warm;
 * then a sweep, and silhouettes of every k, beside as many separate runs. The rows are a mixture of more components than
 * clusters, so that nobody converges early.
 */
export async function benchKMeans(lab: Lab, sizes: number[], repeats: number): Promise<Result> {
  const file = join(lab.folder, 'rows.f32');
  const most = Math.max(...sizes);
  writeFileSync(file, mixture(most, COLUMNS));
  const tables: Table[] = [];
  for (const n of sizes)
    for (const k of CLUSTERS) {
      const problem = { n, d: COLUMNS, k, iterations: ITERATIONS };
      tables.push(table(problem, await contest(lab, file, problem, repeats), repeats));
    }
  const n = Math.min(most, RANGE_ROWS);
  const task = { n, d: COLUMNS, threads: THREADS, repeats };
  tables.push(await rangeTable(lab, 'a mixture that spreads alike in all directions', task));
  writeFileSync(file, mixture(n, COLUMNS, FEATURE_DECAY));
  tables.push(await rangeTable(lab, 'a mixture with the spectrum of ResNet features', task));
  return { name: 'kmeans', tables };
}

async function contest(lab: Lab, file: string, problem: Problem, repeats: number): Promise<Measured[]> {
  const software = process.env['TESSERA_GPU'] !== 'hardware';
  const named = (name: string, contender: Contender, threads: number) => ({ name, contender, threads });
  const runs = [
    named(`tessera CPU, ${THREADS} threads`, 'tessera-cpu', THREADS),
    named('tessera CPU, 1 thread', 'tessera-cpu', 1),
    named(software ? 'tessera WebGPU, emulated on the CPU' : 'tessera WebGPU', 'tessera-webgpu', 1),
    named('ml-kmeans', 'ml-kmeans', 1),
    named('TensorFlow.js, WASM, 1 thread', 'tfjs-wasm', 1),
  ];
  const measured: Measured[] = [];
  for (const { name, contender, threads } of runs) {
    const limit = MOST_ROWS[contender];
    if (limit !== undefined && problem.n > limit && (contender !== 'tessera-webgpu' || software)) continue;
    const task: LloydTask = { kind: 'lloyd', contender, threads, repeats, ...problem };
    const page = await lab.open('kmeans');
    measured.push({ name, ...(await page.evaluate((task) => window.measure(task), task)) });
    await page.close();
  }
  for (const [peer, threads] of [
    ['sklearn', 0],
    ['faiss', 1],
    ['faiss', THREADS],
  ] as const) {
    const result = pythonPeer(peer, file, problem, repeats, threads);
    if (result) measured.push(result);
  }
  return measured;
}

function table({ n, d, k, iterations }: Problem, measured: Measured[], repeats: number): Table {
  const [reference] = measured;
  return {
    title:
      `k-means, n = ${n}, d = ${d}, k = ${k}, ${iterations} iterations, same rows and initial centres ` +
      `(median of ${repeats})`,
    columns: [
      '',
      'seconds',
      `times ${reference.name}`,
      `inertia / that of ${reference.name}`,
      'kernel memory, MiB',
    ],
    rows: measured.map((m): Cell[] => {
      const inertia = m.inertia / reference.inertia;
      const same = Math.abs(inertia - 1) <= SAME && m.iterations === iterations;
      const seconds = median(m.seconds);
      return [
        m.name,
        same ? round(seconds) : `no timing: ${m.iterations} iterations`,
        same ? round(seconds / median(reference.seconds)) : '-',
        Number(inertia.toFixed(6)),
        m.bytes > 0 ? Math.round(m.bytes / 2 ** 20) : '-',
      ];
    }),
  };
}

/** 64 components; the variance of direction i is (i + 1)^-decay. */
function mixture(n: number, d: number, decay = 0): Buffer {
  const rng = random('mixture');
  const components = 64;
  const spread = Float32Array.from({ length: d }, (_, t) => (t + 1) ** (-decay / 2));
  const means = Float32Array.from({ length: components * d }, () => 0.35 * rng.normal());
  const rows = new Float32Array(n * d);
  for (let i = 0; i < n; i++) {
    const from = rng.index(components) * d;
    for (let t = 0; t < d; t++) rows[i * d + t] = spread[t] * (means[from + t] + rng.normal());
  }
  return Buffer.from(rows.buffer);
}
