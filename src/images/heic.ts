import { ImageError } from './types';

const TIMEOUT_MS = 30_000;

type Answer = { bitmap: ImageBitmap } | { error: string } | { unavailable: string };

let worker: Worker | null = null;
let last: Promise<unknown> = Promise.resolve();

/**
 * HEIC through libheif in WebAssembly, loaded with the first such file, in a worker of its own: damaged files can
 * trap or hang the library, and a worker can be ended and started anew. One file at a time. Throws ImageError:
 * `broken`, or `unsupported` where the library cannot be loaded.
 */
export function decodeHeic(blob: Blob): Promise<ImageBitmap> {
  const turn = last.then(() => decodeNext(blob));
  last = turn.catch(() => undefined);
  return turn;
}

async function decodeNext(blob: Blob): Promise<ImageBitmap> {
  worker ??= new Worker(new URL('./heic.worker.ts', import.meta.url), { type: 'module' });
  const answer = await ask(worker, blob);
  if ('bitmap' in answer) return answer.bitmap;
  // The library's state is not to be trusted after a failure.
  worker.terminate();
  worker = null;
  throw 'error' in answer
    ? new ImageError('broken', `HEIC: ${answer.error}`)
    : new ImageError('unsupported', `HEIC: ${answer.unavailable}`);
}

function ask(target: Worker, blob: Blob): Promise<Answer> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ error: `no answer in ${TIMEOUT_MS / 1000} s` }), TIMEOUT_MS);
    target.onmessage = ({ data }: MessageEvent<Answer>) => {
      clearTimeout(timer);
      resolve(data);
    };
    target.onerror = (event) => {
      clearTimeout(timer);
      resolve({ unavailable: event.message || 'its decoder could not be loaded' });
    };
    target.postMessage(blob);
  });
}
