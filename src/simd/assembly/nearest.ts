/** The job of `nearest`: distances of `n` rows to q queries, the rows of a part one after the other. */
class NearestJob {
  x: usize;
  d: u32;
  n: u32;
  rowsPerPart: u32;
  /** q x d f32, and their squared lengths, f32. */
  queries: usize;
  squares: usize;
  q: u32;
  /** 0: the squared Euclidean distance; 1: one minus the cosine. */
  cosine: u32;
  /** q x n f32. */
  out: usize;
}

export function nearest(job: usize, part: u32, _thread: u32): void {
  const all = changetype<NearestJob>(job);
  const stride = (<usize>all.d) << 2;
  const from = part * all.rowsPerPart;
  const to = min(from + all.rowsPerPart, all.n);
  for (let i = from; i < to; i++) {
    const x = all.x + <usize>i * stride;
    const square = all.cosine ? product(x, x, all.d) : 0;
    for (let q: u32 = 0; q < all.q; q++) {
      const y = all.queries + <usize>q * stride;
      let value: f32;
      if (all.cosine) {
        const scale = square * load<f32>(all.squares + ((<usize>q) << 2));
        value = scale > 0 ? 1 - product(x, y, all.d) / sqrt(scale) : 1;
      } else value = apart(x, y, all.d);
      store<f32>(all.out + ((<usize>(q * all.n + i)) << 2), value);
    }
  }
}

/** Sum of (x - y)^2 in eight sums of f32. */
function apart(x: usize, y: usize, d: u32): f32 {
  let a = f32x4.splat(0);
  let b = f32x4.splat(0);
  let t: u32 = 0;
  for (; t + 7 < d; t += 8) {
    const g = f32x4.sub(v128.load(x), v128.load(y));
    const h = f32x4.sub(v128.load(x, 16), v128.load(y, 16));
    a = f32x4.add(a, f32x4.mul(g, g));
    b = f32x4.add(b, f32x4.mul(h, h));
    x += 32;
    y += 32;
  }
  let sum = across(f32x4.add(a, b));
  for (; t < d; t++) {
    const gap = load<f32>(x) - load<f32>(y);
    sum += gap * gap;
    x += 4;
    y += 4;
  }
  return sum;
}

/** Sum of x y in eight sums of f32. */
function product(x: usize, y: usize, d: u32): f32 {
  let a = f32x4.splat(0);
  let b = f32x4.splat(0);
  let t: u32 = 0;
  for (; t + 7 < d; t += 8) {
    a = f32x4.add(a, f32x4.mul(v128.load(x), v128.load(y)));
    b = f32x4.add(b, f32x4.mul(v128.load(x, 16), v128.load(y, 16)));
    x += 32;
    y += 32;
  }
  let sum = across(f32x4.add(a, b));
  for (; t < d; t++) {
    sum += load<f32>(x) * load<f32>(y);
    x += 4;
    y += 4;
  }
  return sum;
}

function across(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) +
    f32x4.extract_lane(v, 1) +
    (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}
