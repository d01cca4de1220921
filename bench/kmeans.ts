import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { random } from '../scripts/sample-set/random';
import type { Lab } from './lab';
import type { Contender, Problem, Timing } from './pages/kmeans';
import { median, round, type Cell, type Result } from './report';

interface Measured {
  name: string;
  seconds: number[];
  iterations: number;
  inertia: number;
}

/**
 * 20 Lloyd iterations from the same initial centres on the same rows, each contender `repeats` times after a warm-up.
 * The rows are a mixture of more components than clusters, so that nobody converges early.
 */
export async function benchKMeans(lab: Lab, rows: number, repeats: number): Promise<Result> {
  const problem = { n: rows, d: 256, k: 16, iterations: 20 };
  writeFileSync(join(lab.folder, 'rows.f32'), mixture(problem));
  const measured: Measured[] = [];
  for (const contender of ['tessera-cpu', 'tessera-webgpu', 'ml-kmeans'] as const)
    measured.push(await inBrowser(lab, contender, problem, repeats));
  const peer = scikitLearn(join(lab.folder, 'rows.f32'), problem, repeats);
  if (peer) measured.push(peer);

  const reference = measured.find(({ name }) => name === 'tessera-cpu')!;
  const perIteration = (m: Measured) => median(m.seconds) / m.iterations;
  const table = measured.map((m): Cell[] => [
    m.name,
    m.iterations,
    round(median(m.seconds)),
    round(perIteration(m) / perIteration(reference)),
    round(m.inertia / reference.inertia),
  ]);
  const { n, d, k } = problem;
  return {
    name: 'kmeans',
    tables: [
      {
        title: `k-means, n = ${n}, d = ${d}, k = ${k}, same rows and initial centres (median of ${repeats})`,
        columns: [
          '',
          'iterations',
          'seconds',
          'time an iteration, tessera-cpu = 1',
          'inertia, tessera-cpu = 1',
        ],
        rows: table,
      },
    ],
  };
}

async function inBrowser(
  lab: Lab,
  contender: Contender,
  problem: Problem,
  repeats: number,
): Promise<Measured> {
  const page = await lab.open('kmeans');
  const runs: Timing[] = [];
  for (let run = 0; run <= repeats; run++)
    runs.push(await page.evaluate(([c, p]) => window.measure(c, p), [contender, problem] as const));
  await page.close();
  const { iterations, inertia } = runs[0];
  return { name: contender, seconds: runs.slice(1).map((run) => run.seconds), iterations, inertia };
}

/** scikit-learn on the same file, or null when no Python with it is found (PYTHON names one). */
function scikitLearn(file: string, { n, d, k, iterations }: Problem, repeats: number): Measured | null {
  const python = process.env['PYTHON'] ?? 'python3';
  try {
    execFileSync(python, ['-c', 'import sklearn'], { stdio: 'ignore' });
  } catch {
    console.log(`No scikit-learn in ${python}; set PYTHON to one that has it to measure it too.`);
    return null;
  }
  const sizes = [n, d, k, iterations, repeats].map(String);
  const out = JSON.parse(
    execFileSync(python, ['bench/peers/kmeans.py', file, ...sizes], { encoding: 'utf8' }),
  );
  return { ...out, name: `scikit-learn ${out.version}` };
}

function mixture({ n, d }: Problem): Buffer {
  const rng = random('mixture');
  const components = 64;
  const means = Float32Array.from({ length: components * d }, () => 0.35 * rng.normal());
  const rows = new Float32Array(n * d);
  for (let i = 0; i < n; i++) {
    const from = rng.index(components) * d;
    for (let t = 0; t < d; t++) rows[i * d + t] = means[from + t] + rng.normal();
  }
  return Buffer.from(rows.buffer);
}
