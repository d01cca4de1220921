@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(8) var<storage, read> half: array<u32>;  // row, pair of columns

// Columns t and t + 1 of a row, t even, as 16-bit floats hold them; 0 past the last.
fn columnPair(row: u32, t: u32) -> vec2f {
  return unpack2x16float(half[row * ((params.d + 1u) / 2u) + t / 2u]) * params.unscale;
}
