import type { CentreSet, CentreStore } from '../centre-store';
import type { Gpu } from '../device';
import type { Prepared } from '../dispatch';
import { floatBits } from '../float-bits';
import moveCode from './move.wgsl?raw';
import settleCode from './settle.wgsl?raw';

/** What the first number of a fit's state means; the others: iterations done, labels changed, iterations allowed. */
export const FIT_STATES = ['going', 'converged', 'empty', 'paused'] as const;

export interface MoveBuffers {
  /** 4 u32 a slot. */
  states: GPUBuffer;
  /** u32 a slot: labels changed. */
  changed: GPUBuffer;
  /** f32, a row of d for each row of the centres: sums of the rows of each cluster. */
  totals: GPUBuffer;
  /** u32 a row of the centres. */
  counts: GPUBuffer;
  /** f32 a row of the centres: squared shifts. */
  shifts: GPUBuffer;
}

/**
 * Prepares the end of an iteration: the centres of each set that is going move to the means of their rows, and its state is
 * decided: converged when no label changed or the summed squared shift is at most `shift`; empty, with its centres where
 * they were, when a cluster has no row; paused after the iterations that it was allowed. Counts and changes are cleared
 * unless the set waits with an empty cluster. Tolerance: centres within 1e-6 relative of sum / count.
 */
export function prepareMove(
  gpu: Gpu,
  centres: CentreStore,
  sets: CentreSet[],
  { states, changed, totals, counts, shifts }: MoveBuffers,
  shift: number,
): Prepared {
  const { d, normsAt } = centres;
  const fits = gpu.upload(
    Uint32Array.from(sets.flatMap(({ slot, first, k }) => [slot, first, k, 0])),
    'fits',
  );
  const moveParams = gpu.uniform([d, normsAt], 'move params');
  const settleParams = gpu.uniform([floatBits(shift)], 'settle params');
  const move = gpu.pipeline(moveCode, 'move');
  const settle = gpu.pipeline(settleCode, 'settle');
  return {
    dispatches: [
      {
        label: 'move',
        pipeline: move,
        bindings: gpu.bind(move, [moveParams, fits, states, totals, counts, centres.buffer, shifts]),
        groups: [Math.max(...sets.map(({ k }) => k)), sets.length],
        work: sets.reduce((sum, { k }) => sum + k * d, 0),
      },
      {
        label: 'settle',
        pipeline: settle,
        bindings: gpu.bind(settle, [settleParams, fits, states, shifts, counts, changed]),
        groups: [sets.length],
        work: sets.reduce((sum, { k }) => sum + k, 0),
      },
    ],
    scratch: [fits, moveParams, settleParams],
  };
}
