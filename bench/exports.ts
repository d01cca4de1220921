import type { Lab } from './lab';
import type { ExportsTask, Written } from './pages/exports';
import { PeakMemory } from './peak-memory';
import { round, type Result, type Table } from './report';

const MIB = 2 ** 20;

/** Large exports from the store to a file: how fast, and how much memory above that of the page at rest. */
export async function benchExports(lab: Lab, n: number): Promise<Result> {
  const page = await lab.open('exports');
  const task: ExportsTask = { n, d: 512 };
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
  let written: Written[];
  try {
    written = await page.evaluate((task) => window.writeExports(task), task);
  } finally {
    clearInterval(watch);
    await page.close();
  }
  const rest = peaks.of('rest');
  const table: Table = {
    title: `${n} x ${task.d} from the store to a file; at rest the browser held ${Math.round(rest / MIB)} MiB at most`,
    columns: ['file', 'MiB', 'seconds', 'MiB/s', 'peak resident MiB above rest'],
    rows: written.map(({ file, bytes, seconds }) => [
      file,
      round(bytes / MIB),
      round(seconds),
      round(bytes / MIB / seconds),
      Math.max(0, Math.round((peaks.of(file) - rest) / MIB)) || '-',
    ]),
  };
  return { name: 'exports', tables: [table] };
}
