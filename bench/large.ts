import type { Lab } from './lab';
import type { LargeResult, LargeTask } from './pages/large';
import { PeakMemory } from './peak-memory';
import { round, type Result, type Table } from './report';

const MIB = 2 ** 20;

/** The whole of one large matrix in the browser: written to the store, mapped, swept over k, cancelled; with peak memory. */
export async function benchLarge(lab: Lab, n: number): Promise<Result> {
  const page = await lab.open('large');
  const task: LargeTask = { n, d: 512, groups: 24, options: { nInit: 1 } };
  const peaks = new PeakMemory();
  const watch = setInterval(
    () =>
      void page
        .evaluate(() => window.stage)
        .then(
          (stage) => peaks.sample(stage),
          () => undefined,
        ),
    500,
  );
  let found: LargeResult;
  try {
    found = await page.evaluate((task) => window.cluster(task), task);
  } finally {
    clearInterval(watch);
    await page.close();
  }
  const { seconds } = found;
  const stages: [string, string, number][] = [
    ['write to the store', 'write', seconds.write],
    ['count, open', 'load', seconds.load],
    ['map: two principal components', 'map', seconds.map],
    ['sweep k = 5..30, scores, silhouettes of a sample', 'sweep', seconds.sweep],
    ['cancel five seconds into another sweep', 'cancel', seconds.cancel],
  ];
  const table: Table = {
    title: `${n} x 512 (${round((n * 512 * 4) / MIB)} MiB) on ${found.adapter}: k = ${found.k}, ${found.iterations} iterations at most; the sweep held ${Math.round(found.peakBytes.rows / MIB)} MiB of WebAssembly memory and ${Math.round(found.peakBytes.gpu / MIB)} MiB on the GPU`,
    columns: ['stage', 'seconds', 'peak resident MiB of all browser processes'],
    rows: stages.map(([title, stage, s]) => [title, round(s), Math.round(peaks.of(stage) / MIB) || '-']),
  };
  return { name: 'large', tables: [table] };
}
