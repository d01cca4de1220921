import type { Labels } from '../assign/assign';
import type { CentreSet } from '../centre-store';
import type { Gpu } from '../device';
import type { Dispatch, PreparedChunks } from '../dispatch';
import type { Chunk } from '../matrix';
import { planUpdate, type UpdatePlan } from './plan';
import reduceCode from './reduce.wgsl?raw';
import code from './update.wgsl?raw';

const PARTIAL_BYTES = 32 * 2 ** 20;
/** Parts that reduce.wgsl adds together; dispatches hold whole groups where they can. */
const GROUP = 8;

/** Where the sums go: f32, a row of d for each centre of a `CentreStore`. */
export interface Totals {
  totals: GPUBuffer;
  /** u32, one for each row of a `CentreStore`; cleared by the caller before the first chunk. */
  counts: GPUBuffer;
  /** As in `AssignState`. */
  states: GPUBuffer;
}

/**
 * Prepares the sums of the rows by cluster for all sets over one reading of the rows, written to `totals` and added to
 * `counts`. The first chunk begins the totals. Throws RangeError when the sums
 * of all sets exceed one binding. Tolerance: a sum within 1e-5 of the sum of the absolute values it adds.
 */
export function prepareUpdate(
  gpu: Gpu,
  { d, chunks }: { d: number; chunks: Chunk[] },
  sets: CentreSet[],
  labels: Labels[],
  { totals, counts, states }: Totals,
): PreparedChunks {
  const plan = planUpdate(sets);
  const { shape } = plan;
  const elements = plan.total * d;
  if (elements * 4 > gpu.bindingLimit) throw new RangeError(`sums: ${plan.total} x ${d} exceed one binding`);
  const add = gpu.pipeline(code, 'update', 'main', {
    COLUMNS: shape.columns,
    LANES: shape.lanes,
    CLUSTERS: shape.clusters,
  });
  const reduce = gpu.pipeline(reduceCode, 'reduce');
  const slices = Math.ceil(d / shape.columns);
  const sizes = chunks.map((chunk) => partition(gpu, chunk.n, plan, sets.length, d));
  const words = gpu.upload(plan.words, 'update plan');
  const fits = gpu.upload(plan.fits, 'update fits');
  const partials = gpu.storage(Math.max(0, ...sizes.map(({ most }) => most)) * elements * 4, 'partial sums');
  const widest = Math.ceil((Math.max(...sets.map(({ k }) => k)) * d) / 256);
  const scratch = [words, fits, partials];
  const prepared = chunks.map((chunk, c) => {
    const dispatches: Dispatch[] = [];
    const { perPart, most } = sizes[c];
    for (let from = 0; from < chunk.n; from += most * perPart) {
      const to = Math.min(chunk.n, from + most * perPart);
      const parts = Math.ceil((to - from) / perPart);
      const fresh = c === 0 && from === 0 ? 1 : 0;
      const params = gpu.uniform(
        [d, from, chunk.n, to, perPart, plan.total, slices, plan.segmentsAt],
        'update params',
      );
      const reduceParams = gpu.uniform([d, parts, plan.total, fresh], 'reduce params');
      scratch.push(params, reduceParams);
      dispatches.push(
        {
          label: 'update',
          pipeline: add,
          bindings: gpu.bind(add, [params, chunk.buffer, words, states, labels[c].labels, partials, counts]),
          groups: [plan.groups * slices, parts],
          work: (to - from) * sets.length * d,
        },
        {
          label: 'reduce',
          pipeline: reduce,
          bindings: gpu.bind(reduce, [reduceParams, fits, states, partials, totals]),
          groups: [Math.min(widest, gpu.ceilings.workgroups), sets.length],
          work: parts * elements,
        },
      );
    }
    return dispatches;
  });
  return { chunks: prepared, scratch };
}

/** Rows of one part (few enough that f32 sums stay exact enough) and the most parts of one dispatch. */
function partition(gpu: Gpu, n: number, { total }: UpdatePlan, sets: number, d: number) {
  const perPart = Math.min(4096, Math.max(64, Math.ceil(n / 256)));
  const byMemory = Math.floor(Math.min(PARTIAL_BYTES, gpu.bindingLimit) / (total * d * 4));
  const byWork = Math.floor(gpu.dispatchWork / (sets * d * perPart));
  const most = Math.max(1, Math.min(byMemory, byWork, gpu.ceilings.workgroups));
  const all = Math.ceil(n / perPart);
  if (most >= all) return { perPart, most: all };
  return { perPart, most: most < GROUP ? most : most - (most % GROUP) };
}
