// For each row and the candidate centres c of its group: min(closest, sum of (x - c)^2), what k-means++ needs of a
// candidate, and the sum of it over the rows of a tile. Rows pass through workgroup memory in slices of 16 columns, so that
// neighbouring threads read neighbouring addresses; a thread holds 16 columns of its row for all candidates.

struct Params {
  d: u32,
  start: u32,       // first tile of this dispatch
  positions: u32,   // of the chunk, the stride of closest and after
  restarts: u32,
  width: u32,       // stride of sums: the most candidates of a group
}

struct Tile {
  first: u32,
  count: u32,
  group: u32,
  unused: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> order: array<u32>;
@group(0) @binding(3) var<storage, read> tiles: array<Tile>;
@group(0) @binding(4) var<storage, read> groups: array<vec2u>;    // first candidate, candidates
@group(0) @binding(5) var<storage, read> centres: array<f32>;     // candidate, column
@group(0) @binding(6) var<storage, read> closest: array<f32>;     // restart, position
@group(0) @binding(7) var<storage, read_write> after: array<f32>; // candidate of the group, position
@group(0) @binding(8) var<storage, read_write> sums: array<f32>;  // tile, candidate of the group

const ROWS = 128u;
const SLICE = 16u;
const STRIDE = 129u;  // odd, so that a column's rows fall into different banks

var<workgroup> rows: array<u32, ROWS>;        // where each row begins in x
var<workgroup> slice: array<f32, 2064>;       // SLICE x STRIDE; later 16 candidates x STRIDE
var<workgroup> candidates: array<vec4f, 128>; // 32 x SLICE / 4
var<workgroup> partial: array<f32, ROWS>;

@compute @workgroup_size(128)
fn main(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) thread: u32) {
  let d = params.d;
  let tile = tiles[params.start + id.x];
  let first = groups[tile.group].x;
  let count = groups[tile.group].y;
  if (count == 0u) { return; }

  rows[thread] = 0u;
  if (thread < tile.count) { rows[thread] = order[tile.first + thread] * d; }
  var totals = array<f32, 32>();
  for (var t0 = 0u; t0 < d; t0 += SLICE) {
    workgroupBarrier();
    for (var e = thread; e < tile.count * SLICE; e += ROWS) {
      let t = t0 + e % SLICE;
      var value = 0.0;
      if (t < d) { value = x[rows[e / SLICE] + t]; }
      slice[(e % SLICE) * STRIDE + e / SLICE] = value;
    }
    if (thread < count * 4u) {
      let t = t0 + (thread & 3u) * 4u;
      let at = (first + (thread >> 2u)) * d + t;
      var value = vec4f(0.0);
      if (t < d) { value.x = centres[at]; }
      if (t + 1u < d) { value.y = centres[at + 1u]; }
      if (t + 2u < d) { value.z = centres[at + 2u]; }
      if (t + 3u < d) { value.w = centres[at + 3u]; }
      candidates[thread] = value;
    }
    workgroupBarrier();
    // Columns past the last are 0 on both sides.
    let a = columns(thread, 0u);
    let b = columns(thread, 4u);
    let c = columns(thread, 8u);
    let e = columns(thread, 12u);
    for (var j = 0u; j < count; j++) {
      let ga = a - candidates[j * 4u];
      let gb = b - candidates[j * 4u + 1u];
      let gc = c - candidates[j * 4u + 2u];
      let ge = e - candidates[j * 4u + 3u];
      totals[j] += (dot(ga, ga) + dot(gb, gb)) + (dot(gc, gc) + dot(ge, ge));
    }
  }

  let position = tile.first + thread;
  let trials = count / params.restarts;
  for (var j0 = 0u; j0 < count; j0 += 16u) {
    let some = min(16u, count - j0);
    workgroupBarrier();
    for (var j = 0u; j < some; j++) {
      var value = 0.0;
      if (thread < tile.count) {
        let restart = (j0 + j) / trials;
        value = min(closest[restart * params.positions + position], totals[j0 + j]);
        after[(j0 + j) * params.positions + position] = value;
      }
      slice[j * STRIDE + thread] = value;
    }
    workgroupBarrier();
    // Eight threads a candidate, sixteen rows each, always in this order.
    var part = 0.0;
    for (var r = 0u; r < 16u; r++) { part += slice[(thread >> 3u) * STRIDE + (thread & 7u) * 16u + r]; }
    partial[thread] = part;
    workgroupBarrier();
    if (thread < some) {
      var sum = 0.0;
      for (var p = 0u; p < 8u; p++) { sum += partial[thread * 8u + p]; }
      sums[(params.start + id.x) * params.width + j0 + thread] = sum;
    }
  }
}

fn columns(row: u32, t: u32) -> vec4f {
  let at = t * STRIDE + row;
  return vec4f(slice[at], slice[at + STRIDE], slice[at + 2u * STRIDE], slice[at + 3u * STRIDE]);
}
