// Sums of the rows of each cluster of each group, without float atomics, so that every run adds in the same order. One
// workgroup takes a part of the rows of one group, 64 columns and 64 clusters; thread t owns column t, so nothing races;
// group-reduce.wgsl adds the parts.

struct Params {
  d: u32,
  start: u32,   // first part of this dispatch
}

struct Part {
  first: u32,   // position of its first row in order
  count: u32,
  group: u32,
  unused: u32,
}

struct Run {
  centre: u32,     // first centre of the group among all
  k: u32,          // 0 if the group is left out
  base: u32,       // place of its sums in partials
  firstPart: u32,
  parts: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> order: array<u32>;
@group(0) @binding(3) var<storage, read> parts: array<Part>;
@group(0) @binding(4) var<storage, read> runs: array<Run>;
@group(0) @binding(5) var<storage, read> labels: array<u32>;
@group(0) @binding(6) var<storage, read_write> partials: array<f32>;  // part, cluster, column

const COLUMNS = 64u;
const CLUSTERS = 64u;

var<workgroup> sums: array<f32, 4096>;  // CLUSTERS x COLUMNS: the 16 KiB that every device has

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) thread: u32) {
  let part = parts[params.start + id.x];
  let run = runs[part.group];
  let place = params.start + id.x - run.firstPart;
  let c0 = id.z * CLUSTERS;
  // Before the run's first part `place` wraps around.
  if (place >= run.parts || c0 >= run.k) { return; }
  let clusters = min(CLUSTERS, run.k - c0);
  let column = id.y * COLUMNS + thread;
  if (column >= params.d) { return; }
  for (var c = 0u; c < clusters; c++) { sums[c * COLUMNS + thread] = 0.0; }
  for (var p = part.first; p < part.first + part.count; p++) {
    let c = labels[p] - c0;
    if (c < clusters) { sums[c * COLUMNS + thread] += x[order[p] * params.d + column]; }
  }
  for (var c = 0u; c < clusters; c++) {
    partials[run.base + (place * run.k + c0 + c) * params.d + column] = sums[c * COLUMNS + thread];
  }
}
