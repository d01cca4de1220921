// Nearest centre of each row among those of its group; ties go to the lowest index. Behind group-distances.wgsl.

struct Params {
  d: u32,
  start: u32,     // first tile of this dispatch
  centres: u32,   // of all groups: the place of the changes in tally
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(6) var<storage, read_write> labels: array<u32>;   // position
@group(0) @binding(7) var<storage, read_write> squared: array<f32>;  // position
@group(0) @binding(8) var<storage, read_write> tally: array<atomic<u32>>;  // rows of each centre, then changes of each group

const NONE = 0xffffffffu;

var<workgroup> found: array<u32, ROWS>;
var<workgroup> moved: atomic<u32>;

@compute @workgroup_size(128)
fn main(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) thread: u32) {
  let tile = tiles[params.start + id.x];
  let first = groups[tile.group].x;
  let k = groups[tile.group].y;
  if (k == 0u) { return; }
  var least = 3.4e38;
  var label = 0u;
  for (var c0 = 0u; c0 < k; c0 += 32u) {
    let count = min(32u, k - c0);
    let totals = squaredDistances(tile, thread, first + c0, count);
    for (var j = 0u; j < count; j++) {
      if (totals[j] < least) {
        least = totals[j];
        label = c0 + j;
      }
    }
  }

  if (thread == 0u) { atomicStore(&moved, 0u); }
  workgroupBarrier();
  found[thread] = NONE;
  if (thread < tile.count) {
    let position = tile.first + thread;
    if (labels[position] != label) { atomicAdd(&moved, 1u); }
    labels[position] = label;
    squared[position] = least;
    found[thread] = label;
  }
  workgroupBarrier();
  for (var c = thread; c < k; c += ROWS) {
    var rows = 0u;
    for (var r = 0u; r < tile.count; r++) { rows += u32(found[r] == c); }
    if (rows > 0u) { atomicAdd(&tally[first + c], rows); }
  }
  if (thread == 0u) {
    let changes = atomicLoad(&moved);
    if (changes > 0u) { atomicAdd(&tally[params.centres + tile.group], changes); }
  }
}
