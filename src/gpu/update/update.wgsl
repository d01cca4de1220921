// Sums of the rows of each cluster, without float atomics, so that every run adds in the same order.
// One workgroup takes a part of the rows, 64 columns and 62 clusters; thread t owns column t, so nothing
// races; reduce.wgsl adds the parts.

struct Params {
  d: u32,
  start: u32,     // first row of this dispatch
  rows: u32,     // rows of the chunk, the stride of labels
  to: u32,       // one past the last row of this dispatch
  perPart: u32,
  total: u32,    // centres of all sets together
}

struct CentreSet {
  first: u32,
  k: u32,
  slot: u32,
  unused: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> sets: array<CentreSet>;
@group(0) @binding(3) var<storage, read> labels: array<u32>;
@group(0) @binding(4) var<storage, read_write> partials: array<f32>;  // part, centre, column
@group(0) @binding(5) var<storage, read_write> counts: array<atomic<u32>>;

const COLUMNS = 64u;
const CLUSTERS = 62u;  // with the counts, just within the 16 KiB every device has

var<workgroup> sums: array<f32, 3968>;  // CLUSTERS x COLUMNS
var<workgroup> tally: array<atomic<u32>, CLUSTERS>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let fit = sets[group.z];
  let slices = (params.d + COLUMNS - 1u) / COLUMNS;
  let slice = group.y % slices;
  let c0 = (group.y / slices) * CLUSTERS;
  if (c0 >= fit.k) { return; }
  let clusters = min(CLUSTERS, fit.k - c0);
  let column = slice * COLUMNS + thread;
  let begin = params.start + group.x * params.perPart;
  let end = min(begin + params.perPart, params.to);
  let offset = fit.slot * params.rows;

  for (var c = 0u; c < clusters; c++) { sums[c * COLUMNS + thread] = 0.0; }
  if (thread < CLUSTERS) { atomicStore(&tally[thread], 0u); }
  workgroupBarrier();

  if (column < params.d) {
    for (var i = begin; i < end; i++) {
      let c = labels[offset + i] - c0;
      if (c < clusters) { sums[c * COLUMNS + thread] += x[i * params.d + column]; }
    }
    for (var c = 0u; c < clusters; c++) {
      let element = (fit.first + c0 + c) * params.d + column;
      partials[group.x * params.total * params.d + element] = sums[c * COLUMNS + thread];
    }
  }
  if (slice == 0u) {
    for (var i = begin + thread; i < end; i += COLUMNS) {
      let c = labels[offset + i] - c0;
      if (c < clusters) { atomicAdd(&tally[c], 1u); }
    }
  }
  workgroupBarrier();
  if (slice == 0u && thread < clusters) {
    atomicAdd(&counts[fit.first + c0 + thread], atomicLoad(&tally[thread]));
  }
}
