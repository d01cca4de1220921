/**
 * Dot products of four vectors with eight: out[r][q] = sum over t < count of x_r[t] * y_q[t], 4 x 8 f32, row-major. x_r[t] lies
 * at x_r + t * xStep; the eight y[t] lie side by side at y + t * yStep. Eight running sums, two loads of y and one of x fit
 * the 15 vector registers that engines leave to us on x86-64; a larger tile spills. No step depends on how many columns
 * there are, so any d is as good as a multiple of four. Each sum runs over t in order: its error is at most
 * count * 2^-24 * |x| |y|.
 */
export function dots4x8(
  x0: usize,
  x1: usize,
  x2: usize,
  x3: usize,
  xStep: usize,
  y: usize,
  yStep: usize,
  count: u32,
  out: usize,
): void {
  let s00 = f32x4.splat(0);
  let s01 = f32x4.splat(0);
  let s10 = f32x4.splat(0);
  let s11 = f32x4.splat(0);
  let s20 = f32x4.splat(0);
  let s21 = f32x4.splat(0);
  let s30 = f32x4.splat(0);
  let s31 = f32x4.splat(0);
  const end = y + <usize>count * yStep;
  let t: usize = 0;
  while (y < end) {
    const y0 = v128.load(y);
    const y1 = v128.load(y, 16);
    let x = v128.load32_splat(x0 + t);
    s00 = f32x4.add(s00, f32x4.mul(x, y0));
    s01 = f32x4.add(s01, f32x4.mul(x, y1));
    x = v128.load32_splat(x1 + t);
    s10 = f32x4.add(s10, f32x4.mul(x, y0));
    s11 = f32x4.add(s11, f32x4.mul(x, y1));
    x = v128.load32_splat(x2 + t);
    s20 = f32x4.add(s20, f32x4.mul(x, y0));
    s21 = f32x4.add(s21, f32x4.mul(x, y1));
    x = v128.load32_splat(x3 + t);
    s30 = f32x4.add(s30, f32x4.mul(x, y0));
    s31 = f32x4.add(s31, f32x4.mul(x, y1));
    y += yStep;
    t += xStep;
  }
  v128.store(out, s00);
  v128.store(out, s01, 16);
  v128.store(out, s10, 32);
  v128.store(out, s11, 48);
  v128.store(out, s20, 64);
  v128.store(out, s21, 80);
  v128.store(out, s30, 96);
  v128.store(out, s31, 112);
}

/**
 * Dot products of one vector of `count` f32 with four others: out[q], 4 f32. For the few pairs that bounds leave over; about
 * two thirds as fast a pair as `dots4x8`.
 */
export function dots1x4(x: usize, y0: usize, y1: usize, y2: usize, y3: usize, count: u32, out: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let a2 = f32x4.splat(0);
  let a3 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let b2 = f32x4.splat(0);
  let b3 = f32x4.splat(0);
  const end = (<usize>count) << 2;
  let t: usize = 0;
  for (; t + 32 <= end; t += 32) {
    let v = v128.load(x + t);
    a0 = f32x4.add(a0, f32x4.mul(v, v128.load(y0 + t)));
    a1 = f32x4.add(a1, f32x4.mul(v, v128.load(y1 + t)));
    a2 = f32x4.add(a2, f32x4.mul(v, v128.load(y2 + t)));
    a3 = f32x4.add(a3, f32x4.mul(v, v128.load(y3 + t)));
    v = v128.load(x + t, 16);
    b0 = f32x4.add(b0, f32x4.mul(v, v128.load(y0 + t, 16)));
    b1 = f32x4.add(b1, f32x4.mul(v, v128.load(y1 + t, 16)));
    b2 = f32x4.add(b2, f32x4.mul(v, v128.load(y2 + t, 16)));
    b3 = f32x4.add(b3, f32x4.mul(v, v128.load(y3 + t, 16)));
  }
  a0 = f32x4.add(a0, b0);
  a1 = f32x4.add(a1, b1);
  a2 = f32x4.add(a2, b2);
  a3 = f32x4.add(a3, b3);
  const even = f32x4.add(v128.shuffle<f32>(a0, a1, 0, 4, 1, 5), v128.shuffle<f32>(a0, a1, 2, 6, 3, 7));
  const odd = f32x4.add(v128.shuffle<f32>(a2, a3, 0, 4, 1, 5), v128.shuffle<f32>(a2, a3, 2, 6, 3, 7));
  let sums = f32x4.add(v128.shuffle<f32>(even, odd, 0, 1, 4, 5), v128.shuffle<f32>(even, odd, 2, 3, 6, 7));
  for (; t < end; t += 4) {
    let y = f32x4.splat(load<f32>(y0 + t));
    y = f32x4.replace_lane(y, 1, load<f32>(y1 + t));
    y = f32x4.replace_lane(y, 2, load<f32>(y2 + t));
    y = f32x4.replace_lane(y, 3, load<f32>(y3 + t));
    sums = f32x4.add(sums, f32x4.mul(v128.load32_splat(x + t), y));
  }
  v128.store(out, sums);
}

/** The dot product of two vectors of `count` f32. */
export function dot(x: usize, y: usize, count: u32): f32 {
  let a = f32x4.splat(0);
  let b = f32x4.splat(0);
  let c = f32x4.splat(0);
  let e = f32x4.splat(0);
  const end = x + ((<usize>count) << 2);
  for (; x + 64 <= end; x += 64) {
    a = f32x4.add(a, f32x4.mul(v128.load(x), v128.load(y)));
    b = f32x4.add(b, f32x4.mul(v128.load(x, 16), v128.load(y, 16)));
    c = f32x4.add(c, f32x4.mul(v128.load(x, 32), v128.load(y, 32)));
    e = f32x4.add(e, f32x4.mul(v128.load(x, 48), v128.load(y, 48)));
    y += 64;
  }
  a = f32x4.add(f32x4.add(a, b), f32x4.add(c, e));
  let sum =
    f32x4.extract_lane(a, 0) +
    f32x4.extract_lane(a, 1) +
    (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3));
  for (; x < end; x += 4) {
    sum += load<f32>(x) * load<f32>(y);
    y += 4;
  }
  return sum;
}
