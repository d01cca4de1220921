import { OUT, keepOne, keepPanel, listOpen } from './bounds';
import { FIT_BYTES, Fit, PART_BYTES, Part } from './fit';
import { AssignJob, errorOf, exactSquared, multiplyFour, scoreListed, scoreOne } from './scores';

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

/**
 * The label of row i, from the distances to its own centre and to those that the bounds leave open. `work` holds two words
 * for each centre.
 */
function assignBounded(all: AssignJob, fit: Fit, i: usize, before: u32, work: usize): u32 {
  let upper = (load<f32>(fit.upper + (i << 2)) + load<f32>(fit.moves + ((<usize>before) << 2))) * OUT;
  let count = listOpen(fit, i, before, upper, work);
  if (count > 0) {
    const square = load<f32>(all.squares + (i << 2));
    const error = errorOf(all, fit, i, square);
    // So are the length of the row and the sums.
    const slack = error + square * 4e-7;
    const scores = work + ((<usize>fit.k) << 2);
    const score = scoreOne(all, fit, i, before);
    upper = min(upper, sqrt(max(square + score + slack, 0)) * OUT);
    count = listOpen(fit, i, before, upper, work);
    if (8 * count > 5 * fit.k) return MANY;
    if (count > 0) {
      scoreListed(all, fit, i, work, count, scores);
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

function keepUpper(fit: Fit, i: usize, squared: f64): void {
  store<f32>(fit.upper + (i << 2), <f32>sqrt(max(squared, 0)) * OUT);
}

/** Compares the listed rows with every centre, four at a time; returns how many labels changed. */
function assignRest(all: AssignJob, fit: Fit, count: u32, rest: usize, scores: usize): u32 {
  const panels = (fit.k + 7) >> 3;
  const last = count - 1;
  let changed: u32 = 0;
  for (let at: u32 = 0; at < count; at += 4) {
    multiplyFour(
      all,
      fit,
      load<u32>(rest + ((<usize>at) << 2)),
      load<u32>(rest + ((<usize>min(at + 1, last)) << 2)),
      load<u32>(rest + ((<usize>min(at + 2, last)) << 2)),
      load<u32>(rest + ((<usize>min(at + 3, last)) << 2)),
      scores,
    );
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
  const error = errorOf(all, fit, i, square);
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
