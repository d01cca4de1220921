import { releaseProxy, wrap, type Remote } from 'comlink';
import { TesseraError } from '../domain/errors';
import { Breaker } from '../pipeline/breaker';
import { carryErrors } from './errors';

carryErrors();

/**
 * A worker and its Comlink side. A worker that fails to load, or dies, rejects every call that waits on it; `stop`
 * rejects them too. A stopped handle is not used again: make another.
 */
export class WorkerHandle<T> {
  private readonly remote: Remote<T>;
  private readonly breaker = new Breaker();

  constructor(private readonly worker: Worker) {
    this.remote = wrap<T>(worker);
    worker.addEventListener('error', (event) => {
      this.stop(
        new TesseraError(
          'internal',
          `A background worker stopped (${event.message || 'it could not load'}).`,
        ),
      );
    });
  }

  get isDead(): boolean {
    return this.breaker.broken !== null;
  }

  /** A call's answer, or the worker's end, whichever comes first. */
  call<R>(work: (remote: Remote<T>) => Promise<R>): Promise<R> {
    if (this.breaker.broken) return Promise.reject(this.breaker.broken);
    return this.breaker.guard(work(this.remote));
  }

  stop(error = new TesseraError('cancelled', 'Cancelled.')): void {
    if (this.isDead) return;
    this.breaker.break(error);
    this.remote[releaseProxy]();
    this.worker.terminate();
  }
}
