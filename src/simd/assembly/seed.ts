/** The job of `seed`: for each of up to eight candidates of a group the rows' min(closest, |x - c|^2), f32. */
class SeedJob {
  x: usize;
  d: u32;
  rows: usize;
  /** An array of `Part`. */
  parts: usize;
  /** For each group its candidates, d x 8 f32, filled up with any numbers. */
  packed: usize;
  /** n f32 each. */
  closest: usize;
  candidates: u32;
  /** Addresses of n f32 for each candidate. */
  out: usize;
  /** The same for the squared distances as they are; 0 to do without. */
  raw: usize;
  /** 128 bytes for each thread. */
  scratch: usize;
}

class Part {
  group: u32;
  from: u32;
  to: u32;
}

const PART_BYTES: usize = 12;

export function seed(job: usize, part: u32, thread: u32): void {
  const all = changetype<SeedJob>(job);
  const own = changetype<Part>(all.parts + <usize>part * PART_BYTES);
  const stride = (<usize>all.d) << 2;
  const panel = all.packed + <usize>own.group * (stride << 3);
  const tile = all.scratch + ((<usize>thread) << 7);
  const last = own.to - 1;
  for (let r = own.from; r < own.to; r += 4) {
    const x0 = all.x + rowAt(all, r) * stride;
    const x1 = all.x + rowAt(all, min(r + 1, last)) * stride;
    const x2 = all.x + rowAt(all, min(r + 2, last)) * stride;
    const x3 = all.x + rowAt(all, min(r + 3, last)) * stride;
    if (all.candidates > 4) squares4x8(x0, x1, x2, x3, panel, all.d, tile);
    else squares4x4(x0, x1, x2, x3, panel, all.d, tile);
    const lanes = min(<u32>4, own.to - r);
    for (let lane: u32 = 0; lane < lanes; lane++) {
      const i = rowAt(all, r + lane);
      const closest = load<f32>(all.closest + (i << 2));
      for (let q: u32 = 0; q < all.candidates; q++) {
        const squared = load<f32>(tile + ((<usize>lane) << 5) + ((<usize>q) << 2));
        if (all.raw) store<f32>(<usize>load<u32>(all.raw + ((<usize>q) << 2)) + (i << 2), squared);
        store<f32>(<usize>load<u32>(all.out + ((<usize>q) << 2)) + (i << 2), min(closest, squared));
      }
    }
  }
}

function rowAt(all: SeedJob, r: u32): usize {
  return all.rows ? load<u32>(all.rows + ((<usize>r) << 2)) : r;
}

/** Sums of (x - y)^2 of four rows and eight candidates, laid out as the result of `dots4x8`. */
function squares4x8(x0: usize, x1: usize, x2: usize, x3: usize, y: usize, d: u32, out: usize): void {
  squares2x8(x0, x1, y, d, out);
  squares2x8(x2, x3, y, d, out + 64);
}

function squares2x8(x0: usize, x1: usize, y: usize, d: u32, out: usize): void {
  let s00 = f32x4.splat(0);
  let s01 = f32x4.splat(0);
  let s10 = f32x4.splat(0);
  let s11 = f32x4.splat(0);
  const end = y + ((<usize>d) << 5);
  let t: usize = 0;
  while (y < end) {
    const y0 = v128.load(y);
    const y1 = v128.load(y, 16);
    let x = v128.load32_splat(x0 + t);
    let g = f32x4.sub(x, y0);
    let h = f32x4.sub(x, y1);
    s00 = f32x4.add(s00, f32x4.mul(g, g));
    s01 = f32x4.add(s01, f32x4.mul(h, h));
    x = v128.load32_splat(x1 + t);
    g = f32x4.sub(x, y0);
    h = f32x4.sub(x, y1);
    s10 = f32x4.add(s10, f32x4.mul(g, g));
    s11 = f32x4.add(s11, f32x4.mul(h, h));
    y += 32;
    t += 4;
  }
  v128.store(out, s00);
  v128.store(out, s01, 16);
  v128.store(out, s10, 32);
  v128.store(out, s11, 48);
}

/** The same for the first four candidates alone. */
function squares4x4(x0: usize, x1: usize, x2: usize, x3: usize, y: usize, d: u32, out: usize): void {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  const end = y + ((<usize>d) << 5);
  let t: usize = 0;
  while (y < end) {
    const c = v128.load(y);
    let g = f32x4.sub(v128.load32_splat(x0 + t), c);
    s0 = f32x4.add(s0, f32x4.mul(g, g));
    g = f32x4.sub(v128.load32_splat(x1 + t), c);
    s1 = f32x4.add(s1, f32x4.mul(g, g));
    g = f32x4.sub(v128.load32_splat(x2 + t), c);
    s2 = f32x4.add(s2, f32x4.mul(g, g));
    g = f32x4.sub(v128.load32_splat(x3 + t), c);
    s3 = f32x4.add(s3, f32x4.mul(g, g));
    y += 32;
    t += 4;
  }
  v128.store(out, s0);
  v128.store(out, s1, 32);
  v128.store(out, s2, 64);
  v128.store(out, s3, 96);
}
