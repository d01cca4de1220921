// After the centres have moved: decides for each fit whether it goes on, and clears its counts for the next iteration. A fit
// ends as scikit-learn's does: no label changed, or the centres' summed squared shift is at most the tolerance. With an
// empty cluster it waits, its sums and counts kept, until someone has filled that. One workgroup for each fit.

struct Params {
  shift: f32,
}

// Fit: slot, row of its first centre, clusters, unused. State: one of these, iterations done, labels changed in the last
// one, iterations allowed.
const GOING = 0u;
const CONVERGED = 1u;
const EMPTY = 2u;
const PAUSED = 3u;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> fits: array<vec4u>;
@group(0) @binding(2) var<storage, read_write> states: array<vec4u>;
@group(0) @binding(3) var<storage, read> shifts: array<f32>;          // row
@group(0) @binding(4) var<storage, read_write> counts: array<u32>;    // row
@group(0) @binding(5) var<storage, read_write> changed: array<u32>;   // slot

var<workgroup> sums: array<f32, 64>;
var<workgroup> empty: array<u32, 64>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let fit = fits[group.x];
  let slot = fit.x;
  let before = states[slot];
  var none = 0u;
  var sum = 0.0;
  for (var c = thread; c < fit.z; c += 64u) {
    none |= u32(counts[fit.y + c] == 0u);
    sum += shifts[fit.y + c];
  }
  sums[thread] = sum;
  empty[thread] = none;
  for (var half = 32u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (thread < half) {
      sums[thread] += sums[thread + half];
      empty[thread] |= empty[thread + half];
    }
  }
  workgroupBarrier();

  if (before.x != GOING) { return; }
  let waits = empty[0] != 0u;
  if (!waits) {
    for (var c = thread; c < fit.z; c += 64u) { counts[fit.y + c] = 0u; }
  }
  if (thread != 0u) { return; }
  let moved = changed[slot];
  if (waits) {
    states[slot] = vec4u(EMPTY, before.y, moved, before.w);
    return;
  }
  var state = GOING;
  // Not `sum <= shift`: with a NaN among the rows nothing compares, and the fit has to end.
  if (moved == 0u || !(sums[0] > params.shift)) { state = CONVERGED; }
  else if (before.y + 1u >= before.w) { state = PAUSED; }
  states[slot] = vec4u(state, before.y + 1u, moved, before.w);
  changed[slot] = 0u;
}
