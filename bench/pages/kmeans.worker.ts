import type { LloydTask, RangeTask, Timing } from './kmeans';
import { measureMlKmeans, measureTfjs } from './kmeans-peers';
import { measureOurs } from './kmeans-ours';
import { compareSilhouettes, compareSweep } from './kmeans-range';

async function lloydBy(task: LloydTask, data: Float32Array): Promise<Timing> {
  if (task.contender === 'ml-kmeans') return measureMlKmeans(task, data);
  if (task.contender === 'tfjs-wasm') return measureTfjs(task, data);
  return measureOurs(task, data);
}

interface Order {
  task: LloydTask | RangeTask;
  /** Where the rows are. */
  address: string;
}

async function run({ task, address }: Order) {
  const all = new Float32Array(await (await fetch(address)).arrayBuffer());
  const data = all.slice(0, task.n * task.d);
  if (task.kind === 'lloyd') return lloydBy(task, data);
  const rows = { n: task.n, d: task.d, data };
  return task.kind === 'sweep' ? compareSweep(task, rows) : compareSilhouettes(task, rows);
}

addEventListener('message', ({ data }: MessageEvent<Order>) => {
  run(data).then(
    (result) => postMessage({ result }),
    (error: unknown) => postMessage({ error: String(error) }),
  );
});
