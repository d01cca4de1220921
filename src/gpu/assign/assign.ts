import type { CentreSet, CentreStore } from '../centre-store';
import type { Gpu } from '../device';
import type { Dispatch, PreparedChunks } from '../dispatch';
import { floatBits } from '../float-bits';
import { rowRanges } from '../ranges';
import type { KMeansRows } from '../row-norms/row-norms';
import code from './assign.wgsl?raw';
import { planAssign } from './plan';
import rowsF16 from './rows-f16.wgsl?raw';
import rowsF32 from './rows-f32.wgsl?raw';

/** Labels of a chunk's rows for several fits: slots x rows, slot by slot. */
export interface Labels {
  slots: number;
  rows: number;
  labels: GPUBuffer;
}

/** What an assignment reads and counts besides rows and centres, one entry a slot. */
export interface AssignState {
  /** 4 u32 a slot; only slots whose first is 0 (going) are assigned. */
  states: GPUBuffer;
  /** u32: labels that became different; cleared by the caller. */
  changed: GPUBuffer;
}

/** Room for the labels of `slots` fits, all unlike any label. `releaseLabels` it. Throws RangeError past one binding. */
export function makeLabels(gpu: Gpu, slots: number, rows: number): Labels {
  const count = slots * rows;
  if (count * 4 > gpu.bindingLimit)
    throw new RangeError(`labels: ${slots} fits of ${rows} rows exceed one binding`);
  const labels = gpu.storage(count * 4, 'labels');
  const one = new Uint32Array(Math.min(count, 2 ** 20)).fill(0xffffffff);
  for (let at = 0; at < count; at += one.length)
    gpu.device.queue.writeBuffer(labels, at * 4, one, 0, Math.min(one.length, count - at));
  return { slots, rows, labels };
}

export function releaseLabels(gpu: Gpu, { labels }: Labels): void {
  gpu.release(labels);
}

/**
 * Closer than this share of |x|^2 + |c|^2, rounding could have swapped two scores. They are sums of d products: six times
 * the deviation of rounding errors that add up at random; with rows in 16 bits, the rounding of these.
 */
function nearness(d: number, half: boolean): number {
  return half ? 2 ** -11 : 1e-5 * Math.max(1, Math.sqrt(d / 256));
}

/**
 * Prepares the assignment of rows to the nearest centre of each set, all sets over one reading of the rows: `labels` of the
 * set's slot are written, `changed[slot]` counts those that became different.
 * Tolerance: a label differs from f64's only where the two distances do by less than 1e-5.
 */
export function prepareAssign(
  gpu: Gpu,
  rows: KMeansRows,
  centres: CentreStore,
  sets: CentreSet[],
  labels: Labels[],
  { states, changed }: AssignState,
): PreparedChunks {
  const plan = planAssign(sets);
  const { d } = rows;
  const { half } = rows;
  const pipeline = gpu.pipeline(code + (half ? rowsF16 : rowsF32), half ? 'assign f16' : 'assign', 'main', {
    THREADS: plan.shape.threads,
    QUADS: plan.shape.quads,
  });
  const words = gpu.upload(plan.words, 'assign plan');
  const scratch = [words];
  const chunks = rows.chunks.map((chunk, c) => {
    const out = labels[c];
    if (out.rows !== chunk.n) throw new RangeError(`labels: made for ${out.rows} rows, chunk has ${chunk.n}`);
    const perRow = (plan.width + 16) * d;
    return rowRanges(chunk.n, plan.rows, perRow, gpu.dispatchWork, gpu.ceilings.workgroups).map(
      ({ from, count }): Dispatch => {
        const params = gpu.uniform(
          [
            d,
            from,
            chunk.n,
            from + count,
            plan.tiles,
            plan.quadsAt,
            plan.segmentsAt,
            centres.normsAt,
            floatBits(nearness(d, half !== undefined)),
            floatBits(1 / (half?.scale ?? 1)),
          ],
          'assign params',
        );
        scratch.push(params);
        return {
          label: 'assign',
          pipeline,
          bindings: gpu.bind(pipeline, [
            params,
            chunk.buffer,
            chunk.norms,
            centres.buffer,
            words,
            states,
            out.labels,
            changed,
            ...(half ? [half.buffers[c]] : []),
          ]),
          groups: [Math.ceil(count / plan.rows)],
          work: count * perRow,
        };
      },
    );
  });
  return { chunks, scratch };
}
