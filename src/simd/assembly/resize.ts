// Both passes of Pillow's resize. A weight of 22 fractional bits is split into 2^11 high + low, so that two taps are
// one multiplication of 16-bit lanes each; the sums are put together again as the same integer.

const LOW_BITS: i32 = 11;
const PRECISION: i32 = 22;
const HALF: i32 = 1 << (PRECISION - 1);

/** Where the bytes of two pixels are for 16-bit lanes r r g g b b x x; -1 gives a zero. */
const PAIR_OF_3 = i8x16(0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1);
const PAIR_OF_4 = i8x16(0, -1, 4, -1, 1, -1, 5, -1, 2, -1, 6, -1, -1, -1, -1, -1);
const PAIR_OF_4_REVERSED = i8x16(2, -1, 6, -1, 1, -1, 5, -1, 0, -1, 4, -1, -1, -1, -1, -1);

/** Four sums rounded to whole numbers. No clipping: weights are positive and sum to 1 within a few units of 2^-22. */
function rounded(high: v128, low: v128): v128 {
  const sum = i32x4.add(i32x4.add(i32x4.shl(high, LOW_BITS), low), i32x4.splat(HALF));
  return i32x4.shr_s(sum, PRECISION);
}

/**
 * `rows` rows of pixels of `step` bytes (3 or 4; of 4 with blue first when `reversed`), `stride` bytes a row, to rows of `width` RGB pixels. Output pixel x is
 * the weighted sum of the 2 x `pairs` pixels from first[x] on. `weights`: for each output pixel and pair of taps four
 * 16-bit numbers, high and high, low and low. Reads up to 2 x pairs pixels past a row (where weights are zero) and
 * writes 1 byte past the last.
 */
export function horizontal(
  source: usize,
  stride: i32,
  step: i32,
  reversed: i32,
  rows: i32,
  target: usize,
  width: i32,
  first: usize,
  weights: usize,
  pairs: i32,
): void {
  const pair = step == 3 ? PAIR_OF_3 : reversed ? PAIR_OF_4_REVERSED : PAIR_OF_4;
  const two = <usize>(2 * step);
  for (let y = 0; y < rows; y++) {
    let weight = weights;
    for (let x = 0; x < width; x++) {
      let from = source + <usize>(load<i32>(first + ((<usize>x) << 2)) * step);
      let high = i32x4.splat(0);
      let low = i32x4.splat(0);
      for (let p = 0; p < pairs; p++) {
        const pixels = i8x16.swizzle(v128.load64_zero(from), pair);
        high = i32x4.add(high, i32x4.dot_i16x8_s(pixels, v128.load32_splat(weight)));
        low = i32x4.add(low, i32x4.dot_i16x8_s(pixels, v128.load32_splat(weight, 4)));
        from += two;
        weight += 8;
      }
      const words = i16x8.narrow_i32x4_s(rounded(high, low), i32x4.splat(0));
      v128.store32_lane(target, i8x16.narrow_i16x8_u(words, words), 0);
      target += 3;
    }
    source += stride;
  }
}

/**
 * `rows` rows of `bytes` bytes, each byte the weighted sum of those above each other in the 2 x `pairs` rows from
 * first[row] on; weights as for `horizontal`. Reads up to one row and 15 bytes past the source (where weights are zero) and
 * writes up to 15 bytes past the last row.
 */
export function vertical(
  source: usize,
  bytes: i32,
  rows: i32,
  target: usize,
  first: usize,
  weights: usize,
  pairs: i32,
): void {
  for (let y = 0; y < rows; y++) {
    const top = source + <usize>load<i32>(first + ((<usize>y) << 2)) * <usize>bytes;
    for (let i = 0; i < bytes; i += 16) {
      let from = top + <usize>i;
      let weight = weights;
      let high0 = i32x4.splat(0);
      let high1 = i32x4.splat(0);
      let high2 = i32x4.splat(0);
      let high3 = i32x4.splat(0);
      let low0 = i32x4.splat(0);
      let low1 = i32x4.splat(0);
      let low2 = i32x4.splat(0);
      let low3 = i32x4.splat(0);
      for (let p = 0; p < pairs; p++) {
        const above = v128.load(from);
        const below = v128.load(from + <usize>bytes);
        const left = i8x16.shuffle(above, below, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        const right = i8x16.shuffle(above, below, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31); // prettier-ignore
        const high = v128.load32_splat(weight);
        const low = v128.load32_splat(weight, 4);
        const a = i16x8.extend_low_i8x16_u(left);
        const b = i16x8.extend_high_i8x16_u(left);
        const c = i16x8.extend_low_i8x16_u(right);
        const d = i16x8.extend_high_i8x16_u(right);
        high0 = i32x4.add(high0, i32x4.dot_i16x8_s(a, high));
        high1 = i32x4.add(high1, i32x4.dot_i16x8_s(b, high));
        high2 = i32x4.add(high2, i32x4.dot_i16x8_s(c, high));
        high3 = i32x4.add(high3, i32x4.dot_i16x8_s(d, high));
        low0 = i32x4.add(low0, i32x4.dot_i16x8_s(a, low));
        low1 = i32x4.add(low1, i32x4.dot_i16x8_s(b, low));
        low2 = i32x4.add(low2, i32x4.dot_i16x8_s(c, low));
        low3 = i32x4.add(low3, i32x4.dot_i16x8_s(d, low));
        from += <usize>(2 * bytes);
        weight += 8;
      }
      const words0 = i16x8.narrow_i32x4_s(rounded(high0, low0), rounded(high1, low1));
      const words1 = i16x8.narrow_i32x4_s(rounded(high2, low2), rounded(high3, low3));
      v128.store(target + <usize>i, i8x16.narrow_i16x8_u(words0, words1));
    }
    target += bytes;
    weights += <usize>(8 * pairs);
  }
}
