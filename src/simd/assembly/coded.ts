/**
 * Rows in 16 bits: whole numbers q, of which a row has `stride` bytes (filled up with zeros), and what one of them stands
 * for. A row is scaled to a length of at most LENGTH, so that by Cauchy and Schwarz no sum of products of two rows, nor any
 * part of it, leaves 32 bits.
 */
const LENGTH: f64 = 32700;
/** What is shorter is coded as zero: in f32 its square is not exact. */
const SHORTEST: f64 = 1e-15;

/** Codes a row of d f32 whose length is given; returns what 1 stands for. `error` receives a bound on |x - unit * q|. */
export function encode(x: usize, d: u32, length: f64, to: usize, stride: u32, error: usize): f32 {
  const scale = <f32>(length < SHORTEST ? 0 : LENGTH / length);
  const unit: f32 = scale > 0 ? 1 / scale : 0;
  const factor = f32x4.splat(scale);
  let residue = f32x4.splat(0);
  let t: u32 = 0;
  for (; t + 7 < d; t += 8) {
    const y = f32x4.mul(v128.load(x), factor);
    const z = f32x4.mul(v128.load(x, 16), factor);
    const a = f32x4.nearest(y);
    const b = f32x4.nearest(z);
    const g = f32x4.sub(y, a);
    const h = f32x4.sub(z, b);
    residue = f32x4.add(residue, f32x4.add(f32x4.mul(g, g), f32x4.mul(h, h)));
    v128.store(to, i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(a), i32x4.trunc_sat_f32x4_s(b)));
    x += 32;
    to += 16;
  }
  let sum =
    f32x4.extract_lane(residue, 0) +
    f32x4.extract_lane(residue, 1) +
    (f32x4.extract_lane(residue, 2) + f32x4.extract_lane(residue, 3));
  for (; t < stride >> 1; t++) {
    const y: f32 = t < d ? load<f32>(x) * scale : 0;
    const a = nearest(y);
    sum += (y - a) * (y - a);
    store<i16>(to, <i16>a);
    x += 4;
    to += 2;
  }
  // Scaling rounds by at most 2^-9 of a unit a column; the sum by less than a thousandth.
  const off = unit * (sqrt(sum) * 1.001 + sqrt(<f32>d) * 0.004);
  store<f32>(error, scale > 0 ? off : 2 * <f32>SHORTEST);
  return unit;
}

/**
 * Dot products of four coded rows with eight: out[r][q], 4 x 8 f32, row-major. The eight lie side by side in pairs of columns: 2 x i16 of
 * each, 32 bytes a pair. `units`: of the eight; u0 .. u3: of the rows.
 */
export function coded4x8(
  x0: usize,
  x1: usize,
  x2: usize,
  x3: usize,
  u0: f32,
  u1: f32,
  u2: f32,
  u3: f32,
  y: usize,
  units: usize,
  stride: u32,
  out: usize,
): void {
  let s00 = i32x4.splat(0);
  let s01 = i32x4.splat(0);
  let s10 = i32x4.splat(0);
  let s11 = i32x4.splat(0);
  let s20 = i32x4.splat(0);
  let s21 = i32x4.splat(0);
  let s30 = i32x4.splat(0);
  let s31 = i32x4.splat(0);
  const end = <usize>stride;
  for (let t: usize = 0; t < end; t += 4) {
    const y0 = v128.load(y);
    const y1 = v128.load(y, 16);
    let x = v128.load32_splat(x0 + t);
    s00 = i32x4.add(s00, i32x4.dot_i16x8_s(x, y0));
    s01 = i32x4.add(s01, i32x4.dot_i16x8_s(x, y1));
    x = v128.load32_splat(x1 + t);
    s10 = i32x4.add(s10, i32x4.dot_i16x8_s(x, y0));
    s11 = i32x4.add(s11, i32x4.dot_i16x8_s(x, y1));
    x = v128.load32_splat(x2 + t);
    s20 = i32x4.add(s20, i32x4.dot_i16x8_s(x, y0));
    s21 = i32x4.add(s21, i32x4.dot_i16x8_s(x, y1));
    x = v128.load32_splat(x3 + t);
    s30 = i32x4.add(s30, i32x4.dot_i16x8_s(x, y0));
    s31 = i32x4.add(s31, i32x4.dot_i16x8_s(x, y1));
    y += 32;
  }
  const c0 = v128.load(units);
  const c1 = v128.load(units, 16);
  storeScaled(out, s00, s01, c0, c1, u0);
  storeScaled(out + 32, s10, s11, c0, c1, u1);
  storeScaled(out + 64, s20, s21, c0, c1, u2);
  storeScaled(out + 96, s30, s31, c0, c1, u3);
}

function storeScaled(out: usize, low: v128, high: v128, c0: v128, c1: v128, unit: f32): void {
  const u = f32x4.splat(unit);
  v128.store(out, f32x4.mul(f32x4.mul(f32x4.convert_i32x4_s(low), u), c0));
  v128.store(out, f32x4.mul(f32x4.mul(f32x4.convert_i32x4_s(high), u), c1), 16);
}

/** Sums of products of one coded row with four others: out[q], 4 f32, in units of both. */
export function coded1x4(
  x: usize,
  y0: usize,
  y1: usize,
  y2: usize,
  y3: usize,
  stride: u32,
  out: usize,
): void {
  let a0 = i32x4.splat(0);
  let a1 = i32x4.splat(0);
  let a2 = i32x4.splat(0);
  let a3 = i32x4.splat(0);
  const end = <usize>stride;
  for (let t: usize = 0; t < end; t += 16) {
    const v = v128.load(x + t);
    a0 = i32x4.add(a0, i32x4.dot_i16x8_s(v, v128.load(y0 + t)));
    a1 = i32x4.add(a1, i32x4.dot_i16x8_s(v, v128.load(y1 + t)));
    a2 = i32x4.add(a2, i32x4.dot_i16x8_s(v, v128.load(y2 + t)));
    a3 = i32x4.add(a3, i32x4.dot_i16x8_s(v, v128.load(y3 + t)));
  }
  const even = i32x4.add(v128.shuffle<i32>(a0, a1, 0, 4, 1, 5), v128.shuffle<i32>(a0, a1, 2, 6, 3, 7));
  const odd = i32x4.add(v128.shuffle<i32>(a2, a3, 0, 4, 1, 5), v128.shuffle<i32>(a2, a3, 2, 6, 3, 7));
  const sums = i32x4.add(v128.shuffle<i32>(even, odd, 0, 1, 4, 5), v128.shuffle<i32>(even, odd, 2, 3, 6, 7));
  v128.store(out, f32x4.convert_i32x4_s(sums));
}

/** Sum of the products of two coded rows, in units of both. */
export function coded1x1(x: usize, y: usize, stride: u32): f32 {
  let a = i32x4.splat(0);
  let b = i32x4.splat(0);
  let t: usize = 0;
  const end = <usize>stride;
  for (; t + 32 <= end; t += 32) {
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load(x + t), v128.load(y + t)));
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load(x + t, 16), v128.load(y + t, 16)));
  }
  if (t < end) a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load(x + t), v128.load(y + t)));
  a = i32x4.add(a, b);
  return <f32>(
    (i32x4.extract_lane(a, 0) +
      i32x4.extract_lane(a, 1) +
      (i32x4.extract_lane(a, 2) + i32x4.extract_lane(a, 3)))
  );
}
