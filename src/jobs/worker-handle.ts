import { releaseProxy, wrap, type Remote } from 'comlink';
import { TesseraError } from '../domain/errors';
import { carryErrors } from '../workers/errors';

carryErrors();

/**
 * A worker and its Comlink side. A worker that fails to load, or dies, rejects every call that waits on it; `stop`
 * rejects them too. A stopped handle is not used again: make another.
 */
export class WorkerHandle<T> {
  readonly remote: Remote<T>;
  private readonly fallen: Promise<never>;
  private fall: (error: TesseraError) => void = () => undefined;
  private dead = false;

  constructor(private readonly worker: Worker) {
    this.remote = wrap<T>(worker);
    this.fallen = new Promise((_, reject) => (this.fall = reject));
    this.fallen.catch(() => undefined);
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
    return this.dead;
  }

  /** A call's answer, or the worker's end, whichever comes first. */
  call<R>(work: (remote: Remote<T>) => Promise<R>): Promise<R> {
    return Promise.race([work(this.remote), this.fallen]);
  }

  stop(error = new TesseraError('cancelled', 'Cancelled.')): void {
    if (this.dead) return;
    this.dead = true;
    this.fall(error);
    this.remote[releaseProxy]();
    this.worker.terminate();
  }
}
