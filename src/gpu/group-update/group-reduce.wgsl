// Adds the parts of each group's sums to its totals, in groups of sixteen, so that rounding grows slowly.

struct Params {
  d: u32,
  group: u32,   // first group of this dispatch
}

struct Run {
  centre: u32,
  k: u32,
  base: u32,
  firstPart: u32,
  parts: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> runs: array<Run>;
@group(0) @binding(2) var<storage, read> partials: array<f32>;  // part, cluster, column
@group(0) @binding(3) var<storage, read_write> totals: array<f32>;  // centre, column

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) thread: u32) {
  let run = runs[params.group + id.x];
  let size = run.k * params.d;
  let element = id.y * 256u + thread;
  if (element >= size || run.parts == 0u) { return; }
  var total = 0.0;
  for (var p0 = 0u; p0 < run.parts; p0 += 16u) {
    var some = 0.0;
    for (var p = p0; p < min(p0 + 16u, run.parts); p++) { some += partials[run.base + p * size + element]; }
    total += some;
  }
  totals[run.centre * params.d + element] += total;
}
