import { proxy, type Remote } from 'comlink';
import type { SheetPage } from '../domain/contact-sheet';
import { TesseraError } from '../domain/errors';
import type { PicturesService, PictureSet, PixelSummary } from '../domain/pictures';
import { WorkerHandle } from '../workers/worker-handle';

/** Makes pictures of pictures in a worker, which starts on first use. A call that is aborted ends it, and all others with it. */
export class PicturesJob {
  private handle: WorkerHandle<PicturesService> | null = null;

  /** Errors: `store`, `cancelled`. */
  summarise(
    set: PictureSet,
    progress: (fraction: number) => void,
    signal?: AbortSignal,
  ): Promise<PixelSummary> {
    return this.call((service) => service.summarise(set, proxy(progress)), signal);
  }

  /** Errors: `store`, `memory`, `cancelled`. */
  sheetPage(
    projectId: string,
    page: SheetPage,
    signal?: AbortSignal,
  ): Promise<{ png: Blob; missing: number }> {
    return this.call((service) => service.sheetPage(projectId, page), signal);
  }

  dispose(): void {
    this.handle?.stop();
    this.handle = null;
  }

  private async call<T>(
    work: (service: Remote<PicturesService>) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    if (signal?.aborted) throw new TesseraError('cancelled', 'Cancelled.');
    if (!this.handle || this.handle.isDead)
      this.handle = new WorkerHandle(
        new Worker(new URL('../workers/pictures.worker.ts', import.meta.url), {
          type: 'module',
          name: 'pictures',
        }),
      );
    const { handle } = this;
    const end = (): void => handle.stop();
    signal?.addEventListener('abort', end, { once: true });
    return handle.call(work).finally(() => signal?.removeEventListener('abort', end));
  }
}
