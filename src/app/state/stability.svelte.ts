import type { Stability } from '../../domain/agreement';
import type { StudyHost } from './study-host';
import { optionsOf } from './sweep-options';
import { Task } from './task.svelte';

export const RUNS = { least: 2, most: 50, usual: 5 };

/** How much each k depends on the seed, for the open project. */
export class StabilityStudy {
  readonly task = new Task();
  private kept = $state.raw<{ life: AbortSignal; results: readonly Stability[] } | null>(null);

  constructor(private readonly host: StudyHost) {}

  /** By rising k; null until measured. */
  get results(): readonly Stability[] | null {
    return this.kept?.life === this.host.life ? this.kept.results : null;
  }

  async measure(ks: number[], runs: number): Promise<void> {
    const { project, job, life } = this.host;
    if (!project) return;
    const options = optionsOf(project);
    const results = await this.task.run(life, (report, signal) =>
      job.stability({ ks, runs, seed: options.seed }, options, report, signal),
    );
    if (results) this.kept = { life, results: results.toSorted((a, b) => a.k - b.k) };
  }
}

/** The k whose runs agree most on average, the smallest of equals; null of nothing. */
export function mostStable(results: readonly Stability[]): Stability | null {
  return results.reduce<Stability | null>((best, one) => (best && best.ari >= one.ari ? best : one), null);
}

/** How far the worst run lies above the best one, as a share of the best: 0 where all end alike. */
export function inertiaSpread({ inertia }: Pick<Stability, 'inertia'>): number {
  const [low, high] = [Math.min(...inertia), Math.max(...inertia)];
  return low > 0 ? (high - low) / low : 0;
}
