import { DEFAULT_PROJECTION } from '../../src/domain/projection';
import { DEFAULT_SWEEP, type SweepOptions } from '../../src/domain/clustering';
import { RAW_PIXELS } from '../../src/domain/spec';
import { AnalysisJob } from '../../src/jobs/analysis-job';
import { createProject } from '../../src/store/projects';
import { commitVectors } from '../../src/store/vectors';

export interface LargeTask {
  n: number;
  d: number;
  groups: number;
  options: Partial<SweepOptions>;
}

export interface LargeResult {
  engine: string;
  adapter: string;
  k: number;
  runnerUp: number | null;
  iterations: number;
  peakBytes: { gpu: number; rows: number };
  seconds: { write: number; load: number; map: number; sweep: number; cancel: number };
}

declare global {
  interface Window {
    cluster: (task: LargeTask) => Promise<LargeResult>;
    stage: string;
  }
}

const SPEC = 'made up';
const CHUNK = 4096;

/** Features like those after a ReLU: a common offset, groups of different tightness, heavy tails. */
function* madeUp({ n, d, groups }: LargeTask): Generator<{ row0: number; rows: Float32Array[] }> {
  let state = 1;
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const centres = Float32Array.from({ length: groups * d }, () => 2 * uniform() ** 3);
  for (let row0 = 0; row0 < n; row0 += CHUNK) {
    const rows = Array.from({ length: Math.min(CHUNK, n - row0) }, (_, i) => {
      const at = ((row0 + i) % groups) * d;
      return Float32Array.from(
        { length: d },
        (_, t) => centres[at + t] + 0.5 * (uniform() + uniform() - 1) + 0.5,
      );
    });
    yield { row0, rows };
  }
}

async function timed<T>(stage: string, work: () => Promise<T>): Promise<[T, number]> {
  window.stage = stage;
  const started = performance.now();
  const result = await work();
  return [result, (performance.now() - started) / 1000];
}

window.cluster = async (task) => {
  const { id } = await createProject({
    name: 'large',
    spec: RAW_PIXELS,
    backend: 'auto',
    seed: 1,
    k: null,
    kMin: 5,
    kMax: 30,
  });
  const [, write] = await timed('write', async () => {
    for (const { row0, rows } of madeUp(task)) await commitVectors(id, SPEC, row0, rows, []);
  });
  const job = new AnalysisJob();
  const [, load] = await timed('load', () => job.load(id, SPEC));
  const [, map] = await timed('map', () => job.project(DEFAULT_PROJECTION, null, () => undefined));
  const options = { ...DEFAULT_SWEEP, ...task.options };
  const [sweep, seconds] = await timed('sweep', () => job.sweep(options, () => undefined));
  const stop = new AbortController();
  const again = job.sweep({ ...options, seed: 2 }, () => undefined, stop.signal);
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  const [, cancel] = await timed('cancel', async () => {
    stop.abort();
    await again.catch(() => undefined);
    await job.engine();
  });
  job.dispose();
  return {
    engine: sweep.engine,
    adapter: sweep.adapter,
    k: sweep.choice.k,
    runnerUp: sweep.choice.runnerUp,
    peakBytes: sweep.peakBytes!,
    iterations: Math.max(...sweep.clusterings.map((c) => c.iterations)),
    seconds: { write, load, map, sweep: seconds, cancel },
  };
};
