// Makes the distances to the candidate that each restart of a group keeps the closest ones.

struct Params {
  start: u32,       // first tile of this dispatch
  positions: u32,   // of the chunk, the stride of closest and after
  restarts: u32,
}

struct Tile {
  first: u32,
  count: u32,
  group: u32,
  unused: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> tiles: array<Tile>;
@group(0) @binding(2) var<storage, read> kept: array<u32>;  // group, restart: candidate of the group, or none
@group(0) @binding(3) var<storage, read> after: array<f32>;
@group(0) @binding(4) var<storage, read_write> closest: array<f32>;

const NONE = 0xffffffffu;

@compute @workgroup_size(128)
fn main(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) thread: u32) {
  let tile = tiles[params.start + id.x];
  if (thread >= tile.count) { return; }
  let position = tile.first + thread;
  for (var r = 0u; r < params.restarts; r++) {
    let candidate = kept[tile.group * params.restarts + r];
    if (candidate != NONE) {
      closest[r * params.positions + position] = after[candidate * params.positions + position];
    }
  }
}
