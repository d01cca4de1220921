// For each row and up to 8 candidate centres c: min(closest, sum of (x - c)^2), what k-means++ needs of a candidate.
// Rows pass through workgroup memory in slices of 16 columns, so that neighbouring threads read neighbouring addresses.

struct Params {
  d: u32,
  start: u32,        // first row of this dispatch
  rows: u32,        // rows of the chunk, the stride of the output
  to: u32,          // one past the last row of this dispatch
  candidates: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> centres: array<f32>;  // candidate, column
@group(0) @binding(3) var<storage, read> closest: array<f32>;
@group(0) @binding(4) var<storage, read_write> after: array<f32>;  // candidate, row

const ROWS = 64u;
const SLICE = 16u;
const STRIDE = 65u;  // odd, so that a column's rows fall into different banks

var<workgroup> tileX: array<f32, 1040>;  // SLICE x STRIDE
var<workgroup> tileC: array<f32, 128>;   // 8 x SLICE

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let d = params.d;
  let row0 = params.start + group.x * ROWS;
  var sums = array<f32, 8>();
  for (var t0 = 0u; t0 < d; t0 += SLICE) {
    workgroupBarrier();
    for (var e = thread; e < ROWS * SLICE; e += 64u) {
      let t = t0 + e % SLICE;
      let at = row0 + e / SLICE;
      var value = 0.0;
      if (t < d && at < params.to) { value = x[at * d + t]; }
      tileX[(e % SLICE) * STRIDE + e / SLICE] = value;
    }
    for (var e = thread; e < params.candidates * SLICE; e += 64u) {
      let t = t0 + e % SLICE;
      var value = 0.0;
      if (t < d) { value = centres[(e / SLICE) * d + t]; }
      tileC[e] = value;
    }
    workgroupBarrier();
    let columns = min(SLICE, d - t0);
    for (var c = 0u; c < params.candidates; c++) {
      var part = 0.0;
      for (var t = 0u; t < columns; t++) {
        let gap = tileX[t * STRIDE + thread] - tileC[c * SLICE + t];
        part += gap * gap;
      }
      sums[c] += part;
    }
  }
  let at = row0 + thread;
  if (at < params.to) {
    for (var c = 0u; c < params.candidates; c++) {
      after[c * params.rows + at] = min(closest[at], sums[c]);
    }
  }
}
