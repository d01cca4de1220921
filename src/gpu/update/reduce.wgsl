// Adds the partial sums of each element into its total, in groups of sixteen, so that rounding grows slowly.

struct Params {
  elements: u32,
  parts: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> partials: array<f32>;  // part, element
@group(0) @binding(2) var<storage, read_write> totals: array<f32>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let element = (group.y * groups.x + group.x) * 256u + thread;
  if (element >= params.elements) { return; }
  var total = 0.0;
  for (var p0 = 0u; p0 < params.parts; p0 += 16u) {
    var some = 0.0;
    for (var p = p0; p < min(p0 + 16u, params.parts); p++) { some += partials[p * params.elements + element]; }
    total += some;
  }
  totals[element] += total;
}
