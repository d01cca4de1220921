// Nearest centre of each row, for several sets of centres: |c|^2 - 2 x.c over tiles of 64 rows x 32 centres, d in slices
// of 16, no n x k matrix. A workgroup has 16 x 8 threads, each with a 4 x 4 register tile.
// Because that score cancels, the two best centres are compared again by the sum of (x - c)^2; ties go to the lowest index.

struct Params {
  d: u32,
  start: u32,    // first row of this dispatch
  rows: u32,    // rows of the chunk, the stride of labels and squared
  to: u32,      // one past the last row of this dispatch
}

struct CentreSet {
  first: u32,
  k: u32,
  slot: u32,
  unused: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> centres: array<f32>;
@group(0) @binding(3) var<storage, read> norms: array<f32>;
@group(0) @binding(4) var<storage, read> sets: array<CentreSet>;
@group(0) @binding(5) var<storage, read_write> labels: array<u32>;
@group(0) @binding(6) var<storage, read_write> squared: array<f32>;
@group(0) @binding(7) var<storage, read_write> changed: array<atomic<u32>>;

const ROWS = 64u;
const CENTRES = 32u;
const SLICE = 16u;
const NONE = 65536.0;  // no centre; k is at most 65,535
const FAR = 3.4e38;

// Slices are stored column by column, so that a thread's four rows (centres) are one vec4.
var<workgroup> tileX: array<vec4f, 256>;  // SLICE x ROWS / 4
var<workgroup> tileC: array<vec4f, 128>;  // SLICE x CENTRES / 4
var<workgroup> best: array<vec4f, 512>;   // 64 rows x 8: first score, its centre, second score, its centre
var<workgroup> exact: array<f32, 128>;
var<workgroup> candidate: array<u32, 128>;
var<workgroup> moved: atomic<u32>;

// (first score, its centre, second score, its centre), in order, ties to the lowest index. The centres are numbers, not
// bit patterns: small ones would be denormals, which a GPU may flush to 0.
fn insert(top: vec4f, score: f32, centre: f32) -> vec4f {
  if (score < top.x || (score == top.x && centre < top.y)) {
    return vec4f(score, centre, top.x, top.y);
  }
  if (score < top.z || (score == top.z && centre < top.w)) {
    return vec4f(top.x, top.y, score, centre);
  }
  return top;
}

@compute @workgroup_size(128)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let fit = sets[group.y];
  let d = params.d;
  let row0 = params.start + group.x * ROWS;
  let tx = thread & 15u;   // rows 4 tx .. 4 tx + 3
  let tc = thread >> 4u;   // centres 4 tc .. 4 tc + 3

  var top: array<vec4f, 4>;
  for (var r = 0u; r < 4u; r++) {
    top[r] = vec4f(FAR, NONE, FAR, NONE);
  }

  for (var c0 = 0u; c0 < fit.k; c0 += CENTRES) {
    var dots = array<vec4f, 4>();  // [row] of four centres
    for (var t0 = 0u; t0 < d; t0 += SLICE) {
      workgroupBarrier();
      // Sixteen neighbouring threads read sixteen neighbouring numbers of a row.
      for (var e = thread; e < ROWS * SLICE / 4u; e += 128u) {
        let t = t0 + (e & 15u);
        let at = row0 + (e >> 4u) * 4u;
        var v = vec4f(0.0);
        if (t < d) {
          if (at < params.to) { v.x = x[at * d + t]; }
          if (at + 1u < params.to) { v.y = x[(at + 1u) * d + t]; }
          if (at + 2u < params.to) { v.z = x[(at + 2u) * d + t]; }
          if (at + 3u < params.to) { v.w = x[(at + 3u) * d + t]; }
        }
        tileX[(e & 15u) * 16u + (e >> 4u)] = v;
      }
      {
        let t = t0 + (thread & 15u);
        let c = c0 + (thread >> 4u) * 4u;
        let at = fit.first + c;
        var v = vec4f(0.0);
        if (t < d) {
          if (c < fit.k) { v.x = centres[at * d + t]; }
          if (c + 1u < fit.k) { v.y = centres[(at + 1u) * d + t]; }
          if (c + 2u < fit.k) { v.z = centres[(at + 2u) * d + t]; }
          if (c + 3u < fit.k) { v.w = centres[(at + 3u) * d + t]; }
        }
        tileC[(thread & 15u) * 8u + (thread >> 4u)] = v;
      }
      workgroupBarrier();
      let columns = min(SLICE, d - t0);
      for (var t = 0u; t < columns; t++) {
        let xs = tileX[t * 16u + tx];
        let cs = tileC[t * 8u + tc];
        dots[0] += xs.x * cs;
        dots[1] += xs.y * cs;
        dots[2] += xs.z * cs;
        dots[3] += xs.w * cs;
      }
    }
    for (var j = 0u; j < 4u; j++) {
      let c = c0 + tc * 4u + j;
      if (c < fit.k) {
        let norm = norms[fit.first + c];
        for (var r = 0u; r < 4u; r++) {
          top[r] = insert(top[r], norm - 2.0 * dots[r][j], f32(c));
        }
      }
    }
  }

  for (var r = 0u; r < 4u; r++) {
    best[(tx * 4u + r) * 8u + tc] = top[r];
  }
  if (thread == 0u) { atomicStore(&moved, 0u); }
  workgroupBarrier();

  // Threads 0..63: the best centre of a row; 64..127: its second best.
  let row = thread & 63u;
  let second = thread >> 6u;
  var merged = best[row * 8u];
  for (var j = 1u; j < 8u; j++) {
    let other = best[row * 8u + j];
    merged = insert(merged, other.x, other.y);
    merged = insert(merged, other.z, other.w);
  }
  let centre = u32(select(merged.y, merged.w, second == 1u));
  let at = row0 + row;
  var total = FAR;
  if (at < params.to && centre < fit.k) {
    total = 0.0;
    // Partial sums of 64 terms keep the rounding error small at d = 4096.
    for (var t0 = 0u; t0 < d; t0 += 64u) {
      var part = 0.0;
      for (var t = t0; t < min(t0 + 64u, d); t++) {
        let gap = x[at * d + t] - centres[(fit.first + centre) * d + t];
        part += gap * gap;
      }
      total += part;
    }
  }
  exact[thread] = total;
  candidate[thread] = centre;
  workgroupBarrier();

  if (second == 0u && at < params.to) {
    let otherTotal = exact[row + 64u];
    let otherCentre = candidate[row + 64u];
    let swap = otherTotal < total || (otherTotal == total && otherCentre < centre);
    let label = select(centre, otherCentre, swap);
    let out = fit.slot * params.rows + at;
    if (labels[out] != label) { atomicAdd(&moved, 1u); }
    labels[out] = label;
    squared[out] = select(total, otherTotal, swap);
  }
  workgroupBarrier();
  if (thread == 0u) { atomicAdd(&changed[group.y], atomicLoad(&moved)); }
}
