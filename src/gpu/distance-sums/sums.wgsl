// Adds a tile of distances by cluster, for every labelling at once. A workgroup takes one cluster and 256 sampled rows; a
// thread adds for four of them, walking the rows of the cluster in a fixed order, so nothing races and every run agrees.

struct Params {
  stride: u32,  // of the tile, in vec4
  quads: u32,   // fours of sampled rows in this dispatch
  first: u32,   // first of them among all
  all: u32,     // all of them
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> tile: array<vec4f>;
@group(0) @binding(2) var<storage, read> order: array<u32>;   // rows of the block by cluster, labelling after labelling
@group(0) @binding(3) var<storage, read> starts: array<u32>;  // where each cluster begins in `order`, and its end
@group(0) @binding(4) var<storage, read_write> totals: array<vec4f>;  // cluster, four sampled rows

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let quad = group.y * 64u + thread;
  if (quad >= params.quads) { return; }
  let begin = starts[group.x];
  let end = starts[group.x + 1u];
  var total = vec4f(0.0);
  // Partial sums of 32 terms keep the rounding small.
  for (var p0 = begin; p0 < end; p0 += 32u) {
    var some = vec4f(0.0);
    for (var p = p0; p < min(p0 + 32u, end); p++) { some += tile[order[p] * params.stride + quad]; }
    total += some;
  }
  totals[group.x * params.all + params.first + quad] += total;
}
