import type { Gpu } from '../device';
import { record, type Dispatch } from '../dispatch';
import { floatBits } from '../float-bits';
import { rowRanges } from '../ranges';
import { readBack } from '../readback';
import { submitAll } from '../submit';
import { pcg, type LayoutForces, type LayoutGraph } from './umap.cpu';
import code from './umap.wgsl?raw';

const ROWS_PER_GROUP = 64;
/** Epochs whose commands are made at once. */
const EPOCHS = 10;

export interface EpochRun {
  epochs: number;
  alpha: number;
  progress: (fraction: number) => void;
  signal?: AbortSignal;
}

/** Whether the edges and the places are each within one binding. */
export function fitsUmap(gpu: Gpu, { n, targets }: LayoutGraph): boolean {
  return Math.max(targets.byteLength, 16 * n) <= gpu.bindingLimit;
}

/**
 * Epochs of UMAP's layout from places (n x dims) that are not changed; the step falls from `alpha` to 0. One row a thread,
 * gathered, no atomics: the same bits every time on the same device. Throws RangeError when edges exceed one binding. Errors:
 * `cancelled`, `device-lost`. Tolerance of one epoch: 1e-4 of the extent, relative to f64.
 */
export async function gpuUmap(
  gpu: Gpu,
  graph: LayoutGraph,
  { dims, a, b, seed, negatives }: LayoutForces,
  coords: Float32Array,
  { epochs, alpha, progress, signal }: EpochRun,
): Promise<Float32Array> {
  const { n, offsets, targets, steps } = graph;
  if (n === 0) return new Float32Array(0);
  if (!fitsUmap(gpu, graph)) throw new RangeError(`umap: ${targets.length} edges exceed one binding`);
  const start = new Float32Array(4 * n);
  for (let i = 0; i < n; i++) for (let c = 0; c < dims; c++) start[4 * i + c] = coords[i * dims + c];
  const edges = [
    gpu.upload(Uint32Array.from(offsets), 'edges of rows'),
    gpu.upload(Uint32Array.from(targets.length > 0 ? targets : [0]), 'edges'),
    gpu.upload(Uint32Array.from(steps.length > 0 ? steps : [0]), 'edge steps'),
  ];
  let [from, to] = [gpu.upload(start, 'places'), gpu.storage(16 * n, 'places')];
  const both = [from, to];
  const pipeline = gpu.pipeline(code, 'umap');
  const perRow = Math.max(1, ((targets.length / n) * (negatives + 1)) | 0) * 16;
  try {
    for (let epoch0 = 0; epoch0 < epochs; epoch0 += EPOCHS) {
      const scratch: GPUBuffer[] = [];
      try {
        const dispatches: Dispatch[] = [];
        const end = Math.min(epoch0 + EPOCHS, epochs);
        for (let epoch = epoch0; epoch < end; epoch++) {
          const step = alpha * (1 - epoch / epochs);
          for (const range of rowRanges(
            n,
            ROWS_PER_GROUP,
            perRow,
            gpu.dispatchWork,
            gpu.ceilings.workgroups,
          )) {
            const random = [epoch, pcg(epoch + pcg(seed)), negatives];
            const floats = [step, a, b].map(floatBits);
            const params = gpu.uniform([n, range.from, ...random, ...floats], 'umap params');
            scratch.push(params);
            dispatches.push({
              label: 'umap',
              pipeline,
              bindings: gpu.bind(pipeline, [params, ...edges, from, to]),
              groups: [Math.ceil(range.count / ROWS_PER_GROUP)],
              work: range.count * perRow,
            });
          }
          [from, to] = [to, from];
        }
        await submitAll(gpu, record(gpu, dispatches), signal);
        progress(end / epochs);
      } finally {
        gpu.release(...scratch);
      }
    }
    const [read] = await readBack(gpu, [{ buffer: from, bytes: 16 * n }], signal);
    const places = new Float32Array(read);
    const out = new Float32Array(n * dims);
    for (let i = 0; i < n; i++) for (let c = 0; c < dims; c++) out[i * dims + c] = places[4 * i + c];
    return out;
  } finally {
    gpu.release(...edges, ...both);
  }
}
