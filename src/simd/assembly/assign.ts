import { OUT, keepOne, keepPanel, listOpen } from './bounds';
import { dot, dots1x4, dots4x8 } from './dots';
import { FIT_BYTES, Fit, PART_BYTES, Part } from './fit';
import { squaredDistance } from './vectors';

/**
 * The job of `assign`. Every field has four bytes; addresses are in bytes. The mirror in TypeScript is
 * src/analysis/cpu/fits.ts.
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

/** Assigns the rows of a part to the nearest centres of its fits, ties to the lowest index. */
export function assign(job: usize, part: u32, thread: u32): void {
  const all = changetype<AssignJob>(job);
  const own = changetype<Part>(all.parts + <usize>part * PART_BYTES);
  const rest = all.scratch + <usize>thread * all.scratchSize;
  const work = rest + ((<usize>all.block) << 2);
  for (let f = own.first; f < own.last; f++) store<u32>(own.changed + ((f - own.first) << 2), 0);
  for (let from = own.from; from < own.to; from += all.block) {
    const to = min(from + all.block, own.to);
    for (let f = own.first; f < own.last; f++) {
      const fit = changetype<Fit>(all.fits + <usize>f * FIT_BYTES);
      let count: u32 = 0;
      let changed: u32 = 0;
      for (let r = from; r < to; r++) {
        const i: usize = all.rows ? load<u32>(all.rows + ((<usize>r) << 2)) : r;
        const before = <u32>load<u16>(fit.before + (i << 1));
        let label = MANY;
        if (fit.columns) label = assignSeeded(all, fit, i, work);
        else if (fit.bounded) label = assignBounded(all, fit, i, before, work);
        if (label == MANY) {
          store<u32>(rest + ((<usize>count) << 2), <u32>i);
          count++;
        } else {
          store<u16>(fit.labels + (i << 1), <u16>label);
          changed += u32(label != before);
        }
      }
      changed += assignRest(all, fit, count, rest, work);
      const tally = own.changed + ((f - own.first) << 2);
      store<u32>(tally, load<u32>(tally) + changed);
    }
  }
}

/** Stands for a row that so many centres may be nearest to that comparing all of them is faster. */
const MANY: u32 = 0xffffffff;

/** How much a computed score of row i may be off, at most. */
function errorOf(fit: Fit, square: f32): f32 {
  return fit.errorScale * sqrt(square) + fit.errorBase;
}

/**
 * The label of row i, from the distances to its own centre and to those that the bounds leave open. `work` holds two words
 * for each centre.
 */
function assignBounded(all: AssignJob, fit: Fit, i: usize, before: u32, work: usize): u32 {
  let upper = (load<f32>(fit.upper + (i << 2)) + load<f32>(fit.moves + ((<usize>before) << 2))) * OUT;
  let count = listOpen(fit, i, before, upper, work);
  if (count > 0) {
    const d = all.d;
    const stride = (<usize>d) << 2;
    const x = all.x + i * stride;
    const square = load<f32>(all.squares + (i << 2));
    const error = errorOf(fit, square);
    // So are the length of the row and the sums.
    const slack = error + square * 4e-7;
    const scores = work + ((<usize>fit.k) << 2);
    const product = dot(x, fit.flat + <usize>before * stride, d);
    const score = load<f32>(fit.norms + ((<usize>before) << 2)) - 2 * product;
    upper = min(upper, sqrt(max(square + score + slack, 0)) * OUT);
    count = listOpen(fit, i, before, upper, work);
    if (8 * count > 5 * fit.k) return MANY;
    if (count > 0) {
      scoreListed(fit, x, d, work, count, scores);
      return settleFew(all, fit, i, before, score, work, count, scores, error, slack);
    }
  }
  if (fit.keep) store<f32>(fit.upper + (i << 2), upper);
  return before;
}

/** The label of row i where its distances to all centres are known from the seeding. `work` holds a word for each. */
function assignSeeded(all: AssignJob, fit: Fit, i: usize, work: usize): u32 {
  const error = fit.columnError;
  const panels = (fit.k + 7) >> 3;
  let best: f32 = Infinity;
  let next: f32 = Infinity;
  let label: u32 = 0;
  for (let c: u32 = 0; c < fit.k; c++) {
    const squared = load<f32>(<usize>load<u32>(fit.columns + ((<usize>c) << 2)) + (i << 2));
    store<f32>(work + ((<usize>c) << 2), squared * (1 - error));
    if (squared < best) {
      next = best;
      best = squared;
      label = c;
    } else next = min(next, squared);
  }
  if (fit.keep) {
    for (let c = fit.k; c < panels << 3; c++) store<f32>(work + ((<usize>c) << 2), Infinity);
    for (let p: u32 = 0; p < panels; p++) keepPanel(fit, i, p, work + ((<usize>p) << 5), 0, 0);
  }
  let squared = <f64>best * (1 + error);
  if (!(next * (1 - error) > squared)) {
    const limit = <f32>squared;
    squared = Infinity;
    for (let c: u32 = 0; c < fit.k; c++) {
      if (load<f32>(work + ((<usize>c) << 2)) > limit) continue;
      const other = exactSquared(all, fit, i, c);
      if (other < squared) {
        squared = other;
        label = c;
      }
    }
  }
  if (fit.keep) keepUpper(fit, i, squared);
  return label;
}

/** |c|^2 - 2 x.c for the listed centres, four at a time. */
function scoreListed(fit: Fit, x: usize, d: u32, list: usize, count: u32, scores: usize): void {
  const stride = (<usize>d) << 2;
  const last = count - 1;
  for (let at: u32 = 0; at < count; at += 4) {
    const c0 = <usize>load<u32>(list + ((<usize>at) << 2));
    const c1 = <usize>load<u32>(list + ((<usize>min(at + 1, last)) << 2));
    const c2 = <usize>load<u32>(list + ((<usize>min(at + 2, last)) << 2));
    const c3 = <usize>load<u32>(list + ((<usize>min(at + 3, last)) << 2));
    const to = scores + ((<usize>at) << 2);
    const flat = fit.flat;
    dots1x4(x, flat + c0 * stride, flat + c1 * stride, flat + c2 * stride, flat + c3 * stride, d, to);
    for (let q: u32 = 0; q < min(count - at, <u32>4); q++) {
      const c = load<u32>(list + ((<usize>(at + q)) << 2));
      const place = to + ((<usize>q) << 2);
      store<f32>(place, load<f32>(fit.norms + ((<usize>c) << 2)) - 2 * load<f32>(place));
    }
  }
}

/** The nearest of the own centre and the listed ones. */
function settleFew(
  all: AssignJob,
  fit: Fit,
  i: usize,
  before: u32,
  own: f32,
  list: usize,
  count: u32,
  scores: usize,
  error: f32,
  slack: f32,
): u32 {
  const square = load<f32>(all.squares + (i << 2));
  let best = own;
  let next: f32 = Infinity;
  let label = before;
  for (let q: u32 = 0; q < count; q++) {
    const c = load<u32>(list + ((<usize>q) << 2));
    const score = load<f32>(scores + ((<usize>q) << 2));
    if (score < best) {
      next = best;
      best = score;
      label = c;
    } else next = min(next, score);
    if (fit.keep) keepOne(fit, i, c, score, square, slack);
  }
  let squared = <f64>square + best + slack;
  if (!(next - best > 2 * error)) {
    squared = exactSquared(all, fit, i, before);
    label = before;
    for (let q: u32 = 0; q < count; q++) {
      if (load<f32>(scores + ((<usize>q) << 2)) > best + 2 * error) continue;
      const c = load<u32>(list + ((<usize>q) << 2));
      const other = exactSquared(all, fit, i, c);
      if (other < squared || (other == squared && c < label)) {
        squared = other;
        label = c;
      }
    }
  }
  if (fit.keep) {
    keepOne(fit, i, before, own, square, slack);
    keepUpper(fit, i, squared);
  }
  return label;
}

function exactSquared(all: AssignJob, fit: Fit, i: usize, c: u32): f64 {
  const d = all.d;
  return squaredDistance(all.x + i * ((<usize>d) << 2), fit.centres + <usize>c * ((<usize>d) << 3), d);
}

function keepUpper(fit: Fit, i: usize, squared: f64): void {
  store<f32>(fit.upper + (i << 2), <f32>sqrt(max(squared, 0)) * OUT);
}

/** Compares the listed rows with every centre, four at a time; returns how many labels changed. */
function assignRest(all: AssignJob, fit: Fit, count: u32, rest: usize, scores: usize): u32 {
  const x = all.x;
  const d = all.d;
  const stride = (<usize>d) << 2;
  const panels = (fit.k + 7) >> 3;
  let changed: u32 = 0;
  for (let at: u32 = 0; at < count; at += 4) {
    const last = count - 1;
    const x0 = x + <usize>load<u32>(rest + ((<usize>at) << 2)) * stride;
    const x1 = x + <usize>load<u32>(rest + ((<usize>min(at + 1, last)) << 2)) * stride;
    const x2 = x + <usize>load<u32>(rest + ((<usize>min(at + 2, last)) << 2)) * stride;
    const x3 = x + <usize>load<u32>(rest + ((<usize>min(at + 3, last)) << 2)) * stride;
    for (let p: u32 = 0; p < panels; p++)
      dots4x8(x0, x1, x2, x3, 4, fit.packed + <usize>p * (stride << 3), 32, d, scores + ((<usize>p) << 7));
    const lanes = min(<u32>4, count - at);
    for (let r: u32 = 0; r < lanes; r++) {
      const i: usize = load<u32>(rest + ((<usize>(at + r)) << 2));
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
  const square = load<f32>(all.squares + (i << 2));
  const error = errorOf(fit, square);
  const slack = error + square * 4e-7;
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
    if (fit.keep) keepPanel(fit, i, p, at, square, slack);
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
  let squared = <f64>square + best + slack;
  if (!(next - best > 2 * error)) {
    squared = Infinity;
    for (let c: u32 = 0; c < fit.k; c++) {
      const score = load<f32>(dots + ((<usize>(c >> 3)) << 7) + ((<usize>(c & 7)) << 2));
      if (score > best + 2 * error) continue;
      const other = exactSquared(all, fit, i, c);
      if (other < squared) {
        squared = other;
        label = c;
      }
    }
  }
  if (fit.keep) keepUpper(fit, i, squared);
  return <u16>label;
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
