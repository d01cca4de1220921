/** The dot product of two rows of d f32 each, at byte addresses x and y. */
export function dot(x: usize, y: usize, d: i32): f32 {
  let sums = f32x4.splat(0);
  let t = 0;
  for (; t + 3 < d; t += 4) {
    sums = f32x4.add(sums, f32x4.mul(v128.load(x), v128.load(y)));
    x += 16;
    y += 16;
  }
  let sum: f32 =
    f32x4.extract_lane(sums, 0) +
    f32x4.extract_lane(sums, 1) +
    (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
  for (; t < d; t++) {
    sum += load<f32>(x) * load<f32>(y);
    x += 4;
    y += 4;
  }
  return sum;
}
