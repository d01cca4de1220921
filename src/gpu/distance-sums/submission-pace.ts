/** Milliseconds a submission should take: long beside the time it costs to submit, short beside a watchdog's patience. */
const SHORT = 8;
const LONG = 40;

/**
 * How many tiles to submit together. A tile is large for a small GPU but takes a large one less time than a submission, so
 * the number grows while submissions are taken quickly one after the other.
 */
export class SubmissionPace {
  #tiles = 1;
  #last = -Infinity;

  constructor(private readonly now = () => performance.now()) {}

  next(): number {
    const now = this.now();
    const took = now - this.#last;
    this.#last = now;
    if (took < SHORT) this.#tiles *= 2;
    else if (took > LONG && this.#tiles > 1) this.#tiles /= 2;
    return this.#tiles;
  }
}
