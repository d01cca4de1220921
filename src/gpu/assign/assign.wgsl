// Nearest centre of each row for several fits over one reading of the rows: |c|^2 - 2 x.c in tiles of rows x centres, d
// in slices of 16, the centres of all fits one behind the other in quads of four. A thread holds 8 rows x 4 centres in
// registers. No n x k matrix. Because that score cancels, a row whose two best scores are as close as rounding could confuse
// is compared again with all centres of the fit by the sum of (x - c)^2; ties go to the lowest index.
// Fits that are not going are left alone: tiles with none that goes are skipped.

struct Params {
  d: u32,
  start: u32,       // first row of this dispatch
  rows: u32,        // rows of the chunk, the stride of labels
  to: u32,          // one past the last row of this dispatch
  tiles: u32,
  quadsAt: u32,     // places in plan
  segmentsAt: u32,
  normsAt: u32,     // place of |c|^2 in centres
  near: f32,        // scores closer than this share of |x|^2 + |c|^2 are compared exactly
  unscale: f32,     // 1 / scale of rows in 16 bits
}

// Tile: first quad, quads, first segment, segments. Quad: row of its first centre. Segment: what one fit has in one tile.
struct Segment {
  quad: u32,     // place of its first quad in the tile
  quads: u32,
  slot: u32,
  first: u32,    // row of the fit's first centre
  centre: u32,   // number of its first centre within the fit
  flags: u32,    // 1: the fit begins here, 2: it ends here
  k: u32,        // centres of the fit
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(2) var<storage, read> norms: array<f32>;
@group(0) @binding(3) var<storage, read> centres: array<f32>;
@group(0) @binding(4) var<storage, read> plan: array<u32>;
@group(0) @binding(5) var<storage, read> states: array<vec4u>;  // slot: state, ...
@group(0) @binding(6) var<storage, read_write> labels: array<u32>;  // slot, row
@group(0) @binding(7) var<storage, read_write> changed: array<atomic<u32>>;  // slot

override THREADS: u32;
override QUADS: u32;

const SLICE = 16u;
const FAR = 3.4e38;
const GOING = 0u;

override GROUPS = THREADS / QUADS;  // of 8 rows
override ROWS = GROUPS * 8u;
// Strides are odd, so that neighbouring threads store into different banks.
override X_STRIDE = ROWS / 4u + 1u;
override C_STRIDE = QUADS + 1u;
override C_AT = SLICE * X_STRIDE;
override POOL = SLICE * (X_STRIDE + C_STRIDE);
override SCORES = 2u * THREADS;

// The slices, column by column, so that four rows (centres) of a thread are one vec4; later the best of each row and
// quad: score, its centre, second score. Centres are numbers there, not bit patterns: small ones would be denormals, which
// a GPU may flush to 0.
var<workgroup> pool: array<vec4f, POOL>;
var<workgroup> carry: array<vec3f, ROWS>;  // the best of the fit that goes on in the next tile
var<workgroup> doubtful: array<u32, SCORES>;
var<workgroup> doubts: atomic<u32>;
var<workgroup> count: u32;
var<workgroup> moved: array<atomic<u32>, QUADS>;

fn segmentAt(index: u32) -> Segment {
  let at = params.segmentsAt + index * 7u;
  return Segment(
    plan[at], plan[at + 1u], plan[at + 2u], plan[at + 3u], plan[at + 4u], plan[at + 5u], plan[at + 6u],
  );
}

// The better of two and the second score of both; ties go to the lowest index.
fn better(a: vec3f, b: vec3f) -> vec3f {
  if (b.x < a.x || (b.x == a.x && b.y < a.y)) { return vec3f(b.xy, min(a.x, b.z)); }
  return vec3f(a.xy, min(a.z, b.x));
}

fn bestOf(scores: vec4f, centre: f32) -> vec4f {
  let left = better(vec3f(scores.x, centre, FAR), vec3f(scores.y, centre + 1.0, FAR));
  let right = better(vec3f(scores.z, centre + 2.0, FAR), vec3f(scores.w, centre + 3.0, FAR));
  return vec4f(better(left, right), 0.0);
}

// The row of one place of a round: eight rows lie together, of which a round takes two.
fn rowOf(row0: u32, round: u32, place: u32) -> u32 {
  return row0 + (place % GROUPS) * 8u + round * 2u + place / GROUPS;
}

// Partial sums of 64 terms keep the rounding error small at d = 4096.
fn squaredDistance(row: u32, centre: u32) -> f32 {
  var total = 0.0;
  for (var t0 = 0u; t0 < params.d; t0 += 64u) {
    var part = 0.0;
    for (var t = t0; t < min(t0 + 64u, params.d); t++) {
      let gap = x[row * params.d + t] - centres[centre * params.d + t];
      part += gap * gap;
    }
    total += part;
  }
  return total;
}

fn settle(segment: u32, slot: u32, row: u32, label: u32) {
  let at = slot * params.rows + row;
  if (labels[at] != label) {
    labels[at] = label;
    atomicAdd(&moved[segment], 1u);
  }
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let d = params.d;
  let row0 = params.start + group.x * ROWS;
  let rg = thread / QUADS;  // rows 8 rg .. 8 rg + 7
  let q = thread % QUADS;
  if (thread < QUADS) { atomicStore(&moved[thread], 0u); }

  for (var tile = 0u; tile < params.tiles; tile++) {
    let firstQuad = plan[tile * 4u];
    let quads = plan[tile * 4u + 1u];
    let firstSegment = plan[tile * 4u + 2u];
    let segments = plan[tile * 4u + 3u];
    var going = false;
    for (var s = 0u; s < segments; s++) {
      going = going || states[plan[params.segmentsAt + (firstSegment + s) * 7u + 2u]].x == GOING;
    }
    if (!going) { continue; }

    var d0 = vec4f(0.0);
    var d1 = vec4f(0.0);
    var d2 = vec4f(0.0);
    var d3 = vec4f(0.0);
    var d4 = vec4f(0.0);
    var d5 = vec4f(0.0);
    var d6 = vec4f(0.0);
    var d7 = vec4f(0.0);
    for (var t0 = 0u; t0 < d; t0 += SLICE) {
      workgroupBarrier();
      // Eight neighbouring threads read sixteen neighbouring numbers of a row.
      for (var e = thread; e < ROWS * 2u; e += THREADS) {
        let t = t0 + (e & 7u) * 2u;
        let at = row0 + (e >> 3u) * 4u;
        var a = vec2f(0.0);
        var b = vec2f(0.0);
        var c = vec2f(0.0);
        var f = vec2f(0.0);
        if (t < d) {
          if (at < params.to) { a = columnPair(at, t); }
          if (at + 1u < params.to) { b = columnPair(at + 1u, t); }
          if (at + 2u < params.to) { c = columnPair(at + 2u, t); }
          if (at + 3u < params.to) { f = columnPair(at + 3u, t); }
        }
        let place = (e & 7u) * 2u * X_STRIDE + (e >> 3u);
        pool[place] = vec4f(a.x, b.x, c.x, f.x);
        pool[place + X_STRIDE] = vec4f(a.y, b.y, c.y, f.y);
      }
      for (var e = thread; e < QUADS * SLICE; e += THREADS) {
        let t = t0 + (e & 15u);
        let quad = e >> 4u;
        var v = vec4f(0.0);
        if (t < d && quad < quads) {
          let at = plan[params.quadsAt + firstQuad + quad] * d + t;
          v = vec4f(centres[at], centres[at + d], centres[at + 2u * d], centres[at + 3u * d]);
        }
        pool[C_AT + (e & 15u) * C_STRIDE + quad] = v;
      }
      workgroupBarrier();
      let columns = min(SLICE, d - t0);
      // Columns past the last are 0, so the inner loop has a fixed length.
      for (var t4 = 0u; t4 < columns; t4 += 4u) {
        for (var j = 0u; j < 4u; j++) {
          let t = t4 + j;
          let xa = pool[t * X_STRIDE + rg * 2u];
          let xb = pool[t * X_STRIDE + rg * 2u + 1u];
          let c = pool[C_AT + t * C_STRIDE + q];
          d0 += xa.x * c;
          d1 += xa.y * c;
          d2 += xa.z * c;
          d3 += xa.w * c;
          d4 += xb.x * c;
          d5 += xb.y * c;
          d6 += xb.z * c;
          d7 += xb.w * c;
        }
      }
    }

    var norm = vec4f(FAR);
    var centre = 0.0;
    if (q < quads) {
      let at = params.normsAt + plan[params.quadsAt + firstQuad + q];
      norm = vec4f(centres[at], centres[at + 1u], centres[at + 2u], centres[at + 3u]);
      for (var s = 0u; s < segments; s++) {
        let segment = segmentAt(firstSegment + s);
        if (q >= segment.quad) { centre = f32(segment.centre + (q - segment.quad) * 4u); }
      }
    }

    for (var round = 0u; round < 4u; round++) {
      var even = d0;
      var odd = d1;
      if (round == 1u) { even = d2; odd = d3; }
      if (round == 2u) { even = d4; odd = d5; }
      if (round == 3u) { even = d6; odd = d7; }
      workgroupBarrier();
      pool[rg * QUADS + q] = bestOf(norm - 2.0 * even, centre);
      pool[(GROUPS + rg) * QUADS + q] = bestOf(norm - 2.0 * odd, centre);
      if (thread == 0u) { atomicStore(&doubts, 0u); }
      workgroupBarrier();

      for (var m = thread; m < SCORES; m += THREADS) {
        let place = m / QUADS;
        let s = m % QUADS;
        if (s >= segments) { continue; }
        let segment = segmentAt(firstSegment + s);
        if (states[segment.slot].x != GOING) { continue; }
        let within = rowOf(0u, round, place);
        var top = pool[place * QUADS + segment.quad].xyz;
        for (var j = 1u; j < segment.quads; j++) {
          top = better(top, pool[place * QUADS + segment.quad + j].xyz);
        }
        if ((segment.flags & 1u) == 0u) { top = better(carry[within], top); }
        if ((segment.flags & 2u) == 0u) {
          carry[within] = top;
          continue;
        }
        let at = row0 + within;
        if (at >= params.to) { continue; }
        let size = norms[at] + centres[params.normsAt + segment.first + u32(top.y)];
        if (top.z - top.x <= params.near * size) {
          doubtful[atomicAdd(&doubts, 1u)] = (place << 8u) | s;
        } else {
          settle(s, segment.slot, at, u32(top.y));
        }
      }
      workgroupBarrier();
      if (thread == 0u) { count = atomicLoad(&doubts); }
      let listed = workgroupUniformLoad(&count);

      // Thirty-two threads for each doubtful row, with a centre each.
      for (var e0 = 0u; e0 < listed; e0 += THREADS / 32u) {
        let e = e0 + thread / 32u;
        if (e < listed) {
          let segment = segmentAt(firstSegment + (doubtful[e] & 255u));
          let at = rowOf(row0, round, doubtful[e] >> 8u);
          var own = vec2f(FAR, 0.0);
          for (var c = thread & 31u; c < segment.k; c += 32u) {
            let exact = squaredDistance(at, segment.first + c);
            if (exact < own.x) { own = vec2f(exact, f32(c)); }
          }
          pool[thread] = vec4f(own, 0.0, 0.0);
        }
        workgroupBarrier();
        if (e < listed && (thread & 31u) == 0u) {
          var own = pool[thread].xy;
          for (var lane = 1u; lane < 32u; lane++) {
            let other = pool[thread + lane].xy;
            if (other.x < own.x || (other.x == own.x && other.y < own.y)) { own = other; }
          }
          let s = doubtful[e] & 255u;
          settle(s, segmentAt(firstSegment + s).slot, rowOf(row0, round, doubtful[e] >> 8u), u32(own.y));
        }
        workgroupBarrier();
      }
    }

    workgroupBarrier();
    if (thread < segments) {
      let n = atomicExchange(&moved[thread], 0u);
      if (n > 0u) { atomicAdd(&changed[plan[params.segmentsAt + (firstSegment + thread) * 7u + 2u]], n); }
    }
  }
}
