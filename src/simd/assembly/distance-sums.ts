import { dots4x8 } from './dots';
import { squaredBetween } from './vectors';

/**
 * The job of `distanceSums`: Euclidean distances from sampled rows, eight a panel, to rows `from` .. `to` - 1, added to the
 * cluster of that row in every labelling.
 */
class DistanceSumsJob {
  x: usize;
  d: u32;
  squares: usize;
  from: u32;
  to: u32;
  panels: u32;
  panelsPerPart: u32;
  /** For each panel its eight rows (u32), their squared lengths (f32), and the rows themselves, d x 8 f32. */
  samples: usize;
  sampleSquares: usize;
  packed: usize;
  labellings: u32;
  /** For each labelling the address of its labels (u16) and its first cluster among all clusters of all labellings. */
  table: usize;
  clusters: u32;
  /** For each panel clusters x 8 f64. */
  sums: usize;
  /** 192 bytes for each thread. */
  scratch: usize;
}

/** Rows that all samples of a part look at before the next ones are read. */
const BLOCK: u32 = 32;
/** Below this share of |x|^2 + |y|^2 the expanded square has lost too many digits and is summed again as (x - y)^2. */
const NEAR: f32 = 0.03125;

export function distanceSums(job: usize, part: u32, thread: u32): void {
  const all = changetype<DistanceSumsJob>(job);
  const tile = all.scratch + <usize>thread * 192;
  const first = part * all.panelsPerPart;
  const last = min(first + all.panelsPerPart, all.panels);
  for (let from = all.from; from < all.to; from += BLOCK) {
    const to = min(from + BLOCK, all.to);
    for (let p = first; p < last; p++)
      for (let r = from; r < to; r += 4) addFour(all, p, r, min(to - r, <u32>4), tile);
  }
}

/** The distances of a panel of samples to `count` rows from row `from`. */
function addFour(all: DistanceSumsJob, panel: u32, from: u32, count: u32, tile: usize): void {
  const stride = (<usize>all.d) << 2;
  const x0 = all.x + <usize>from * stride;
  const x1 = count > 1 ? x0 + stride : x0;
  const x2 = count > 2 ? x1 + stride : x0;
  const x3 = count > 3 ? x2 + stride : x0;
  dots4x8(x0, x1, x2, x3, 4, all.packed + <usize>panel * (stride << 3), 32, all.d, tile);
  const squares = all.sampleSquares + ((<usize>panel) << 5);
  const s0 = v128.load(squares);
  const s1 = v128.load(squares, 16);
  const sums = all.sums + <usize>panel * ((<usize>all.clusters) << 6);
  for (let r: u32 = 0; r < count; r++) {
    const i = from + r;
    const at = tile + ((<usize>r) << 5);
    const square = f32x4.splat(load<f32>(all.squares + ((<usize>i) << 2)));
    store2(at, expand(v128.load(at), s0, square), expand(v128.load(at, 16), s1, square));
    if (isNear(v128.load(at), s0, square) || isNear(v128.load(at, 16), s1, square)) again(all, panel, i, at);
    addRow(all, i, sums, at);
  }
}

function store2(at: usize, a: v128, b: v128): void {
  v128.store(at, a);
  v128.store(at, b, 16);
}

/** |x - y|^2 = |x|^2 + |y|^2 - 2 x.y */
function expand(dot: v128, s: v128, square: v128): v128 {
  return f32x4.sub(f32x4.add(s, square), f32x4.add(dot, dot));
}

function isNear(squared: v128, s: v128, square: v128): bool {
  return v128.any_true(f32x4.lt(squared, f32x4.mul(f32x4.add(s, square), f32x4.splat(NEAR))));
}

/** Replaces the small ones among eight squared distances. */
function again(all: DistanceSumsJob, panel: u32, i: u32, at: usize): void {
  const stride = (<usize>all.d) << 2;
  const square = load<f32>(all.squares + ((<usize>i) << 2));
  for (let q: usize = 0; q < 8; q++) {
    const place = ((<usize>panel) << 5) + (q << 2);
    const limit = (load<f32>(all.sampleSquares + place) + square) * NEAR;
    if (load<f32>(at + (q << 2)) >= limit) continue;
    const row = all.x + <usize>load<u32>(all.samples + place) * stride;
    store<f32>(at + (q << 2), <f32>squaredBetween(row, all.x + <usize>i * stride, all.d));
  }
}

/** Adds the roots of eight squared distances to the clusters of row i. */
function addRow(all: DistanceSumsJob, i: u32, sums: usize, at: usize): void {
  const a = f32x4.sqrt(v128.load(at));
  const b = f32x4.sqrt(v128.load(at, 16));
  const d0 = f64x2.promote_low_f32x4(a);
  const d1 = f64x2.promote_low_f32x4(v128.shuffle<i32>(a, a, 2, 3, 2, 3));
  const d2 = f64x2.promote_low_f32x4(b);
  const d3 = f64x2.promote_low_f32x4(v128.shuffle<i32>(b, b, 2, 3, 2, 3));
  let entry = all.table;
  const end = entry + ((<usize>all.labellings) << 3);
  while (entry < end) {
    const cluster = load<u32>(entry, 4) + load<u16>(<usize>load<u32>(entry) + ((<usize>i) << 1));
    const to = sums + ((<usize>cluster) << 6);
    v128.store(to, f64x2.add(v128.load(to), d0));
    v128.store(to, f64x2.add(v128.load(to, 16), d1), 16);
    v128.store(to, f64x2.add(v128.load(to, 32), d2), 32);
    v128.store(to, f64x2.add(v128.load(to, 48), d3), 48);
    entry += 8;
  }
}
