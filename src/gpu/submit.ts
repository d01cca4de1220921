import { TesseraError } from '../domain/errors';
import type { Gpu } from './device';

/** Submissions that may wait in the queue; more would only delay what comes after a cancel. */
const AHEAD = 2;

/**
 * Submits in order without flooding the queue; commands that are made on the way are taken one by one, each after the one
 * before was submitted. Errors: `cancelled` as soon as the signal is aborted, `device-lost`.
 */
export async function submitAll(
  gpu: Gpu,
  commands: Iterable<GPUCommandBuffer>,
  signal?: AbortSignal,
): Promise<void> {
  const waiting: Promise<void>[] = [];
  for (const command of commands) {
    if (waiting.length >= AHEAD)
      await orCancelled(
        gpu.guard(() => waiting.shift()!),
        signal,
      );
    else checkCancelled(signal);
    gpu.device.queue.submit([command]);
    waiting.push(gpu.device.queue.onSubmittedWorkDone());
  }
}

/** Waits for the GPU, but no longer than until the signal is aborted: then `cancelled`, and the work is left to itself. */
export async function orCancelled<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return work;
  checkCancelled(signal);
  let stop = () => {};
  const cancelled = new Promise<void>((resolve) => {
    stop = resolve;
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    const first = await Promise.race([work.then((value) => ({ value })), cancelled]);
    checkCancelled(signal);
    return first!.value;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function checkCancelled(signal?: AbortSignal): void {
  if (signal?.aborted) throw new TesseraError('cancelled', 'Cancelled.');
}
