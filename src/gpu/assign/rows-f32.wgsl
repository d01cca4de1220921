@group(0) @binding(1) var<storage, read> x: array<f32>;

// Columns t and t + 1 of a row; 0 past the last.
fn columnPair(row: u32, t: u32) -> vec2f {
  let at = row * params.d + t;
  return vec2f(x[at], select(0.0, x[at + 1u], t + 1u < params.d));
}
