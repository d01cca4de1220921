import { TesseraError } from '../domain/errors';
import type { Original } from '../store/schema';
import type { Prepared, Target } from './prepare';

/** A decoder in a thread of its own, which one bad file may take down. */
export interface DecodePort {
  /** Resolves when the thread runs; rejects when it cannot start. */
  ready: Promise<unknown>;
  /** Rejects when the thread dies. Bytes given are gone: they are moved to the thread. */
  prepare(original: Original, target: Target): Promise<Prepared>;
  close(): void;
}

/** Seconds a decoder may take for one file. */
const PATIENCE = 30;

/** As many decoders as there are cores, within reason: each may hold a large picture. */
export function decoderCount(): number {
  return Math.min(8, Math.max(2, globalThis.navigator?.hardwareConcurrency ?? 2));
}

/**
 * Decoders that work side by side, one file each. A file whose decoder dies or does not answer is skipped as broken,
 * and the decoder replaced. Calls beyond the number of decoders wait their turn.
 */
export class DecodePool {
  private readonly idle: DecodePort[] = [];
  private readonly queue: ((port: DecodePort) => void)[] = [];
  private readonly ports = new Set<DecodePort>();
  private closed = false;

  constructor(
    private readonly spawn: () => DecodePort,
    private readonly size = decoderCount(),
    private readonly patience = PATIENCE,
  ) {}

  /** Throws `internal` when decoders cannot be started, which is no fault of the file. */
  async prepare(original: Original, target: Target): Promise<Prepared> {
    const port = await this.acquire();
    if (this.closed) throw new TesseraError('cancelled', 'Cancelled.');
    try {
      await port.ready;
    } catch (error) {
      this.discard(port);
      throw new TesseraError(
        'internal',
        'The image decoder could not start. Reload the page.',
        {},
        { cause: error },
      );
    }
    let watch: Watch | null = null;
    try {
      watch = new Watch(this.patience);
      const answer = await Promise.race([port.prepare(original, target), watch.expired]);
      this.release(port);
      return answer;
    } catch (error) {
      this.discard(port);
      if (this.closed) throw new TesseraError('cancelled', 'Cancelled.');
      const detail = error instanceof Error ? error.message : String(error);
      return { skip: { code: 'broken', detail } };
    } finally {
      watch?.stop();
    }
  }

  close(): void {
    this.closed = true;
    this.ports.forEach((port) => port.close());
    this.ports.clear();
    this.idle.length = 0;
  }

  private acquire(): DecodePort | Promise<DecodePort> {
    const port = this.idle.pop();
    if (port) return port;
    if (this.ports.size < this.size) return this.start();
    return new Promise((resolve) => this.queue.push(resolve));
  }

  private release(port: DecodePort): void {
    const next = this.queue.shift();
    if (next) next(port);
    else this.idle.push(port);
  }

  private start(): DecodePort {
    const port = this.spawn();
    // Asked when it is used, which a close may prevent.
    port.ready.catch(() => undefined);
    this.ports.add(port);
    return port;
  }

  private discard(port: DecodePort): void {
    port.close();
    this.ports.delete(port);
    if (this.closed) return;
    this.queue.shift()?.(this.start());
  }
}

/** Rejects after so many seconds of this thread's running time: a laptop's sleep does not count. */
class Watch {
  readonly expired: Promise<never>;
  private readonly timer: ReturnType<typeof setInterval>;

  constructor(seconds: number) {
    let left = seconds;
    let reject: (error: Error) => void;
    this.expired = new Promise((_, no) => (reject = no));
    this.expired.catch(() => undefined);
    this.timer = setInterval(() => {
      if (--left <= 0) reject(new Error(`the decoder gave no answer in ${seconds} s`));
    }, 1000);
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
