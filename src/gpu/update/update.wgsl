// Sums of the rows of each cluster, for several fits over one reading of the rows, without float atomics, so that every run
// adds in the same order. A workgroup takes a part of the rows, some columns, and as many clusters as its memory holds. A
// thread owns one column of some fits, so nothing races; reduce.wgsl adds the parts. Fits that are not going are left alone.

struct Params {
  d: u32,
  start: u32,    // first row of this dispatch
  rows: u32,     // rows of the chunk, the stride of labels
  to: u32,       // one past the last row of this dispatch
  perPart: u32,
  total: u32,    // clusters of all fits
  slices: u32,   // of the columns
  segmentsAt: u32,
}

// Group: first segment, segments. Segment: consecutive clusters of one fit.
struct Segment {
  slot: u32,
  centre: u32,  // its first cluster, within the fit
  count: u32,
  place: u32,   // of that cluster in this workgroup's memory
  out: u32,     // of that cluster among those of all fits
  row: u32,     // of that cluster's centre
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> plan: array<u32>;
@group(0) @binding(3) var<storage, read> states: array<vec4u>;  // slot: state, ...
@group(0) @binding(4) var<storage, read> labels: array<u32>;    // slot, row
@group(0) @binding(5) var<storage, read_write> partials: array<f32>;  // part, cluster, column
@group(0) @binding(6) var<storage, read_write> counts: array<atomic<u32>>;  // of each centre

override COLUMNS: u32;
override LANES: u32;     // fits side by side
override CLUSTERS: u32;

const GOING = 0u;

override SUMS = CLUSTERS * COLUMNS;
override THREADS = COLUMNS * LANES;

var<workgroup> sums: array<f32, SUMS>;
var<workgroup> tally: array<atomic<u32>, CLUSTERS>;

fn segmentAt(index: u32) -> Segment {
  let at = params.segmentsAt + index * 6u;
  return Segment(plan[at], plan[at + 1u], plan[at + 2u], plan[at + 3u], plan[at + 4u], plan[at + 5u]);
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let slice = group.x % params.slices;
  let firstSegment = plan[(group.x / params.slices) * 2u];
  let segments = plan[(group.x / params.slices) * 2u + 1u];
  let lane = thread / COLUMNS;
  let within = thread % COLUMNS;
  let column = slice * COLUMNS + within;
  let begin = params.start + group.y * params.perPart;
  let end = min(begin + params.perPart, params.to);

  for (var c = thread; c < CLUSTERS; c += THREADS) { atomicStore(&tally[c], 0u); }
  workgroupBarrier();

  for (var s = lane; s < segments; s += LANES) {
    let segment = segmentAt(firstSegment + s);
    if (states[segment.slot].x != GOING) { continue; }
    let offset = segment.slot * params.rows;
    let own = segment.place * COLUMNS + within;
    if (column < params.d) {
      for (var c = 0u; c < segment.count; c++) { sums[own + c * COLUMNS] = 0.0; }
      var i = begin;
      // Four rows are fetched before the first is added: the loads do not wait for one another.
      for (; i + 3u < end; i += 4u) {
        let c0 = labels[offset + i] - segment.centre;
        let c1 = labels[offset + i + 1u] - segment.centre;
        let c2 = labels[offset + i + 2u] - segment.centre;
        let c3 = labels[offset + i + 3u] - segment.centre;
        let x0 = x[i * params.d + column];
        let x1 = x[(i + 1u) * params.d + column];
        let x2 = x[(i + 2u) * params.d + column];
        let x3 = x[(i + 3u) * params.d + column];
        if (c0 < segment.count) { sums[own + c0 * COLUMNS] += x0; }
        if (c1 < segment.count) { sums[own + c1 * COLUMNS] += x1; }
        if (c2 < segment.count) { sums[own + c2 * COLUMNS] += x2; }
        if (c3 < segment.count) { sums[own + c3 * COLUMNS] += x3; }
      }
      for (; i < end; i++) {
        let c = labels[offset + i] - segment.centre;
        if (c < segment.count) { sums[own + c * COLUMNS] += x[i * params.d + column]; }
      }
      for (var c = 0u; c < segment.count; c++) {
        let at = (group.y * params.total + segment.out + c) * params.d + column;
        partials[at] = sums[own + c * COLUMNS];
      }
    }
    if (slice == 0u) {
      for (var i = begin + within; i < end; i += COLUMNS) {
        let c = labels[offset + i] - segment.centre;
        if (c < segment.count) { atomicAdd(&tally[segment.place + c], 1u); }
      }
    }
  }
  workgroupBarrier();

  if (slice == 0u) {
    for (var s = lane; s < segments; s += LANES) {
      let segment = segmentAt(firstSegment + s);
      for (var c = within; c < segment.count; c += COLUMNS) {
        let n = atomicLoad(&tally[segment.place + c]);
        if (n > 0u) { atomicAdd(&counts[segment.row + c], n); }
      }
    }
  }
}
