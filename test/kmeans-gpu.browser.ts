import { makeLabels, prepareAssign, releaseLabels } from '../src/gpu/assign/assign';
import { CentreStore } from '../src/gpu/centre-store';
import type { Gpu } from '../src/gpu/device';
import { record, type PreparedChunks } from '../src/gpu/dispatch';
import { halve } from '../src/gpu/half/half';
import { GpuMatrix } from '../src/gpu/matrix';
import { readBack } from '../src/gpu/readback';
import { releaseNorms, withNorms } from '../src/gpu/row-norms/row-norms';
import { prepareSquared } from '../src/gpu/squared/squared';
import { submitAll } from '../src/gpu/submit';
import { clean } from './gpu.browser';

/** Rows for the GPU, n x d. */
export interface TestRows {
  n: number;
  d: number;
  data: Float32Array;
}

export async function run(gpu: Gpu, { chunks, scratch }: PreparedChunks): Promise<void> {
  await submitAll(gpu, record(gpu, chunks.flat()));
  gpu.release(...scratch);
}

export interface Assigned {
  /** One array of n a fit. */
  labels: Uint32Array[];
  squared: Float32Array[];
  /** Labels that became different from none. */
  changed: number[];
}

export interface AssignOptions {
  /** Rows of a chunk. */
  mostRows?: number;
  /** Fits whose state is not 0 are not to be assigned. */
  states?: number[];
  /** Read rows in 16 bits. */
  half?: boolean;
}

/** One assignment of all rows to each set of centres (k x d). */
export function assignOnce(
  gpu: Gpu,
  rows: TestRows,
  fits: Float64Array[],
  { mostRows, states = fits.map(() => 0), half = false }: AssignOptions = {},
): Promise<Assigned> {
  return clean(gpu, async () => {
    const matrix = GpuMatrix.upload(gpu, rows, mostRows);
    const kmeansRows = withNorms(gpu, matrix);
    if (half) kmeansRows.half = await halve(gpu, kmeansRows);
    const store = new CentreStore(
      gpu,
      fits.map((centres) => centres.length / rows.d),
      rows.d,
    );
    fits.forEach((centres, slot) => store.write(slot, centres));
    const changed = gpu.storage(fits.length * 4, 'changed');
    const going = gpu.upload(Uint32Array.from(states.flatMap((state) => [state, 0, 0, 1])), 'states');
    const labels = matrix.chunks.map((chunk) => makeLabels(gpu, fits.length, chunk.n));
    await run(gpu, prepareAssign(gpu, kmeansRows, store, store.sets, labels, { states: going, changed }));
    const out = {
      labels: fits.map(() => new Uint32Array(rows.n)),
      squared: fits.map(() => new Float32Array(rows.n)),
    };
    for (const [c, chunk] of matrix.chunks.entries()) {
      const bytes = fits.length * chunk.n * 4;
      const distances = gpu.storage(bytes, 'distances');
      const slots = fits.map((_, slot) => slot);
      const own = prepareSquared(gpu, chunk, store, store.sets, slots, labels[c], distances);
      await run(gpu, { chunks: [own.dispatches], scratch: own.scratch });
      const [l, s] = await readBack(gpu, [
        { buffer: labels[c].labels, bytes },
        { buffer: distances, bytes },
      ]);
      slots.forEach((slot) => {
        out.labels[slot].set(new Uint32Array(l, slot * chunk.n * 4, chunk.n), chunk.row0);
        out.squared[slot].set(new Float32Array(s, slot * chunk.n * 4, chunk.n), chunk.row0);
      });
      releaseLabels(gpu, labels[c]);
      gpu.release(distances);
    }
    const [moved] = await readBack(gpu, [{ buffer: changed, bytes: fits.length * 4 }]);
    gpu.release(changed, going);
    store.release();
    releaseNorms(gpu, kmeansRows);
    matrix.release();
    return { ...out, changed: [...new Uint32Array(moved)] };
  });
}
