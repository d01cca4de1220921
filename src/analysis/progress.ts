import type { AnalysisProgress } from '../domain/progress';

type Stage = AnalysisProgress['stage'];

/**
 * Turns work done into `AnalysisProgress`: each stage gets its share of the whole beforehand (any unit), `at` reports how
 * far the current one is. Reports at most ten times a second.
 */
export class ProgressMeter {
  readonly #total: number;
  readonly #started = performance.now();
  #reported = -Infinity;
  #notice: AnalysisProgress['notice'];

  constructor(
    private readonly shares: { stage: Stage; work: number }[],
    private readonly report: (progress: AnalysisProgress) => void,
  ) {
    this.#total = shares.reduce((sum, { work }) => sum + work, 0);
  }

  /** Goes out with the next report. */
  readonly notify = (notice: AnalysisProgress['notice']) => {
    this.#notice = notice;
    this.#reported = -Infinity;
  };

  /** `fraction` (0..1) of the stage is done, and all of the stages before it. */
  at(stage: Stage, fraction: number): void {
    const now = performance.now();
    if (now - this.#reported < 100) return;
    this.#reported = now;
    const place = this.shares.findIndex((share) => share.stage === stage);
    const before = this.shares.slice(0, place).reduce((sum, { work }) => sum + work, 0);
    const done = (before + Math.min(1, fraction) * this.shares[place].work) / this.#total;
    const seconds = (now - this.#started) / 1000;
    const secondsLeft = seconds > 0.5 && done > 0.02 ? (seconds / done) * (1 - done) : null;
    const notice = this.#notice;
    this.#notice = undefined;
    this.report({ stage, fraction: done, secondsLeft, ...(notice && { notice }) });
  }
}
