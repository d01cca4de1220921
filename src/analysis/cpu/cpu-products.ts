import { theTeam } from '../../simd/matrix';
import type { Products } from '../products';
import type { Rows } from '../rows';
import { ArenaRows, rowsPerPart } from './rows-in-arena';
import { Scratch } from './scratch';

const PANEL = 8;
/** Rows whose products are summed in f32 before they are added to the f64 total. */
const SCATTER_ROWS = 256;
/** Bytes of projections at once. */
const MOST_BYTES = 2 ** 25;

/**
 * Products of rows in f32, summed over blocks in f64; scatter computes half of the symmetric matrix. Relative error about
 * 1e-6 of the largest entry.
 */
export class CpuProducts implements Products {
  async scatter(rows: Rows, mean: Float64Array, signal?: AbortSignal): Promise<Float64Array> {
    const placed = new ArenaRows(rows);
    const memory = new Scratch(placed.arena);
    try {
      return await scatter(placed, memory, mean, signal);
    } finally {
      memory.close();
      placed.close();
    }
  }

  async project(
    rows: Rows,
    mean: Float64Array,
    vectors: Float64Array,
    r: number,
    signal?: AbortSignal,
  ): Promise<Float32Array> {
    const placed = new ArenaRows(rows);
    const memory = new Scratch(placed.arena);
    try {
      return await project(placed, memory, mean, vectors, r, signal);
    } finally {
      memory.close();
      placed.close();
    }
  }
}

async function scatter(
  rows: ArenaRows,
  memory: Scratch,
  mean: Float64Array,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const { arena, n, d, x } = rows;
  const panels = Math.ceil(d / PANEL);
  const width = PANEL * panels;
  const means = memory.take(4 * d);
  const packed = memory.take(4 * SCATTER_ROWS * width);
  const out = memory.take(8 * width * width);
  arena.f32(means, d).set(mean);
  arena.f64(out, width * width).fill(0);
  for (let from = 0; from < n; from += SCATTER_ROWS) {
    const count = Math.min(SCATTER_ROWS, n - from);
    const job = (scratch: Scratch) =>
      scratch.struct([x + 4 * from * d, d, means, count, packed, out, scratch.take(128 * theTeam().threads)]);
    await rows.run('centrePanels', panels, signal, job);
    await rows.run('scatter', panels, signal, job);
  }
  return mirrored(arena.f64(out, width * width), d, width);
}

/** The d x d matrix whose upper half is known, from rows of `width`. */
function mirrored(upper: Float64Array, d: number, width: number): Float64Array {
  const whole = new Float64Array(d * d);
  for (let p = 0; p < d; p++)
    for (let q = p; q < d; q++) whole[p * d + q] = whole[q * d + p] = upper[p * width + q];
  return whole;
}

async function project(
  rows: ArenaRows,
  memory: Scratch,
  mean: Float64Array,
  vectors: Float64Array,
  r: number,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const { arena, n, d, x } = rows;
  const panels = Math.ceil(r / PANEL);
  const means = memory.take(4 * d);
  const packed = memory.take(4 * PANEL * panels * d);
  arena.f32(means, d).set(mean);
  const lanes = arena.f32(packed, PANEL * panels * d).fill(0);
  for (let v = 0; v < r; v++)
    for (let t = 0; t < d; t++) lanes[(v >> 3) * PANEL * d + t * PANEL + (v & 7)] = vectors[v * d + t];

  const result = new Float32Array(n * r);
  const batch = Math.max(4, Math.min(n, Math.floor(MOST_BYTES / (4 * Math.max(1, r)))));
  const out = memory.take(4 * batch * r);
  const scratchSize = 128 + 16 * d;
  for (let from = 0; from < n; from += batch) {
    const to = Math.min(from + batch, n);
    const perPart = rowsPerPart(to - from, PANEL * panels * d);
    await rows.run('project', Math.ceil((to - from) / perPart), signal, (scratch) => {
      const threads = scratch.take(scratchSize * theTeam().threads);
      return scratch.struct([x, d, means, from, to, perPart, r, packed, out, threads, scratchSize]);
    });
    result.set(arena.f32(out, (to - from) * r), from * r);
  }
  return result;
}
