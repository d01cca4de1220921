import type { Sweep } from '../../domain/clustering';
import type { StudyHost } from './study-host';
import { Task } from './task.svelte';

/** The silhouette of all images in place of an estimate, for the sweep in use. */
export class ExactSilhouette {
  readonly task = new Task();

  constructor(private readonly host: StudyHost) {}

  async compute(): Promise<void> {
    const { sweep, job, life } = this.host;
    if (!sweep) return;
    const found = await this.task.run(life, (report, signal) => job.exactSilhouette(sweep, report, signal));
    if (found && this.host.sweep === sweep) this.host.replaceSweep(withSilhouettes(sweep, found));
  }
}

/** Whether every image counted; then there is nothing more exact to be had. */
export function isExact({ clusterings, n }: Pick<Sweep, 'clusterings' | 'n'>): boolean {
  return clusterings.every(({ silhouetteSample }) => silhouetteSample >= n);
}

/** Seconds that silhouettes from `sample` rows will about take, after those of the last sweep; null when that is not known. */
export function silhouetteTime(sweep: Sweep | null, sample: number): number | null {
  const taken = sweep?.silhouetteSeconds;
  const before = sweep?.clusterings[0]?.silhouetteSample ?? 0;
  if (!sweep || taken === undefined || before === 0) return null;
  return (taken * Math.min(sample, sweep.n)) / before;
}

function withSilhouettes(
  sweep: Sweep,
  { silhouettes, choice }: { silhouettes: number[]; choice: Sweep['choice'] },
): Sweep {
  const clusterings = sweep.clusterings.map((clustering, i) => ({
    ...clustering,
    silhouette: silhouettes[i],
    silhouetteError: 0,
    silhouetteSample: sweep.n,
  }));
  return { ...sweep, clusterings, choice };
}
