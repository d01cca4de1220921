// For each row and the candidate centres c of its group: min(closest, sum of (x - c)^2), what k-means++ needs of a
// candidate, and the sum of it over the rows of a tile. Behind group-distances.wgsl.

struct Params {
  d: u32,
  start: u32,       // first tile of this dispatch
  positions: u32,   // of the chunk, the stride of closest and after
  restarts: u32,
  width: u32,       // stride of sums: the most candidates of a group
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(6) var<storage, read> closest: array<f32>;     // restart, position
@group(0) @binding(7) var<storage, read_write> after: array<f32>; // candidate of the group, position
@group(0) @binding(8) var<storage, read_write> sums: array<f32>;  // tile, candidate of the group

var<workgroup> partial: array<f32, ROWS>;

@compute @workgroup_size(128)
fn main(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) thread: u32) {
  let tile = tiles[params.start + id.x];
  let first = groups[tile.group].x;
  let count = groups[tile.group].y;
  if (count == 0u) { return; }
  var totals = squaredDistances(tile, thread, first, count);

  let position = tile.first + thread;
  let trials = count / params.restarts;
  for (var j0 = 0u; j0 < count; j0 += 16u) {
    let some = min(16u, count - j0);
    workgroupBarrier();
    for (var j = 0u; j < some; j++) {
      var value = 0.0;
      if (thread < tile.count) {
        let restart = (j0 + j) / trials;
        value = min(closest[restart * params.positions + position], totals[j0 + j]);
        after[(j0 + j) * params.positions + position] = value;
      }
      slice[j * STRIDE + thread] = value;
    }
    workgroupBarrier();
    // Eight threads a candidate, sixteen rows each, always in this order.
    var part = 0.0;
    for (var r = 0u; r < 16u; r++) { part += slice[(thread >> 3u) * STRIDE + (thread & 7u) * 16u + r]; }
    partial[thread] = part;
    workgroupBarrier();
    if (thread < some) {
      var sum = 0.0;
      for (var p = 0u; p < 8u; p++) { sum += partial[thread * 8u + p]; }
      sums[(params.start + id.x) * params.width + j0 + thread] = sum;
    }
  }
}
