import type { PngEncoder } from '../workers/png.worker';
import { WorkerHandle } from '../workers/worker-handle';

/** Makes PNG of images in a worker, which starts on first use; `dispose` ends it. */
export class PngJob {
  private handle: WorkerHandle<PngEncoder> | null = null;

  /** A PNG of the pixels that the image is embedded from. Throws with what is wrong with it. */
  encode(original: Blob): Promise<Blob> {
    this.handle ??= new WorkerHandle(
      new Worker(new URL('../workers/png.worker.ts', import.meta.url), { type: 'module', name: 'png' }),
    );
    return this.handle.call((remote) => remote.encode(original));
  }

  dispose(): void {
    this.handle?.stop();
    this.handle = null;
  }
}
