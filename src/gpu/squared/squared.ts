import type { Labels } from '../assign/assign';
import type { CentreSet, CentreStore } from '../centre-store';
import type { Gpu } from '../device';
import type { Dispatch, Prepared } from '../dispatch';
import type { Chunk } from '../matrix';
import { rowRanges } from '../ranges';
import code from './squared.wgsl?raw';

const ROWS_PER_GROUP = 64;
const MOST_FITS = 8;

/**
 * Prepares the squared distances of a chunk's rows to their own centres: of set i with the labels of slot `slots[i]`, into
 * `squared` (sets x rows, f32). Tolerance: 1e-5 relative to f64.
 */
export function prepareSquared(
  gpu: Gpu,
  chunk: Chunk,
  centres: CentreStore,
  sets: CentreSet[],
  slots: number[],
  labels: Labels,
  squared: GPUBuffer,
): Prepared {
  const { d } = centres;
  const table = sets.flatMap(({ first }, place) => [slots[place], first, place, 0]);
  const fits = gpu.upload(Uint32Array.from(table), 'squared fits');
  const pipeline = gpu.pipeline(code, 'squared');
  const dispatches: Dispatch[] = [];
  const scratch = [fits];
  for (let first = 0; first < sets.length; first += MOST_FITS) {
    const count = Math.min(MOST_FITS, sets.length - first);
    const ranges = rowRanges(chunk.n, ROWS_PER_GROUP, count * d, gpu.dispatchWork, gpu.ceilings.workgroups);
    for (const { from, count: rows } of ranges) {
      const params = gpu.uniform([d, from, chunk.n, from + rows, first, count], 'squared params');
      scratch.push(params);
      dispatches.push({
        label: 'squared',
        pipeline,
        bindings: gpu.bind(pipeline, [params, chunk.buffer, centres.buffer, fits, labels.labels, squared]),
        groups: [Math.ceil(rows / ROWS_PER_GROUP)],
        work: count * rows * d,
      });
    }
  }
  return { dispatches, scratch };
}
