// Rows in 16-bit floats, two columns in a word, scaled by a power of two so that none overflows. pack2x16float needs no
// feature of the device.

struct Params {
  d: u32,
  start: u32,  // first row of this dispatch
  to: u32,     // one past the last row of this dispatch
  scale: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read_write> half: array<u32>;  // row, pair of columns

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let row = params.start + group.x;
  let words = (params.d + 1u) / 2u;
  for (var w = thread; w < words; w += 64u) {
    let at = row * params.d + 2u * w;
    let second = select(0.0, x[at + 1u], 2u * w + 1u < params.d);
    half[row * words + w] = pack2x16float(vec2f(x[at], second) * params.scale);
  }
}
