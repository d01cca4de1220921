import { TesseraError } from '../domain/errors';
import { Bell } from './ahead';
import { Breaker } from './breaker';

/** Pause, resume and cancel for loops that ask between their steps. */
export class Control {
  private readonly bell = new Bell();
  private paused = false;
  private ended: TesseraError | null = null;
  private readonly breaker = new Breaker();

  get isPaused(): boolean {
    return this.paused && !this.ended;
  }

  get end(): TesseraError | null {
    return this.ended;
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    this.bell.ring();
  }

  /** Makes every `pass` throw from now on. */
  stop(error: TesseraError): void {
    this.ended ??= error;
    this.breaker.break(this.ended);
    this.bell.ring();
  }

  /** Waits while paused; throws when stopped. */
  async pass(): Promise<void> {
    while (this.isPaused) await this.bell.wait();
    if (this.ended) throw this.ended;
  }

  /** The answer, or the error of a stop, whichever comes first. */
  orStop<T>(answer: Promise<T>): Promise<T> {
    return this.breaker.guard(answer);
  }

  /** Waits for news: a ring of `other`, or a stop. */
  async news(other: Bell): Promise<void> {
    if (!this.ended) await Promise.race([other.wait(), this.bell.wait()]);
  }
}
