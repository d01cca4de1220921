import type { Lab } from './lab';
import type { Comparison, RangeTask } from './pages/kmeans';
import { median, round, type Cell, type Table } from './report';

const KS = Array.from({ length: 26 }, (_, i) => 5 + i);

/** Every k of 5..30 from one pass beside 26 separate runs: the fits with their seeding, and the silhouettes. */
export async function rangeTable(lab: Lab, of: string, task: Omit<RangeTask, 'kind' | 'ks'>): Promise<Table> {
  const rows: Cell[][] = [];
  const sums = [0, 0];
  for (const [kind, name] of [
    ['sweep', 'k-means with k-means++, to convergence'],
    ['silhouettes', 'silhouettes, 2000 rows against all'],
  ] as const) {
    const page = await lab.open('kmeans');
    const { together, separate, difference } = await page.evaluate(
      (task): Promise<Comparison> => window.measure(task),
      { ...task, kind, ks: KS } as RangeTask,
    );
    await page.close();
    const [one, many] = [median(together), median(separate)];
    rows.push([name, round(one), round(many), round(many / one), round(difference)]);
    sums[0] += one;
    sums[1] += many;
  }
  rows.push(['the sweep: both, k chosen by silhouette', ...[...sums, sums[1] / sums[0]].map(round), '-']);
  return {
    title: `k = 5..30 together, ${of}, n = ${task.n}, d = ${task.d}, CPU, ${task.threads} threads (median of ${task.repeats})`,
    columns: [
      '',
      'together, s',
      '26 separate runs, s',
      'times faster',
      'largest relative difference of results',
    ],
    rows,
  };
}
