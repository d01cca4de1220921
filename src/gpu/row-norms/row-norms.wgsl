// |x|^2 of each row; sixteen threads a row, in slices of 16 columns.

struct Params {
  d: u32,
  start: u32,  // first row of this dispatch
  to: u32,     // one past the last row of this dispatch
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read_write> norms: array<f32>;

var<workgroup> parts: array<f32, 64>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let row = params.start + group.x * 4u + thread / 16u;
  var part = 0.0;
  if (row < params.to) {
    for (var t = thread & 15u; t < params.d; t += 16u) {
      let value = x[row * params.d + t];
      part += value * value;
    }
  }
  parts[thread] = part;
  workgroupBarrier();
  if ((thread & 15u) == 0u && row < params.to) {
    var total = 0.0;
    for (var lane = 0u; lane < 16u; lane++) { total += parts[thread + lane]; }
    norms[row] = total;
  }
}
