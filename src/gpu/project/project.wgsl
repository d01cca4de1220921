// Dot products of rows with vectors: 64 rows by 64 vectors for each workgroup.

struct Params {
  d: u32,
  start: u32,    // first row of this dispatch
  rows: u32,
  vectors: u32,
  stride: u32,   // numbers of a row of the result
  first: u32,    // place of the first vector in it
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> vectors: array<f32>;
@group(0) @binding(3) var<storage, read_write> products: array<f32>;  // row, vector

const SLICE = 16u;
const SIDE = 16u;  // vec4 in 64 rows

var<workgroup> tileX: array<vec4f, 256>;  // column, four rows
var<workgroup> tileV: array<vec4f, 256>;  // column, four vectors

@compute @workgroup_size(128)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let d = params.d;
  let row0 = params.start + group.x * 64u;
  let vector0 = group.y * 64u;
  let tv = thread & 7u;   // vectors 8 tv .. 8 tv + 7
  let tr = thread >> 3u;  // rows 4 tr .. 4 tr + 3

  var low = array<vec4f, 4>();
  var high = array<vec4f, 4>();
  for (var t0 = 0u; t0 < d; t0 += SLICE) {
    workgroupBarrier();
    // Sixteen neighbouring threads read sixteen neighbouring numbers of a row.
    for (var e = thread; e < SIDE * SLICE; e += 128u) {
      let t = t0 + (e & 15u);
      let four = (e >> 4u) * 4u;
      var rows = vec4f(0.0);
      var others = vec4f(0.0);
      if (t < d) {
        for (var r = 0u; r < 4u; r++) {
          let row = row0 + four + r;
          if (row < params.rows) { rows[r] = x[row * d + t]; }
          let vector = vector0 + four + r;
          if (vector < params.vectors) { others[r] = vectors[vector * d + t]; }
        }
      }
      tileX[(e & 15u) * SIDE + (e >> 4u)] = rows;
      tileV[(e & 15u) * SIDE + (e >> 4u)] = others;
    }
    workgroupBarrier();
    let columns = min(SLICE, d - t0);
    // Partial sums of sixteen terms keep the rounding small.
    var someLow = array<vec4f, 4>();
    var someHigh = array<vec4f, 4>();
    for (var t = 0u; t < columns; t++) {
      let xs = tileX[t * SIDE + tr];
      let v0 = tileV[t * SIDE + 2u * tv];
      let v1 = tileV[t * SIDE + 2u * tv + 1u];
      someLow[0] += xs.x * v0;
      someLow[1] += xs.y * v0;
      someLow[2] += xs.z * v0;
      someLow[3] += xs.w * v0;
      someHigh[0] += xs.x * v1;
      someHigh[1] += xs.y * v1;
      someHigh[2] += xs.z * v1;
      someHigh[3] += xs.w * v1;
    }
    for (var r = 0u; r < 4u; r++) {
      low[r] += someLow[r];
      high[r] += someHigh[r];
    }
  }
  for (var r = 0u; r < 4u; r++) {
    let row = row0 + tr * 4u + r;
    if (row >= params.rows) { continue; }
    for (var v = 0u; v < 8u; v++) {
      let vector = vector0 + tv * 8u + v;
      if (vector >= params.vectors) { break; }
      products[row * params.stride + params.first + vector] = select(low[r][v & 3u], high[r][v & 3u], v >= 4u);
    }
  }
}
