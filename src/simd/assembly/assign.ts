import { dots4x8 } from './dots';
import { squaredDistance } from './vectors';

/**
 * The job of `assign`. Every field has four bytes; addresses are in bytes. The mirror in TypeScript is
 * src/analysis/cpu/slots.ts.
 */
class AssignJob {
  /** n x d f32. */
  x: usize;
  d: u32;
  /** Squared lengths of the rows, f32. */
  squares: usize;
  /** The rows that parts count over, u32; 0 when these are 0, 1, 2, ... */
  rows: usize;
  /** An array of `Fit`. */
  fits: usize;
  /** An array of `Part`. */
  parts: usize;
  /** Rows that stay in the cache while every fit of a part looks at them. */
  block: u32;
  /** `scratchSize` bytes for each thread: `block` u32, then 32 x panels f32 of the fit with the most. */
  scratch: usize;
  scratchSize: u32;
}

/** Rows `from` .. `to` - 1 for the fits `first` .. `last` - 1; `changed` receives a u32 for each of these fits. */
class Part {
  first: u32;
  last: u32;
  from: u32;
  to: u32;
  changed: usize;
}

class Fit {
  k: u32;
  /** k x d f64. */
  centres: usize;
  /** The centres in panels of eight (the last filled up with zeros), each d x 8 f32. */
  packed: usize;
  /** Squared lengths of the centres, f32; infinite where a panel is filled up. */
  norms: usize;
  /** Labels of the step before and of this one, u16. */
  before: usize;
  labels: usize;
  /** Hamerly's bounds on the distance to the own centre and to any other, f32; 0 when there are none. */
  upper: usize;
  lower: usize;
  /** Whether the bounds hold for the centres of the step before. */
  bounded: u32;
  /** Whether the bounds are to be kept. */
  keep: u32;
  /** How far each centre has moved since, f32, rounded up; the farthest of them, its move, and the next farthest move. */
  moves: usize;
  farthest: u32;
  most: f32;
  next: f32;
  /** A score |c|^2 - 2 x.c in f32 is wrong by at most errorScale * |x| + errorBase. */
  errorScale: f32;
  errorBase: f32;
}

const PART_BYTES: usize = 20;
const FIT_BYTES: usize = 64;
/** Room for the rounding of one f32 operation, twice over: bounds are moved outward by it each time. */
const OUT: f32 = 1.0 + 2.4e-7;
const IN: f32 = 1.0 - 2.4e-7;

/** Assigns the rows of a part to the nearest centres of its fits, ties to the lowest index. */
export function assign(job: usize, part: u32, thread: u32): void {
  const all = changetype<AssignJob>(job);
  const own = changetype<Part>(all.parts + <usize>part * PART_BYTES);
  const scratch = all.scratch + <usize>thread * all.scratchSize;
  for (let f = own.first; f < own.last; f++) store<u32>(own.changed + ((f - own.first) << 2), 0);
  for (let from = own.from; from < own.to; from += all.block) {
    const to = min(from + all.block, own.to);
    for (let f = own.first; f < own.last; f++) {
      const fit = changetype<Fit>(all.fits + <usize>f * FIT_BYTES);
      const count = openRows(fit, all.rows, from, to, scratch);
      const changed = assignOpen(all, fit, count, scratch);
      const tally = own.changed + ((f - own.first) << 2);
      store<u32>(tally, load<u32>(tally) + changed);
    }
  }
}

/** Lists the rows whose label the bounds do not settle; the others keep theirs. */
function openRows(fit: Fit, rows: usize, from: u32, to: u32, open: usize): u32 {
  let count: u32 = 0;
  for (let r = from; r < to; r++) {
    const i: usize = rows ? load<u32>(rows + ((<usize>r) << 2)) : r;
    if (fit.bounded) {
      const label = load<u16>(fit.before + (i << 1));
      const upper = (load<f32>(fit.upper + (i << 2)) + load<f32>(fit.moves + ((<usize>label) << 2))) * OUT;
      const move = label == fit.farthest ? fit.next : fit.most;
      const lower = (load<f32>(fit.lower + (i << 2)) - move) * IN;
      if (upper < lower) {
        store<u16>(fit.labels + (i << 1), label);
        if (fit.keep) {
          store<f32>(fit.upper + (i << 2), upper);
          store<f32>(fit.lower + (i << 2), lower);
        }
        continue;
      }
    }
    store<u32>(open + ((<usize>count) << 2), <u32>i);
    count++;
  }
  return count;
}

/** Compares the listed rows with every centre, four at a time; returns how many labels changed. */
function assignOpen(all: AssignJob, fit: Fit, count: u32, open: usize): u32 {
  const scores = open + ((<usize>all.block) << 2);
  const x = all.x;
  const d = all.d;
  const stride = (<usize>d) << 2;
  const panels = (fit.k + 7) >> 3;
  let changed: u32 = 0;
  for (let at: u32 = 0; at < count; at += 4) {
    const last = count - 1;
    const x0 = x + <usize>load<u32>(open + ((<usize>at) << 2)) * stride;
    const x1 = x + <usize>load<u32>(open + ((<usize>min(at + 1, last)) << 2)) * stride;
    const x2 = x + <usize>load<u32>(open + ((<usize>min(at + 2, last)) << 2)) * stride;
    const x3 = x + <usize>load<u32>(open + ((<usize>min(at + 3, last)) << 2)) * stride;
    for (let p: u32 = 0; p < panels; p++)
      dots4x8(x0, x1, x2, x3, 4, fit.packed + <usize>p * (stride << 3), 32, d, scores + ((<usize>p) << 7));
    const lanes = min(<u32>4, count - at);
    for (let r: u32 = 0; r < lanes; r++) {
      const i: usize = load<u32>(open + ((<usize>(at + r)) << 2));
      const label = settle(all, fit, i, panels, scores + ((<usize>r) << 5));
      if (label != load<u16>(fit.before + (i << 1))) changed++;
      store<u16>(fit.labels + (i << 1), label);
    }
  }
  return changed;
}

/**
 * The label of row i from its dot products (eight of each panel, 128 bytes apart). Two centres whose scores differ by less
 * than both can be wrong are compared again in f64 as sums of (x - c)^2.
 */
function settle(all: AssignJob, fit: Fit, i: usize, panels: u32, dots: usize): u16 {
  let first = f32x4.splat(Infinity);
  let second = f32x4.splat(Infinity);
  let place = i32x4.splat(0);
  let here = i32x4(0, 1, 2, 3);
  const four = i32x4.splat(4);
  let norms = fit.norms;
  let at = dots;
  for (let p: u32 = 0; p < panels; p++) {
    for (let half: usize = 0; half < 32; half += 16) {
      const dot = v128.load(at + half);
      const score = f32x4.sub(v128.load(norms + half), f32x4.add(dot, dot));
      v128.store(at + half, score);
      const less = f32x4.lt(score, first);
      second = f32x4.pmin(second, v128.bitselect(first, score, less));
      first = v128.bitselect(score, first, less);
      place = v128.bitselect(here, place, less);
      here = i32x4.add(here, four);
    }
    at += 128;
    norms += 32;
  }
  let best = f32x4.extract_lane(first, 0);
  let next = f32x4.extract_lane(second, 0);
  let label = i32x4.extract_lane(place, 0);
  for (let lane = 1; lane < 4; lane++) {
    first = v128.shuffle<i32>(first, first, 1, 2, 3, 0);
    second = v128.shuffle<i32>(second, second, 1, 2, 3, 0);
    place = v128.shuffle<i32>(place, place, 1, 2, 3, 0);
    const score = f32x4.extract_lane(first, 0);
    if (score < best) {
      next = min(best, f32x4.extract_lane(second, 0));
      best = score;
      label = i32x4.extract_lane(place, 0);
    } else {
      next = min(next, score);
    }
  }
  const square = load<f32>(all.squares + (i << 2));
  const error = fit.errorScale * sqrt(square) + fit.errorBase;
  // The length of the row is rounded too.
  const slack: f64 = <f64>error + <f64>square * 6e-8;
  if (next - best > 2 * error) {
    if (fit.keep) keepBounds(fit, i, <f64>square + best + slack, <f64>square + next - slack);
    return <u16>label;
  }
  const x = all.x + i * ((<usize>all.d) << 2);
  let least: f64 = Infinity;
  for (let c: u32 = 0; c < fit.k; c++) {
    const score = load<f32>(dots + ((<usize>(c >> 3)) << 7) + ((<usize>(c & 7)) << 2));
    if (score > best + 2 * error) continue;
    const squared = squaredDistance(x, fit.centres + <usize>c * ((<usize>all.d) << 3), all.d);
    if (squared < least) {
      least = squared;
      label = c;
    }
  }
  if (fit.keep) keepBounds(fit, i, least, <f64>square + best - slack);
  return <u16>label;
}

/** From squared distances. */
function keepBounds(fit: Fit, i: usize, upper: f64, lower: f64): void {
  store<f32>(fit.upper + (i << 2), <f32>sqrt(max(upper, 0)) * OUT);
  store<f32>(fit.lower + (i << 2), <f32>sqrt(max(lower, 0)) * IN);
}

/** The job of `measure`: squared distance of each row to the centre of its label, f64, at the place of the row. */
class MeasureJob {
  x: usize;
  d: u32;
  rows: usize;
  fits: usize;
  parts: usize;
  squared: usize;
}

export function measure(job: usize, part: u32, _thread: u32): void {
  const all = changetype<MeasureJob>(job);
  const own = changetype<Part>(all.parts + <usize>part * PART_BYTES);
  const d = all.d;
  for (let f = own.first; f < own.last; f++) {
    const fit = changetype<Fit>(all.fits + <usize>f * FIT_BYTES);
    for (let r = own.from; r < own.to; r++) {
      const i: usize = all.rows ? load<u32>(all.rows + ((<usize>r) << 2)) : r;
      const c = fit.centres + <usize>load<u16>(fit.labels + (i << 1)) * ((<usize>d) << 3);
      store<f64>(all.squared + (i << 3), squaredDistance(all.x + i * ((<usize>d) << 2), c, d));
    }
  }
}

/** The job of `lengths`: squared length of each row, summed in f64, kept as f32. */
class LengthsJob {
  x: usize;
  d: u32;
  n: u32;
  squares: usize;
  rowsPerPart: u32;
}

export function lengths(job: usize, part: u32, _thread: u32): void {
  const all = changetype<LengthsJob>(job);
  const stride = (<usize>all.d) << 2;
  const from = part * all.rowsPerPart;
  const to = min(from + all.rowsPerPart, all.n);
  for (let i: usize = from; i < to; i++) {
    let x = all.x + i * stride;
    const end = x + stride;
    let sum: f64 = 0;
    while (x < end) {
      const value = <f64>load<f32>(x);
      sum += value * value;
      x += 4;
    }
    store<f32>(all.squares + (i << 2), <f32>sum);
  }
}
