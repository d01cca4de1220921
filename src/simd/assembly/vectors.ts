/** The low two lanes of four f32, as f64. */
function low(v: v128): v128 {
  return f64x2.promote_low_f32x4(v);
}

/** The high two lanes of four f32, as f64. */
function high(v: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i32>(v, v, 2, 3, 2, 3));
}

/** Sum of (x - c)^2 in f64 for x of d f32 and c of d f64. */
export function squaredDistance(x: usize, c: usize, d: u32): f64 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  let t: u32 = 0;
  for (; t + 3 < d; t += 4) {
    const v = v128.load(x);
    const g = f64x2.sub(low(v), v128.load(c));
    const h = f64x2.sub(high(v), v128.load(c, 16));
    even = f64x2.add(even, f64x2.mul(g, g));
    odd = f64x2.add(odd, f64x2.mul(h, h));
    x += 16;
    c += 32;
  }
  const both = f64x2.add(even, odd);
  let sum = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
  for (; t < d; t++) {
    const gap = <f64>load<f32>(x) - load<f64>(c);
    sum += gap * gap;
    x += 4;
    c += 8;
  }
  return sum;
}

/** Sum of (x - y)^2 in f64 for two rows of d f32. */
export function squaredBetween(x: usize, y: usize, d: u32): f64 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  let t: u32 = 0;
  for (; t + 3 < d; t += 4) {
    const v = v128.load(x);
    const w = v128.load(y);
    const g = f64x2.sub(low(v), low(w));
    const h = f64x2.sub(high(v), high(w));
    even = f64x2.add(even, f64x2.mul(g, g));
    odd = f64x2.add(odd, f64x2.mul(h, h));
    x += 16;
    y += 16;
  }
  const both = f64x2.add(even, odd);
  let sum = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
  for (; t < d; t++) {
    const gap = <f64>load<f32>(x) - <f64>load<f32>(y);
    sum += gap * gap;
    x += 4;
    y += 4;
  }
  return sum;
}

/** Adds `count` f32 to as many f64. */
export function addTo(sums: usize, x: usize, count: u32): void {
  let t: u32 = 0;
  for (; t + 3 < count; t += 4) {
    const v = v128.load(x);
    v128.store(sums, f64x2.add(v128.load(sums), low(v)));
    v128.store(sums, f64x2.add(v128.load(sums, 16), high(v)), 16);
    sums += 32;
    x += 16;
  }
  for (; t < count; t++) {
    store<f64>(sums, load<f64>(sums) + load<f32>(x));
    sums += 8;
    x += 4;
  }
}

/** Subtracts `count` f32 from as many f64. */
export function takeFrom(sums: usize, x: usize, count: u32): void {
  let t: u32 = 0;
  for (; t + 3 < count; t += 4) {
    const v = v128.load(x);
    v128.store(sums, f64x2.sub(v128.load(sums), low(v)));
    v128.store(sums, f64x2.sub(v128.load(sums, 16), high(v)), 16);
    sums += 32;
    x += 16;
  }
  for (; t < count; t++) {
    store<f64>(sums, load<f64>(sums) - load<f32>(x));
    sums += 8;
    x += 4;
  }
}
