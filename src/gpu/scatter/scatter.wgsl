// X^T X in tiles of 64 x 64 columns over parts of the rows. A workgroup sums one tile over one part; the parts are added
// in f64 on the CPU. Only tiles on and above the diagonal are computed.

struct Params {
  d: u32,
  rows: u32,
  perPart: u32,
  tiles: u32,  // tiles of the triangle
  first: u32,  // place of the first workgroup among (part, tile)
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> corners: array<vec2u>;  // first columns of each tile
@group(0) @binding(3) var<storage, read_write> sums: array<vec4f>;  // (part, tile), 64, 16

const SLICE = 16u;

var<workgroup> left: array<vec4f, 256>;   // row, four columns
var<workgroup> right: array<vec4f, 256>;

fn four(row: u32, column: u32, end: u32) -> vec4f {
  var v = vec4f(0.0);
  if (row < end) {
    let at = row * params.d + column;
    if (column < params.d) { v.x = x[at]; }
    if (column + 1u < params.d) { v.y = x[at + 1u]; }
    if (column + 2u < params.d) { v.z = x[at + 2u]; }
    if (column + 3u < params.d) { v.w = x[at + 3u]; }
  }
  return v;
}

@compute @workgroup_size(128)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let place = params.first + group.x;
  let corner = corners[place % params.tiles];
  let begin = (place / params.tiles) * params.perPart;
  let end = min(begin + params.perPart, params.rows);
  let tq = thread & 7u;   // columns 8 tq .. 8 tq + 7 of the right side
  let tp = thread >> 3u;  // columns 4 tp .. 4 tp + 3 of the left side

  var low = array<vec4f, 4>();
  var high = array<vec4f, 4>();
  for (var row0 = begin; row0 < end; row0 += SLICE) {
    workgroupBarrier();
    for (var e = thread; e < 256u; e += 128u) {
      let row = row0 + (e >> 4u);
      let column = (e & 15u) * 4u;
      left[e] = four(row, corner.x + column, end);
      right[e] = four(row, corner.y + column, end);
    }
    workgroupBarrier();
    let rows = min(SLICE, end - row0);
    for (var r = 0u; r < rows; r++) {
      let p = left[r * 16u + tp];
      let q0 = right[r * 16u + 2u * tq];
      let q1 = right[r * 16u + 2u * tq + 1u];
      low[0] += p.x * q0;
      low[1] += p.y * q0;
      low[2] += p.z * q0;
      low[3] += p.w * q0;
      high[0] += p.x * q1;
      high[1] += p.y * q1;
      high[2] += p.z * q1;
      high[3] += p.w * q1;
    }
  }
  for (var c = 0u; c < 4u; c++) {
    let at = group.x * 1024u + (tp * 4u + c) * 16u + 2u * tq;
    sums[at] = low[c];
    sums[at + 1u] = high[c];
  }
}
