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
