// The sum of (x - c)^2 of each row and its own centre, for up to 8 fits over one reading of the rows. Rows pass through
// workgroup memory in slices of 16 columns, so that neighbouring threads read neighbouring addresses.

struct Params {
  d: u32,
  start: u32,     // first row of this dispatch
  rows: u32,      // rows of the chunk, the stride of labels and squared
  to: u32,        // one past the last row of this dispatch
  firstFit: u32,
  fits: u32,
}

// Fit: slot of its labels, row of its first centre, place of its distances, unused.

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> centres: array<f32>;
@group(0) @binding(3) var<storage, read> fits: array<vec4u>;
@group(0) @binding(4) var<storage, read> labels: array<u32>;  // slot, row
@group(0) @binding(5) var<storage, read_write> squared: array<f32>;  // place, row

const ROWS = 64u;
const SLICE = 16u;
const STRIDE = 65u;  // odd, so that a column's rows fall into different banks

var<workgroup> tile: array<f32, 1040>;  // SLICE x STRIDE

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let d = params.d;
  let row0 = params.start + group.x * ROWS;
  let row = row0 + thread;
  var start = array<u32, 8>();  // place of the row's centre
  if (row < params.to) {
    for (var f = 0u; f < params.fits; f++) {
      let fit = fits[params.firstFit + f];
      start[f] = (fit.y + labels[fit.x * params.rows + row]) * d;
    }
  }
  var sums = array<f32, 8>();
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
    for (var f = 0u; f < params.fits; f++) {
      var part = 0.0;
      for (var t = 0u; t < columns; t++) {
        let gap = tile[t * STRIDE + thread] - centres[start[f] + t0 + t];
        part += gap * gap;
      }
      sums[f] += part;
    }
  }
  if (row < params.to) {
    for (var f = 0u; f < params.fits; f++) {
      squared[fits[params.firstFit + f].z * params.rows + row] = sums[f];
    }
  }
}
