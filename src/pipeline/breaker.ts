/**
 * Ends waits that nothing else may end. `Promise.race` against one long-lived promise would keep every answer that
 * ever passed in memory; here only those still awaited are known.
 */
export class Breaker {
  private readonly waiting = new Set<(error: Error) => void>();
  private reason: Error | null = null;

  /** The error it was broken with. */
  get broken(): Error | null {
    return this.reason;
  }

  /** The answer, or the break, whichever comes first. */
  guard<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.reason) reject(this.reason);
      else this.waiting.add(reject);
      answer.then(resolve, reject).finally(() => this.waiting.delete(reject));
    });
  }

  break(error: Error): void {
    this.reason ??= error;
    this.waiting.forEach((reject) => reject(error));
    this.waiting.clear();
  }
}
