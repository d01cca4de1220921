// Distances of each row to up to 16 queries over one reading of the rows. Rows pass through workgroup memory in slices of 16
// columns, so that neighbouring threads read neighbouring addresses; sums are added slice by slice, which bounds their error.

struct Params {
  d: u32,
  start: u32,    // first row of this dispatch
  rows: u32,     // rows of the chunk, the stride of distances
  to: u32,       // one past the last row of this dispatch
  queries: u32,  // 1..16
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> queries: array<vec4f>;  // column, quad of queries
@group(0) @binding(3) var<storage, read> squares: array<f32>;    // |query|^2
@group(0) @binding(4) var<storage, read_write> distances: array<f32>;  // query, row

override QUADS: u32 = 1u;
override COSINE: u32 = 0u;

const ROWS = 64u;
const SLICE = 16u;
const STRIDE = 65u;  // odd, so that a column's rows fall into different banks

var<workgroup> tile: array<f32, 1040>;  // SLICE x STRIDE

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let d = params.d;
  let row0 = params.start + group.x * ROWS;
  let row = row0 + thread;
  var sums = array<vec4f, 4>();
  var square = 0.0;
  for (var t0 = 0u; t0 < d; t0 += SLICE) {
    workgroupBarrier();
    for (var e = thread; e < ROWS * SLICE; e += 64u) {
      let t = t0 + e % SLICE;
      let at = row0 + e / SLICE;
      var value = 0.0;
      if (t < d && at < params.to) { value = x[at * d + t]; }
      tile[(e % SLICE) * STRIDE + e / SLICE] = value;
    }
    workgroupBarrier();
    let columns = min(SLICE, d - t0);
    var parts = array<vec4f, 4>();
    var own = 0.0;
    for (var t = 0u; t < columns; t++) {
      let value = tile[t * STRIDE + thread];
      own += value * value;
      for (var u = 0u; u < QUADS; u++) {
        let query = queries[(t0 + t) * QUADS + u];
        if (COSINE == 1u) {
          parts[u] += value * query;
        } else {
          let gap = vec4f(value) - query;
          parts[u] += gap * gap;
        }
      }
    }
    square += own;
    for (var u = 0u; u < QUADS; u++) { sums[u] += parts[u]; }
  }
  if (row >= params.to) { return; }
  for (var q = 0u; q < params.queries; q++) {
    var value = sums[q / 4u][q % 4u];
    if (COSINE == 1u) {
      let scale = square * squares[q];
      value = select(1.0, 1.0 - value / sqrt(scale), scale > 0.0);
    }
    distances[q * params.rows + row] = value;
  }
}
