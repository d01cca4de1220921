// Moves the centres of each fit that is going to the mean of their rows: sum / count, |c|^2 and the squared shift of each.
// A fit with an empty cluster stays where it is. One workgroup for each centre.

struct Params {
  d: u32,
  normsAt: u32,  // place of |c|^2 in centres
}

// Fit: slot, row of its first centre, clusters, unused.

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> fits: array<vec4u>;
@group(0) @binding(2) var<storage, read> states: array<vec4u>;  // slot: state, ...
@group(0) @binding(3) var<storage, read> totals: array<f32>;    // row, column
@group(0) @binding(4) var<storage, read> counts: array<u32>;    // row
@group(0) @binding(5) var<storage, read_write> centres: array<f32>;
@group(0) @binding(6) var<storage, read_write> shifts: array<f32>;  // row

const GOING = 0u;

var<workgroup> parts: array<vec2f, 64>;  // squared shift, |c|^2
var<workgroup> empty: array<u32, 64>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let fit = fits[group.y];
  if (group.x >= fit.z || states[fit.x].x != GOING) { return; }
  let row = fit.y + group.x;

  var none = 0u;
  for (var c = thread; c < fit.z; c += 64u) { none |= u32(counts[fit.y + c] == 0u); }
  empty[thread] = none;
  for (var half = 32u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (thread < half) { empty[thread] |= empty[thread + half]; }
  }
  if (workgroupUniformLoad(&empty[0]) != 0u) { return; }

  let size = f32(counts[row]);
  var part = vec2f(0.0);
  for (var t = thread; t < params.d; t += 64u) {
    let at = row * params.d + t;
    let value = totals[at] / size;
    let gap = value - centres[at];
    centres[at] = value;
    part += vec2f(gap * gap, value * value);
  }
  parts[thread] = part;
  for (var half = 32u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (thread < half) { parts[thread] += parts[thread + half]; }
  }
  if (thread == 0u) {
    shifts[row] = parts[0].x;
    centres[params.normsAt + row] = parts[0].y;
  }
}
