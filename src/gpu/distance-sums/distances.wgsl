// Euclidean distances of 64 sampled rows to 64 rows of the chunk for each workgroup. The differences themselves are
// squared: |x|^2 + |y|^2 - 2 x.y would leave rounding where rows are alike, and a duplicate must be at 0.

struct Params {
  d: u32,
  first: u32,    // first sampled row of this tile
  samples: u32,  // all sampled rows
  stride: u32,   // of the tile, in vec4
}

struct Block {
  start: u32,  // first row in the chunk
  rows: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<uniform> block: Block;
@group(0) @binding(2) var<storage, read> x: array<f32>;
@group(0) @binding(3) var<storage, read> sampled: array<f32>;
@group(0) @binding(4) var<storage, read_write> tile: array<vec4f>;  // row of the block, four sampled rows

const SLICE = 16u;
const SIDE = 16u;  // vec4 in 64 rows

var<workgroup> tileX: array<vec4f, 256>;  // column, four rows
var<workgroup> tileS: array<vec4f, 256>;  // column, four sampled rows

@compute @workgroup_size(128)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let d = params.d;
  let row0 = group.y * 64u;
  let sample0 = params.first + group.x * 64u;
  let ts = thread & 7u;   // sampled rows 8 ts .. 8 ts + 7
  let tr = thread >> 3u;  // rows 4 tr .. 4 tr + 3

  var low = array<vec4f, 4>();   // [row], sampled rows 8 ts .. 8 ts + 3
  var high = array<vec4f, 4>();  // [row], sampled rows 8 ts + 4 .. 8 ts + 7
  for (var t0 = 0u; t0 < d; t0 += SLICE) {
    workgroupBarrier();
    // Sixteen neighbouring threads read sixteen neighbouring numbers of a row.
    for (var e = thread; e < SIDE * SLICE; e += 128u) {
      let t = t0 + (e & 15u);
      let four = (e >> 4u) * 4u;
      var rows = vec4f(0.0);
      var samples = vec4f(0.0);
      if (t < d) {
        for (var r = 0u; r < 4u; r++) {
          let row = row0 + four + r;
          if (row < block.rows) { rows[r] = x[(block.start + row) * d + t]; }
          let sample = sample0 + four + r;
          if (sample < params.samples) { samples[r] = sampled[sample * d + t]; }
        }
      }
      tileX[(e & 15u) * SIDE + (e >> 4u)] = rows;
      tileS[(e & 15u) * SIDE + (e >> 4u)] = samples;
    }
    workgroupBarrier();
    let columns = min(SLICE, d - t0);
    for (var t = 0u; t < columns; t++) {
      let xs = tileX[t * SIDE + tr];
      let s0 = tileS[t * SIDE + 2u * ts];
      let s1 = tileS[t * SIDE + 2u * ts + 1u];
      let gaps0 = array<vec4f, 4>(s0 - xs.x, s0 - xs.y, s0 - xs.z, s0 - xs.w);
      let gaps1 = array<vec4f, 4>(s1 - xs.x, s1 - xs.y, s1 - xs.z, s1 - xs.w);
      low[0] += gaps0[0] * gaps0[0];
      low[1] += gaps0[1] * gaps0[1];
      low[2] += gaps0[2] * gaps0[2];
      low[3] += gaps0[3] * gaps0[3];
      high[0] += gaps1[0] * gaps1[0];
      high[1] += gaps1[1] * gaps1[1];
      high[2] += gaps1[2] * gaps1[2];
      high[3] += gaps1[3] * gaps1[3];
    }
  }
  for (var r = 0u; r < 4u; r++) {
    let at = (row0 + tr * 4u + r) * params.stride + group.x * SIDE + 2u * ts;
    tile[at] = distance4(low[r]);
    tile[at + 1u] = distance4(high[r]);
  }
}

// sqrt may be computed as x * inverseSqrt(x), which is not a number at 0.
fn distance4(squared: vec4f) -> vec4f {
  return select(sqrt(squared), vec4f(0.0), squared == vec4f(0.0));
}
