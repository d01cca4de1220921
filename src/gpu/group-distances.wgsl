// Squared distances from the rows of a tile, which are of one group, to up to 32 centres of that group, as sums of (x - c)^2.
// Rows pass through workgroup memory in slices of 16 columns, so that neighbouring threads read neighbouring addresses; a
// thread holds 16 columns of its row for all centres. Needs `params.d`.

struct Tile {
  first: u32,   // position of its first row in order
  count: u32,
  group: u32,
  unused: u32,
}

@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> order: array<u32>;    // position: row of the chunk
@group(0) @binding(3) var<storage, read> tiles: array<Tile>;
@group(0) @binding(4) var<storage, read> groups: array<vec2u>; // first centre, centres; none if the group is left out
@group(0) @binding(5) var<storage, read> centres: array<f32>;  // centre, column

const ROWS = 128u;  // of a tile; one thread each
const SLICE = 16u;
const STRIDE = 129u;  // odd, so that a column's rows fall into different banks

var<workgroup> starts: array<u32, ROWS>;      // where each row begins in x
var<workgroup> slice: array<f32, 2064>;       // SLICE x STRIDE
var<workgroup> compared: array<vec4f, 128>;   // 32 centres x SLICE / 4

fn columns(row: u32, t: u32) -> vec4f {
  let at = t * STRIDE + row;
  return vec4f(slice[at], slice[at + STRIDE], slice[at + 2u * STRIDE], slice[at + 3u * STRIDE]);
}

// Distances of this thread's row to centres first .. first + count - 1. All threads of the workgroup must call it.
fn squaredDistances(tile: Tile, thread: u32, first: u32, count: u32) -> array<f32, 32> {
  let d = params.d;
  var totals = array<f32, 32>();
  if (thread < tile.count) { starts[thread] = order[tile.first + thread] * d; }
  for (var t0 = 0u; t0 < d; t0 += SLICE) {
    workgroupBarrier();
    for (var e = thread; e < tile.count * SLICE; e += ROWS) {
      let t = t0 + e % SLICE;
      var value = 0.0;
      if (t < d) { value = x[starts[e / SLICE] + t]; }
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
      compared[thread] = value;
    }
    workgroupBarrier();
    // Columns past the last are 0 on both sides.
    let x0 = columns(thread, 0u);
    let x1 = columns(thread, 4u);
    let x2 = columns(thread, 8u);
    let x3 = columns(thread, 12u);
    for (var j = 0u; j < count; j++) {
      let g0 = x0 - compared[j * 4u];
      let g1 = x1 - compared[j * 4u + 1u];
      let g2 = x2 - compared[j * 4u + 2u];
      let g3 = x3 - compared[j * 4u + 3u];
      totals[j] += (dot(g0, g0) + dot(g1, g1)) + (dot(g2, g2) + dot(g3, g3));
    }
  }
  workgroupBarrier();
  return totals;
}
