import { CpuEngine } from '../../src/analysis/cpu/engine';
import type { Labelling } from '../../src/analysis/engine';
import { centresAt, kmeans, lloyd, type Fit } from '../../src/analysis/kmeans';
import { Random } from '../../src/analysis/random';
import { centre, columnVariances, type Rows } from '../../src/analysis/rows';
import { kmeansPlusPlus } from '../../src/analysis/seeding';
import { startTeam } from '../../src/workers/simd-team';
import type { Comparison, RangeTask } from './kmeans';
import { warmRounds } from './rounds';

const SEED = 1;
/** Rows that silhouettes are sampled at, as the app does by default. */
const SAMPLE = 2000;

/** Every k of a range at once as the app does it, beside one k-means after another, each with its own engine and seeding. */
export async function compareSweep(task: RangeTask, source: Rows): Promise<Comparison> {
  startTeam(task.threads);
  const { ks } = task;
  const mean = centre(source);
  const variance = columnVariances(source, new Float64Array(mean.length)).reduce((a, b) => a + b, 0) / task.d;
  const options = { maxIterations: 300, shift: 1e-4 * variance };
  const together = async () => {
    const engine = new CpuEngine(source);
    const seeds = await kmeansPlusPlus(engine, ks[ks.length - 1], new Random(SEED, 0));
    const inits = ks.map((k) => centresAt(engine, seeds.subarray(0, k)));
    const fits = await lloyd(engine, inits, options);
    engine.close();
    return fits;
  };
  const separate = async () => {
    const fits: Fit[] = [];
    for (const k of ks) {
      const engine = new CpuEngine(source);
      fits.push(await kmeans(engine, { ...options, k, seed: SEED, nInit: 1 }));
      engine.close();
    }
    return fits;
  };
  return compare(task, together, separate, (a, b) =>
    largest(a.map((fit, i) => fit.inertia / b[i].inertia - 1)),
  );
}

/** The distance sums behind the silhouettes of every k from one pass, beside one pass for each k. */
export async function compareSilhouettes(task: RangeTask, rows: Rows): Promise<Comparison> {
  startTeam(task.threads);
  centre(rows);
  const engine = new CpuEngine(rows);
  const random = new Random(SEED);
  const sample = random.sample(rows.n, SAMPLE);
  const labellings = task.ks.map((k): Labelling => ({
    k,
    labels: Uint16Array.from({ length: rows.n }, () => random.below(k)),
  }));
  const sums = (some: Labelling[]) => engine.distanceSums(sample, some, () => undefined);
  const separate = async () => {
    const all: Float64Array[] = [];
    for (const labelling of labellings) all.push(...(await sums([labelling])));
    return all;
  };
  const result = await compare(
    task,
    () => sums(labellings),
    separate,
    (a, b) => largest(a.flatMap((x, l) => largest(x.map((sum, p) => (sum - b[l][p]) / (b[l][p] || 1))))),
  );
  engine.close();
  return result;
}

async function compare<T>(
  { repeats }: RangeTask,
  together: () => Promise<T>,
  separate: () => Promise<T>,
  difference: (a: T, b: T) => number,
): Promise<Comparison> {
  let [a, b]: T[] = [];
  const timed = async (run: () => Promise<void>) => {
    const start = performance.now();
    await run();
    return (performance.now() - start) / 1000;
  };
  const seconds = {
    together: await warmRounds(repeats, () => timed(async () => void (a = await together()))),
    separate: await warmRounds(repeats, () => timed(async () => void (b = await separate()))),
  };
  return { ...seconds, difference: difference(a, b) };
}

function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most;
}
