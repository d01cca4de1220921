// The nearest rows of 64 queries for each workgroup, among blocks of at most 64 rows. The differences themselves are squared:
// |x|^2 + |y|^2 - 2 x.y would leave rounding where rows are alike, and a duplicate must be at 0.

struct Params {
  d: u32,
  k: u32,
  tile0: u32,   // first tile of this dispatch
  block0: u32,  // first block of each tile in this dispatch
  blocks: u32,  // and how many
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> queries: array<f32>;
@group(0) @binding(3) var<storage, read> own: array<u32>;     // for each query the row that it is itself
@group(0) @binding(4) var<storage, read> tiles: array<vec4u>;  // first query, queries, first block, blocks
@group(0) @binding(5) var<storage, read> blocks: array<vec2u>;  // first row, rows
@group(0) @binding(6) var<storage, read_write> found: array<f32>;      // query, place: squared distances, rising
@group(0) @binding(7) var<storage, read_write> foundRows: array<u32>;

const SLICE = 16u;
const QUERIES = 16u;  // vec4 in 64 queries
const ROWS = 8u;      // vec4 in 32 rows

var<workgroup> tileQ: array<vec4f, 256>;  // column, four queries
var<workgroup> tileX: array<vec4f, 128>;  // column, four rows
var<workgroup> squared: array<f32, 2048>;  // row, query

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let tile = tiles[params.tile0 + group.x];
  let query = tile.x + thread;
  let isQuery = thread < tile.y;
  var worst = -1.0;
  var self_row = 0xffffffffu;
  if (isQuery) {
    worst = found[(query + 1u) * params.k - 1u];
    self_row = own[query];
  }
  let to = min(tile.w, params.block0 + params.blocks);
  for (var b = params.block0; b < to; b++) {
    let block = blocks[tile.z + b];
    for (var row0 = 0u; row0 < block.y; row0 += 32u) {
      let rows = min(32u, block.y - row0);
      compare(tile.x, tile.y, block.x + row0, rows, thread);
      workgroupBarrier();
      if (isQuery) {
        for (var r = 0u; r < rows; r++) {
          let distance = squared[r * 64u + thread];
          if (distance < worst && block.x + row0 + r != self_row) {
            insert(query, distance, block.x + row0 + r);
            worst = found[(query + 1u) * params.k - 1u];
          }
        }
      }
      workgroupBarrier();
    }
  }
}

// Squared distances of 64 queries to 32 rows; 8 queries by 4 rows a thread.
fn compare(query0: u32, count: u32, first: u32, rows: u32, thread: u32) {
  let d = params.d;
  let tq = thread & 7u;
  let tr = thread >> 3u;
  var low = array<vec4f, 4>();
  var high = array<vec4f, 4>();
  for (var t0 = 0u; t0 < d; t0 += SLICE) {
    workgroupBarrier();
    for (var e = thread; e < QUERIES * SLICE; e += 64u) {
      let t = t0 + (e & 15u);
      let four = (e >> 4u) * 4u;
      var some = vec4f(0.0);
      if (t < d) {
        for (var q = 0u; q < 4u; q++) {
          if (four + q < count) { some[q] = queries[(query0 + four + q) * d + t]; }
        }
      }
      tileQ[(e & 15u) * QUERIES + (e >> 4u)] = some;
    }
    for (var e = thread; e < ROWS * SLICE; e += 64u) {
      let t = t0 + (e & 15u);
      let four = (e >> 4u) * 4u;
      var some = vec4f(0.0);
      if (t < d) {
        for (var r = 0u; r < 4u; r++) {
          if (four + r < rows) { some[r] = x[(first + four + r) * d + t]; }
        }
      }
      tileX[(e & 15u) * ROWS + (e >> 4u)] = some;
    }
    workgroupBarrier();
    let columns = min(SLICE, d - t0);
    for (var t = 0u; t < columns; t++) {
      let xs = tileX[t * ROWS + tr];
      let q0 = tileQ[t * QUERIES + 2u * tq];
      let q1 = tileQ[t * QUERIES + 2u * tq + 1u];
      for (var r = 0u; r < 4u; r++) {
        let g0 = q0 - xs[r];
        let g1 = q1 - xs[r];
        low[r] += g0 * g0;
        high[r] += g1 * g1;
      }
    }
  }
  for (var r = 0u; r < 4u; r++) {
    let at = (tr * 4u + r) * 64u + tq * 8u;
    for (var q = 0u; q < 4u; q++) {
      squared[at + q] = low[r][q];
      squared[at + 4u + q] = high[r][q];
    }
  }
}

// The one that was there first stays before its equals.
fn insert(query: u32, distance: f32, row: u32) {
  let base = query * params.k;
  var to = base + params.k - 1u;
  while (to > base && found[to - 1u] > distance) {
    found[to] = found[to - 1u];
    foundRows[to] = foundRows[to - 1u];
    to--;
  }
  found[to] = distance;
  foundRows[to] = row;
}
