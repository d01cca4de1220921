import { encode } from './coded';

/**
 * The job of `move`: new centres of fits in every form that `assign` reads, and how far they have come. A part is one fit. The
 * mirror in TypeScript is src/analysis/cpu/move.ts.
 */
class MoveJob {
  d: u32;
  /** Bytes of a centre in 16 bits; 0 if there are none. */
  codeStride: u32;
  /** An array of `Move`. */
  moves: usize;
  /** An array of `Outcome`. */
  outcomes: usize;
}

class Move {
  k: u32;
  /** The new centres are sums over counts: groups x k x d f64 and groups x k u32, to be added up over the groups. */
  sums: usize;
  counts: usize;
  groups: u32;
  /** The centres that moves are counted from, k x d f64, and their way, k f64; may be those that are written. */
  before: usize;
  wayBefore: usize;
  /** k x d f64. */
  exact: usize;
  /** From here on as in `Fit`. */
  flat: usize;
  packed: usize;
  norms: usize;
  moves: usize;
  drift: usize;
  /** How far each centre has come since the bounds were last set anew, f64. */
  way: usize;
  codeFlat: usize;
  codePacked: usize;
  codeUnits: usize;
  /** Whether the way starts from zero. */
  restart: u32;
  /** Units of a distance of 1. */
  units: f32;
}

class Outcome {
  /** Summed squared moves. */
  shift: f64;
  /** The longest squared length of a centre. */
  longest: f64;
  /** The most that a coded centre is off, as a vector; what the last one is. */
  worst: f32;
  off: f32;
  /** Whether the way was too far for the bounds: it starts from zero, as they must. */
  far: u32;
}

const MOVE_BYTES: usize = 72;
const OUTCOME_BYTES: usize = 32;
/** Bounds are kept in 16 bits, of which the way may take this much. */
const MOST_DRIFT: f64 = 0x7000;
/** Carries a move that was computed in f64 safely over the rounding to f32. */
const UP: f64 = 1.0 + 2.4e-7;

export function move(job: usize, part: u32, _thread: u32): void {
  const all = changetype<MoveJob>(job);
  const fit = changetype<Move>(all.moves + <usize>part * MOVE_BYTES);
  const outcome = changetype<Outcome>(all.outcomes + <usize>part * OUTCOME_BYTES);
  const d = all.d;
  outcome.shift = 0;
  outcome.longest = 0;
  outcome.worst = 0;
  for (let c: u32 = 0; c < fit.k; c++) {
    const norm = moveOne(fit, c, d, outcome);
    outcome.longest = max(outcome.longest, norm);
    const flat = fit.flat + <usize>c * ((<usize>d) << 2);
    spread(flat, d, fit.packed, c);
    if (all.codeStride == 0) continue;
    const code = fit.codeFlat + <usize>c * all.codeStride;
    const off = changetype<usize>(outcome) + offsetof<Outcome>('off');
    const unit = encode(flat, d, sqrt(norm), code, all.codeStride, off);
    store<f32>(fit.codeUnits + ((<usize>c) << 2), unit);
    outcome.worst = max(outcome.worst, outcome.off);
    spread(code, all.codeStride >> 2, fit.codePacked, c);
  }
  outcome.far = u32(drift(fit));
}

/** Writes centre c in f64 and f32; returns its squared length. */
function moveOne(fit: Move, c: u32, d: u32, outcome: Outcome): f64 {
  const step = (<usize>fit.k * d) << 3;
  const row = (<usize>c * d) << 3;
  let count: u32 = 0;
  for (let g: u32 = 0; g < fit.groups; g++) count += load<u32>(fit.counts + ((<usize>(g * fit.k + c)) << 2));
  const size = <f64>count;
  const sizes = f64x2.splat(size);
  let sums = fit.sums + row;
  const end = sums + ((<usize>d) << 3);
  const last = <usize>(fit.groups - 1) * step;
  let before = fit.before + row;
  let exact = fit.exact + row;
  let flat = fit.flat + (row >> 1);
  let lengths = f64x2.splat(0);
  let gaps = f64x2.splat(0);
  for (; sums + 16 <= end; sums += 16) {
    let sum = v128.load(sums);
    for (let at = sums + step; at <= sums + last; at += step) sum = f64x2.add(sum, v128.load(at));
    const x = f64x2.div(sum, sizes);
    const gap = f64x2.sub(x, v128.load(before));
    lengths = f64x2.add(lengths, f64x2.mul(x, x));
    gaps = f64x2.add(gaps, f64x2.mul(gap, gap));
    v128.store(exact, x);
    v128.store64_lane(flat, f32x4.demote_f64x2_zero(x), 0);
    before += 16;
    exact += 16;
    flat += 8;
  }
  let length = f64x2.extract_lane(lengths, 0) + f64x2.extract_lane(lengths, 1);
  let moved = f64x2.extract_lane(gaps, 0) + f64x2.extract_lane(gaps, 1);
  if (sums < end) {
    let sum = load<f64>(sums);
    for (let at = sums + step; at <= sums + last; at += step) sum += load<f64>(at);
    const x = sum / size;
    const gap = x - load<f64>(before);
    length += x * x;
    moved += gap * gap;
    store<f64>(exact, x);
    store<f32>(flat, <f32>x);
  }
  store<f32>(fit.norms + ((<usize>c) << 2), <f32>length);
  store<f32>(fit.moves + ((<usize>c) << 2), <f32>(sqrt(moved) * UP));
  outcome.shift += moved;
  return length;
}

/** Writes the words of centre c where its panel of eight wants them, side by side with those of the others. */
function spread(from: usize, words: u32, panels: usize, c: u32): void {
  let to = panels + ((<usize>(c >> 3) * words) << 5) + ((<usize>(c & 7)) << 2);
  const end = from + ((<usize>words) << 2);
  for (; from < end; from += 4) {
    store<u32>(to, load<u32>(from));
    to += 32;
  }
}

/** Adds the moves to the way; returns whether it has become too far. */
function drift(fit: Move): bool {
  let far = false;
  for (let c: usize = 0; c < fit.k; c++) {
    const way = load<f64>(fit.wayBefore + (c << 3)) + <f64>load<f32>(fit.moves + (c << 2));
    store<f64>(fit.way + (c << 3), way);
    far = far || !(way * fit.units <= MOST_DRIFT);
  }
  for (let c: usize = 0; c < fit.k; c++) {
    if (far || fit.restart) store<f64>(fit.way + (c << 3), 0);
    const units = ceil(load<f64>(fit.way + (c << 3)) * fit.units);
    store<u16>(fit.drift + (c << 1), <u16>(<u32>units));
  }
  return far;
}
