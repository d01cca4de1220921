// Adds the partial sums of each cluster and column into its total, in groups of eight, so that rounding grows slowly and
// the order does not depend on how many parts a dispatch had. Fits that are not going are left alone.

struct Params {
  d: u32,
  parts: u32,
  total: u32,   // clusters of all fits
  fresh: u32,   // 1: the totals begin here
}

// Fit: slot, row of its first centre, clusters, its first cluster among those of all fits.

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> fits: array<vec4u>;
@group(0) @binding(2) var<storage, read> states: array<vec4u>;  // slot: state, ...
@group(0) @binding(3) var<storage, read> partials: array<f32>;  // part, cluster, column
@group(0) @binding(4) var<storage, read_write> totals: array<f32>;  // row, column

const GOING = 0u;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let fit = fits[group.y];
  if (states[fit.x].x != GOING) { return; }
  let stride = params.total * params.d;
  for (var e = group.x * 256u + thread; e < fit.z * params.d; e += groups.x * 256u) {
    let at = fit.w * params.d + e;
    let out = fit.y * params.d + e;
    var total = 0.0;
    if (params.fresh == 0u) { total = totals[out]; }
    for (var p0 = 0u; p0 < params.parts; p0 += 8u) {
      var some = 0.0;
      for (var p = p0; p < min(p0 + 8u, params.parts); p++) { some += partials[p * stride + at]; }
      total += some;
    }
    totals[out] = total;
  }
}
