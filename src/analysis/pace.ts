import { TesseraError } from '../domain/errors';

/** One turn of the event loop; setTimeout would add 4 ms each time. */
function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** When this thread last let messages in; short pieces of work after one another count as one. */
let last = performance.now();

/**
 * Lets messages (a cancel) in while long loops run: `await pace.turn()` between blocks of work yields to the event loop
 * at most every `every` milliseconds and throws `cancelled` once the signal is aborted.
 */
export class Pace {
  constructor(
    readonly signal?: AbortSignal,
    readonly every = 40,
  ) {}

  async turn(): Promise<void> {
    if (performance.now() - last >= this.every) {
      await macrotask();
      last = performance.now();
    }
    this.check();
  }

  check(): void {
    if (this.signal?.aborted) throw new TesseraError('cancelled', 'Cancelled.');
  }
}
