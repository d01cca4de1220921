import { dots4x8 } from './dots';
import { squaredBetween } from './vectors';

/** The job of `knn`: the nearest rows of each query among blocks of rows. One part a tile of at most 64 queries. */
class KnnJob {
  /** The rows, n x d f32, and their squared lengths (f32). */
  x: usize;
  d: u32;
  squares: usize;
  /** The queries, m x d f32, and their squared lengths. */
  queries: usize;
  querySquares: usize;
  /** For each query the row that is the query itself, which is left out (u32). */
  self: usize;
  k: u32;
  /** For each part its first query, how many there are, its first block, and how many blocks (u32). */
  tiles: usize;
  /** For each block its first row and how many there are (u32). */
  blocks: usize;
  /** m x k squared distances (f32) and rows (u32), nearest first; what is not found stays as it was. */
  found: usize;
  foundRows: usize;
  /** `scratchSize` bytes for each thread: 128, 32 for each panel of eight queries, then the panels, d x 8 f32. */
  scratch: usize;
  scratchSize: u32;
}

const PANELS: usize = 8;
/** Below this share of |x|^2 + |y|^2 the expanded square has lost too many digits and is summed again as (x - y)^2. */
const NEAR: f32 = 0.03125;
/** What roundings may add to the expanded square, as a share of |x|^2 + |y|^2. */
const ROUNDING: f32 = 0.000001;

export function knn(job: usize, part: u32, thread: u32): void {
  const all = changetype<KnnJob>(job);
  const tile = all.tiles + ((<usize>part) << 4);
  const first = load<u32>(tile);
  const count = load<u32>(tile, 4);
  const scratch = all.scratch + <usize>thread * all.scratchSize;
  const panels = (count + 7) >> 3;
  packQueries(all, first, count, scratch);
  let block = all.blocks + ((<usize>load<u32>(tile, 8)) << 3);
  const end = block + ((<usize>load<u32>(tile, 12)) << 3);
  for (; block < end; block += 8) {
    const from = load<u32>(block);
    const to = from + load<u32>(block, 4);
    for (let p: u32 = 0; p < panels; p++)
      for (let i = from; i < to; i += 4) lookAt(all, first, count, p, i, min(to - i, <u32>4), scratch);
  }
}

function worstOf(scratch: usize, panel: u32): usize {
  return scratch + 128 + ((<usize>panel) << 5);
}

/** Lays out the queries in panels, and the worst distance that each has so far; places after the last query want nothing. */
function packQueries(all: KnnJob, first: u32, count: u32, scratch: usize): void {
  const stride = (<usize>all.d) << 2;
  const packed = scratch + 128 + (PANELS << 5);
  const panels = (count + 7) >> 3;
  for (let q: u32 = 0; q < panels << 3; q++) {
    const to = packed + <usize>(q >> 3) * (stride << 3) + ((<usize>(q & 7)) << 2);
    const worst = worstOf(scratch, q >> 3) + ((<usize>(q & 7)) << 2);
    if (q >= count) {
      store<f32>(worst, -f32.MAX_VALUE);
      for (let t: usize = 0; t < stride; t += 4) store<f32>(to + (t << 3), 0);
      continue;
    }
    store<f32>(worst, load<f32>(all.found + ((<usize>(first + q + 1) * all.k - 1) << 2)));
    const x = all.queries + <usize>(first + q) * stride;
    for (let t: usize = 0; t < stride; t += 4) store<f32>(to + (t << 3), load<f32>(x + t));
  }
}

/** A panel of queries looks at `rows` rows from row `from`. */
function lookAt(all: KnnJob, first: u32, count: u32, panel: u32, from: u32, rows: u32, scratch: usize): void {
  const stride = (<usize>all.d) << 2;
  const x0 = all.x + <usize>from * stride;
  const x1 = rows > 1 ? x0 + stride : x0;
  const x2 = rows > 2 ? x1 + stride : x0;
  const x3 = rows > 3 ? x2 + stride : x0;
  const packed = scratch + 128 + (PANELS << 5) + <usize>panel * (stride << 3);
  dots4x8(x0, x1, x2, x3, 4, packed, 32, all.d, scratch);
  const worst = worstOf(scratch, panel);
  const query = first + (panel << 3);
  const own = all.querySquares + ((<usize>query) << 2);
  const left = count - (panel << 3);
  // The lengths of queries may end within the panel.
  const s0 = left >= 4 ? v128.load(own) : some(own, left);
  const s1 = left >= 8 ? v128.load(own, 16) : left > 4 ? some(own + 16, left - 4) : f32x4.splat(0);
  for (let r: u32 = 0; r < rows; r++) {
    const at = scratch + ((<usize>r) << 5);
    const square = f32x4.splat(load<f32>(all.squares + ((<usize>(from + r)) << 2)));
    const isNearer =
      mayBeNearer(at, s0, square, v128.load(worst)) | mayBeNearer(at + 16, s1, square, v128.load(worst, 16));
    if (isNearer) take(all, query, min(left, <u32>8), from + r, at, worst);
  }
}

/** The first `count` of four numbers, then zeros. */
function some(at: usize, count: u32): v128 {
  let v = f32x4.splat(0);
  v = f32x4.replace_lane(v, 0, load<f32>(at));
  if (count > 1) v = f32x4.replace_lane(v, 1, load<f32>(at, 4));
  if (count > 2) v = f32x4.replace_lane(v, 2, load<f32>(at, 8));
  return v;
}

/** Puts |x|^2 + |y|^2 - 2 x.y in place of four products; whether one of them may be nearer than the worst. */
function mayBeNearer(at: usize, s: v128, square: v128, worst: v128): i32 {
  const dot = v128.load(at);
  const lengths = f32x4.add(s, square);
  const squared = f32x4.sub(lengths, f32x4.add(dot, dot));
  v128.store(at, squared);
  const least = f32x4.sub(squared, f32x4.mul(lengths, f32x4.splat(ROUNDING)));
  return i32(v128.any_true(f32x4.lt(least, worst)));
}

/** Row i for those of eight queries that it is nearer to than the worst they have. */
function take(all: KnnJob, query: u32, count: u32, i: u32, at: usize, worst: usize): void {
  const stride = (<usize>all.d) << 2;
  const square = load<f32>(all.squares + ((<usize>i) << 2));
  for (let q: u32 = 0; q < count; q++) {
    const place = (<usize>q) << 2;
    const own = (<usize>(query + q)) << 2;
    const lengths = load<f32>(all.querySquares + own) + square;
    let squared = load<f32>(at + place);
    if (squared - lengths * ROUNDING >= load<f32>(worst + place)) continue;
    if (load<u32>(all.self + own) === i) continue;
    if (squared < lengths * NEAR)
      squared = <f32>(
        squaredBetween(all.queries + <usize>(query + q) * stride, all.x + <usize>i * stride, all.d)
      );
    if (squared >= load<f32>(worst + place)) continue;
    insert(all, query + q, squared, i);
    store<f32>(worst + place, load<f32>(all.found + ((<usize>(query + q + 1) * all.k - 1) << 2)));
  }
}

/** Into a list that is sorted by distance; the one that was there first stays before its equals. */
function insert(all: KnnJob, query: u32, squared: f32, row: u32): void {
  const base = (<usize>query * all.k) << 2;
  let to = base + ((<usize>(all.k - 1)) << 2);
  while (to > base && load<f32>(all.found + to - 4) > squared) {
    store<f32>(all.found + to, load<f32>(all.found + to - 4));
    store<u32>(all.foundRows + to, load<u32>(all.foundRows + to - 4));
    to -= 4;
  }
  store<f32>(all.found + to, squared);
  store<u32>(all.foundRows + to, row);
}
