import { makeLabels, prepareAssign, releaseLabels } from '../gpu/assign/assign';
import { CentreStore } from '../gpu/centre-store';
import type { Gpu } from '../gpu/device';
import { record } from '../gpu/dispatch';
import { halve } from '../gpu/half/half';
import { GpuMatrix } from '../gpu/matrix';
import { readBack } from '../gpu/readback';
import { releaseNorms, withNorms, type KMeansRows } from '../gpu/row-norms/row-norms';
import { submitAll } from '../gpu/submit';
import type { Rows } from './rows';

const SAMPLE = 4096;
const CENTRES = 32;

/** Evenly spread rows, at most `count`. */
export function spread({ n, d, data }: Rows, count: number): Rows {
  const m = Math.min(n, count);
  const sample = new Float32Array(m * d);
  for (let i = 0; i < m; i++) {
    const from = Math.floor((i * n) / m) * d;
    sample.set(data.subarray(from, from + d), i * d);
  }
  return { n: m, d, data: sample };
}

/**
 * Whether one assignment gives each of these rows the same label with the rows in 16 bits as in f32; to these centres (k x
 * d), or else to some of the rows.
 */
export async function halfAgrees(
  gpu: Gpu,
  rows: Rows,
  centres: ArrayLike<number> = spread(rows, CENTRES).data,
): Promise<boolean> {
  if (rows.n === 0) return true;
  const matrix = GpuMatrix.upload(gpu, rows);
  const full = withNorms(gpu, matrix);
  const store = new CentreStore(gpu, [centres.length / rows.d], rows.d);
  store.write(0, centres);
  const half = await halve(gpu, full);
  const labels = await Promise.all([full, { ...full, half }].map((one) => labelsOf(gpu, one, store)));
  gpu.release(...half.buffers);
  store.release();
  releaseNorms(gpu, full);
  matrix.release();
  return labels[0].every((label, i) => label === labels[1][i]);
}

async function labelsOf(gpu: Gpu, rows: KMeansRows, store: CentreStore): Promise<Uint32Array> {
  const labels = rows.chunks.map((chunk) => makeLabels(gpu, 1, chunk.n));
  const state = { states: gpu.storage(16, 'states'), changed: gpu.storage(4, 'changed') };
  const { chunks, scratch } = prepareAssign(gpu, rows, store, store.sets, labels, state);
  await submitAll(gpu, record(gpu, chunks.flat()));
  const parts = labels.map((one) => ({ buffer: one.labels, bytes: one.rows * 4 }));
  const read = await readBack(gpu, parts);
  gpu.release(...scratch, state.states, state.changed);
  for (const one of labels) releaseLabels(gpu, one);
  return Uint32Array.from(read.flatMap((bytes) => [...new Uint32Array(bytes)]));
}

/**
 * Lets the assignment read the rows in 16 bits, which halves what it reads, if a sample of them keeps its labels and there is
 * memory for it; half as much as the rows take. Returns whether it does.
 */
export async function storeHalf(gpu: Gpu, rows: Rows, kmeansRows: KMeansRows): Promise<boolean> {
  if (!(await halfAgrees(gpu, spread(rows, SAMPLE)))) return false;
  gpu.device.pushErrorScope('out-of-memory');
  const half = await halve(gpu, kmeansRows);
  if (await gpu.device.popErrorScope()) {
    gpu.release(...half.buffers);
    return false;
  }
  kmeansRows.half = half;
  return true;
}
