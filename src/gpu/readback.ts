import type { Gpu } from './device';
import { orCancelled } from './submit';

/** Bytes read at once, so that reading a large buffer never needs another of its size. */
const PIECE = 64 * 2 ** 20;

/** `bytes` of a buffer from byte `from`. */
export interface Part {
  buffer: GPUBuffer;
  bytes: number;
  from?: number;
}

/**
 * The contents of several buffers, with one wait for all of them as far as they are small. Errors: `device-lost`, and
 * `cancelled` as soon as the signal is aborted.
 */
export async function readBack(gpu: Gpu, parts: Part[], signal?: AbortSignal): Promise<ArrayBuffer[]> {
  const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= PIECE) return readTogether(gpu, parts, total, signal);
  const out: ArrayBuffer[] = [];
  for (const { buffer, bytes, from = 0 } of parts) {
    const whole = new Uint8Array(bytes);
    for (let done = 0; done < bytes; done += PIECE) {
      const piece = { buffer, from: from + done, bytes: Math.min(PIECE, bytes - done) };
      whole.set(new Uint8Array((await readTogether(gpu, [piece], piece.bytes, signal))[0]), done);
    }
    out.push(whole.buffer);
  }
  return out;
}

async function readTogether(
  gpu: Gpu,
  parts: Part[],
  total: number,
  signal?: AbortSignal,
): Promise<ArrayBuffer[]> {
  const staging = gpu.buffer(total, GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ, 'readback');
  try {
    return await gpu.guard(async () => {
      const encoder = gpu.device.createCommandEncoder({ label: 'readback' });
      let at = 0;
      for (const { buffer, bytes, from = 0 } of parts) {
        encoder.copyBufferToBuffer(buffer, from, staging, at, bytes);
        at += bytes;
      }
      gpu.device.queue.submit([encoder.finish()]);
      await orCancelled(staging.mapAsync(GPUMapMode.READ), signal);
      const mapped = staging.getMappedRange();
      at = 0;
      return parts.map(({ bytes }) => mapped.slice(at, (at += bytes)));
    });
  } finally {
    gpu.release(staging);
  }
}
