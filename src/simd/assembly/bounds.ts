import { Fit } from './fit';

/** Room for the rounding of one f32 operation, twice over: bounds are moved outward by it each time. */
export const OUT: f32 = 1.0 + 2.4e-7;
const IN: f32 = 1.0 - 2.4e-7;

/**
 * Lists the centres that a row at most `upper` from its own may be nearer to (Elkan 2003, step 3): those whose bound, less
 * what they have drifted since, is not above it. Returns how many.
 */
export function listOpen(fit: Fit, i: usize, label: u32, upper: f32, list: usize): u32 {
  const panels = (fit.k + 7) >> 3;
  const units = i32x4.trunc_sat_f32x4_s(f32x4.splat(min(upper * OUT * fit.units, 65534)));
  const reach = i16x8.splat(<i16>(i32x4.extract_lane(units, 0) + 1));
  let lower = fit.lower + i * fit.lowerStride;
  let drift = fit.drift;
  let count: u32 = 0;
  for (let p: u32 = 0; p < panels; p++) {
    const near = i16x8.le_u(v128.load(lower), i16x8.add_sat_u(reach, v128.load(drift)));
    let mask = <u32>i16x8.bitmask(near);
    while (mask) {
      const c = (p << 3) + ctz(mask);
      mask &= mask - 1;
      if (c == label || c >= fit.k) continue;
      store<u32>(list + ((<usize>count) << 2), c);
      count++;
    }
    lower += 16;
    drift += 16;
  }
  return count;
}

/** Keeps the bounds of row i and a panel of eight centres, from their scores and |x|^2, each wrong by at most `slack`. */
export function keepPanel(fit: Fit, i: usize, panel: u32, scores: usize, square: f32, slack: f32): void {
  const base = f32x4.splat(square - slack);
  const low = unitsOf(f32x4.add(v128.load(scores), base), fit.units);
  const high = unitsOf(f32x4.add(v128.load(scores, 16), base), fit.units);
  const drift = i16x8.sub_sat_u(v128.load(fit.drift + ((<usize>panel) << 4)), i16x8.splat(1));
  const bound = i16x8.add_sat_u(i16x8.narrow_i32x4_u(low, high), drift);
  v128.store(fit.lower + i * fit.lowerStride + ((<usize>panel) << 4), bound);
}

/** The same for one centre. */
export function keepOne(fit: Fit, i: usize, c: u32, score: f32, square: f32, slack: f32): void {
  const units = unitsOf(f32x4.splat(score + (square - slack)), fit.units);
  const drift = <u32>load<u16>(fit.drift + ((<usize>c) << 1));
  const bound = i32x4.extract_lane(units, 0) + max(<i32>drift - 1, 0);
  store<u16>(fit.lower + i * fit.lowerStride + ((<usize>c) << 1), <u16>min(bound, 0xffff));
}

/** Whole units of the roots, rounded down; at most 2^30. */
function unitsOf(squared: v128, units: f32): v128 {
  const length = f32x4.sqrt(f32x4.max(squared, f32x4.splat(0)));
  const scaled = f32x4.mul(f32x4.mul(length, f32x4.splat(IN)), f32x4.splat(units));
  return i32x4.trunc_sat_f32x4_s(f32x4.min(scaled, f32x4.splat(1073741824)));
}
