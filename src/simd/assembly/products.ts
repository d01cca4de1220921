import { dots4x8 } from './dots';

/** The job of `centrePanels` and `scatter`: (X - mean)^T (X - mean) of some rows, added to d x d f64. */
class ScatterJob {
  /** The first of these rows. */
  x: usize;
  d: u32;
  /** d f32. */
  mean: usize;
  rows: u32;
  /** The rows minus the mean, in panels of eight columns (the last filled up with zeros): rows x 8 f32 each. */
  packed: usize;
  /** panels * 8 squared f64; only the panels on and above the diagonal are written. */
  out: usize;
  /** 128 bytes for each thread. */
  scratch: usize;
}

/** Lays out a panel of columns: one part a panel. */
export function centrePanels(job: usize, part: u32, _thread: u32): void {
  const all = changetype<ScatterJob>(job);
  const column = part << 3;
  const columns = min(all.d - column, <u32>8);
  const stride = (<usize>all.d) << 2;
  const mean = all.mean + ((<usize>column) << 2);
  let x = all.x + ((<usize>column) << 2);
  let to = all.packed + <usize>part * ((<usize>all.rows) << 5);
  for (let r: u32 = 0; r < all.rows; r++) {
    for (let q: u32 = 0; q < 8; q++) {
      const at = (<usize>q) << 2;
      store<f32>(to + at, q < columns ? load<f32>(x + at) - load<f32>(mean + at) : 0);
    }
    x += stride;
    to += 32;
  }
}

/** One panel of columns with itself and all after it: one part a panel. */
export function scatter(job: usize, part: u32, thread: u32): void {
  const all = changetype<ScatterJob>(job);
  const tile = all.scratch + ((<usize>thread) << 7);
  const panels = (all.d + 7) >> 3;
  const size = (<usize>all.rows) << 5;
  const own = all.packed + <usize>part * size;
  const stride = (<usize>panels) << 6;
  for (let q = part; q < panels; q++) {
    for (let half: usize = 0; half < 2; half++) {
      const x = own + (half << 4);
      dots4x8(x, x + 4, x + 8, x + 12, 32, all.packed + <usize>q * size, 32, all.rows, tile);
      let to = all.out + (((<usize>part) << 3) + (half << 2)) * stride + ((<usize>q) << 6);
      for (let r: usize = 0; r < 4; r++) {
        addEight(to, tile + (r << 5));
        to += stride;
      }
    }
  }
}

function addEight(to: usize, from: usize): void {
  for (let q: usize = 0; q < 8; q++) {
    const at = to + (q << 3);
    store<f64>(at, load<f64>(at) + load<f32>(from + (q << 2)));
  }
}

/** The job of `project`: (X - mean) V^T for rows `from` .. `to` - 1 and panels of eight vectors. */
class ProjectJob {
  x: usize;
  d: u32;
  mean: usize;
  from: u32;
  to: u32;
  rowsPerPart: u32;
  r: u32;
  /** ceil(r / 8) panels of d x 8 f32. */
  packed: usize;
  /** (to - from) x r f32. */
  out: usize;
  /** `scratchSize` bytes for each thread: 128, then 4 x d f32. */
  scratch: usize;
  scratchSize: u32;
}

export function project(job: usize, part: u32, thread: u32): void {
  const all = changetype<ProjectJob>(job);
  const tile = all.scratch + <usize>thread * all.scratchSize;
  const rows = tile + 128;
  const stride = (<usize>all.d) << 2;
  const panels = (all.r + 7) >> 3;
  const from = all.from + part * all.rowsPerPart;
  const to = min(from + all.rowsPerPart, all.to);
  for (let i = from; i < to; i += 4) {
    const count = min(to - i, <u32>4);
    for (let q: u32 = 0; q < count; q++) centreRow(all, i + q, rows + <usize>q * stride);
    for (let p: u32 = 0; p < panels; p++) {
      const panel = all.packed + <usize>p * (stride << 3);
      dots4x8(rows, rows + stride, rows + 2 * stride, rows + 3 * stride, 4, panel, 32, all.d, tile);
      const width = min(all.r - (p << 3), <u32>8);
      for (let q: u32 = 0; q < count; q++) {
        const out = all.out + ((<usize>(i + q - all.from) * all.r + (p << 3)) << 2);
        memory.copy(out, tile + ((<usize>q) << 5), (<usize>width) << 2);
      }
    }
  }
}

function centreRow(all: ProjectJob, i: u32, to: usize): void {
  const stride = (<usize>all.d) << 2;
  const x = all.x + <usize>i * stride;
  for (let t: usize = 0; t < stride; t += 4) store<f32>(to + t, load<f32>(x + t) - load<f32>(all.mean + t));
}
