import { TesseraError } from '../domain/errors';
import type { Gpu } from './device';

/** Submissions that may wait in the queue; more would only delay a cancel. */
const AHEAD = 2;

/**
 * Submits in order without flooding the queue; commands that are made on the way are taken one by one, each after the one
 * before was submitted. Errors: `cancelled` once the signal is aborted, `device-lost`.
 */
export async function submitAll(
  gpu: Gpu,
  commands: Iterable<GPUCommandBuffer>,
  signal?: AbortSignal,
): Promise<void> {
  const waiting: Promise<void>[] = [];
  for (const command of commands) {
    if (signal?.aborted) throw new TesseraError('cancelled', 'Cancelled.');
    if (waiting.length >= AHEAD) await gpu.guard(() => waiting.shift()!);
    gpu.device.queue.submit([command]);
    waiting.push(gpu.device.queue.onSubmittedWorkDone());
  }
}
