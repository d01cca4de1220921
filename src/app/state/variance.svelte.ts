import type { ExplainedVariance } from '../../domain/variance';
import type { StudyHost } from './study-host';
import { Task } from './task.svelte';

/** Components that are found at most: all of most descriptors, the leading ones of the longest. */
const MOST = { all: 512, leading: 256 };

/** How much of the variance how many dimensions hold, for the open project. */
export class VarianceStudy {
  readonly task = new Task();
  private kept = $state.raw<{ life: AbortSignal; n: number; found: ExplainedVariance } | null>(null);

  constructor(private readonly host: StudyHost) {}

  /** For the rows of the sweep in use, scaled as they were for it; null until found. */
  get found(): ExplainedVariance | null {
    const { life, sweep } = this.host;
    const { kept } = this;
    const fits = kept?.life === life && kept.n === sweep?.n && kept.found.scaling === sweep.scaling;
    return fits ? kept.found : null;
  }

  async find(): Promise<void> {
    const { job, life, sweep } = this.host;
    if (!sweep) return;
    const { d, n, scaling } = sweep;
    const most = d <= MOST.all ? MOST.all : MOST.leading;
    const found = await this.task.run(life, (report, signal) =>
      job.explainedVariance(scaling, most, report, signal),
    );
    if (found) this.kept = { life, n, found };
  }
}

/** The smallest number of leading components that hold this share of the variance; null when those known do not. */
export function dimensionsFor(explained: readonly number[], share: number): number | null {
  let sum = 0;
  for (const [i, one] of explained.entries()) {
    sum += one;
    // A sum of shares that are all there may end a little below 1.
    if (sum >= share - 1e-9) return i + 1;
  }
  return null;
}

/** The share that the first 1, 2, … components hold together. */
export function cumulative(explained: readonly number[]): number[] {
  let sum = 0;
  return explained.map((share) => (sum += share));
}

/** Numbers to read in one go: then it is not asked whether to. */
export const QUICK_VALUES = 20e6;

export function isQuick({ n, d }: { n: number; d: number }): boolean {
  return n * d <= QUICK_VALUES;
}
