// One epoch of the layout, a row for each thread: gathered from the places of the epoch before, so no two threads write the
// same place and the result does not depend on their order. See umap.cpu.ts.

struct Params {
  rows: u32,
  start: u32,  // first row of this dispatch
  epoch: u32,
  epochSeed: u32,
  negatives: u32,
  alpha: f32,
  a: f32,
  b: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> offsets: array<u32>;
@group(0) @binding(2) var<storage, read> targets: array<u32>;
@group(0) @binding(3) var<storage, read> steps: array<u32>;
@group(0) @binding(4) var<storage, read> places: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> moved: array<vec4f>;

const CLIP = vec4f(4.0);
const SOFT = 0.001;

fn pcg(x: u32) -> u32 {
  let state = x * 747796405u + 2891336453u;
  let word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
  return (word >> 22u) ^ word;
}

// The upper half of a product of 64 bits.
fn row_from(word: u32, n: u32) -> u32 {
  let wl = word & 0xffffu;
  let wh = word >> 16u;
  let nl = n & 0xffffu;
  let nh = n >> 16u;
  let low = wl * nl;
  let one = wl * nh;
  let other = wh * nl;
  let middle = (low >> 16u) + (one & 0xffffu) + (other & 0xffffu);
  return wh * nh + (one >> 16u) + (other >> 16u) + (middle >> 16u);
}

fn is_due(step: u32, i: u32, j: u32) -> bool {
  let now = params.epoch * step + (pcg((i ^ j) + i + j) & 0xffffu);
  return (now >> 16u) != ((now + step) >> 16u);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = params.start + id.x;
  if (i >= params.rows) { return; }
  let base = pcg(i + params.epochSeed);
  let place = places[i];
  var force = vec4f(0.0);
  var pulled = 0.0;
  let first = offsets[i];
  for (var e = first; e < offsets[i + 1u]; e++) {
    let j = targets[e];
    if (!is_due(steps[e], i, j)) { continue; }
    let gap = places[j] - place;
    let near = dot(gap, gap);
    if (near > 0.0) {
      let weight = 2.0 * params.a * params.b * pow(near, params.b - 1.0) / (1.0 + params.a * pow(near, params.b));
      pulled += 2.0 * weight;
      force += 2.0 * clamp(weight * gap, -CLIP, CLIP);
    }
    for (var s = 0u; s < params.negatives; s++) {
      let other = row_from(pcg(base + (e - first) * params.negatives + s), params.rows);
      let away = place - places[other];
      let far = dot(away, away);
      if (far > 0.0) {
        let weight = 2.0 * params.b / ((SOFT + far) * (1.0 + params.a * pow(far, params.b)));
        force += clamp(weight * away, -CLIP, CLIP);
      }
    }
  }
  moved[i] = place + params.alpha / max(1.0, params.alpha * pulled) * force;
}
