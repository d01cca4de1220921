/** The window over which a rate is taken, in seconds: long enough to be calm, short enough to be current. */
const WINDOW = 20;

/** Images a second over the last while, measured at commits. */
export class Rate {
  private marks: { at: number; count: number }[] = [];

  /** `count` images were done at time `at` (seconds); the first mark starts the clock. */
  mark(at: number, count: number): void {
    this.marks.push({ at, count });
    while (this.marks.length > 2 && this.marks[0].at < at - WINDOW) this.marks.shift();
  }

  /** Forgets what was measured: after a pause the time in between means nothing. */
  reset(): void {
    this.marks = [];
  }

  /** null until a second has been measured. */
  get perSecond(): number | null {
    const first = this.marks[0];
    const last = this.marks[this.marks.length - 1];
    if (!first || last.at - first.at < 1) return null;
    return (last.count - first.count) / (last.at - first.at);
  }

  secondsFor(count: number): number | null {
    const rate = this.perSecond;
    return rate ? count / rate : null;
  }
}
