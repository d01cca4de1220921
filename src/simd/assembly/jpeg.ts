// The scan of a baseline JPEG, chroma at half size (4:2:0), Huffman-coded as ITU-T T.81 says. The cosine transform is
// that of Arai, Agui and Nakajima in float32, whose scale factors the caller has put into the quantisers.

/** Bits not written yet, the last `pending` of them. */
let bits: u64 = 0;
let pending: i32 = 0;
let out: usize = 0;

function put(code: u32, length: i32): void {
  bits = (bits << length) | code;
  pending += length;
  while (pending >= 8) {
    pending -= 8;
    const byte = <u8>(bits >> pending);
    store<u8>(out++, byte);
    // A zero keeps 255 from being read as a marker.
    if (byte == 255) store<u8>(out++, 0);
  }
}

/** `entry`: code << 8 | length. */
function putEntry(entry: u32): void {
  put(entry >> 8, entry & 255);
}

/** The magnitude of a coefficient in as many bits as it needs, negative ones less one. */
function putValue(value: i32, length: i32): void {
  put((value < 0 ? value + (1 << length) - 1 : value) & ((1 << length) - 1), length);
}

function lengthOf(value: i32): i32 {
  return 32 - clz(abs(value));
}

/** The one-dimensional transform of four columns of 8 float32 at `at`, rows 32 bytes apart. */
function columns(at: usize): void {
  const d0 = v128.load(at);
  const d1 = v128.load(at, 32);
  const d2 = v128.load(at, 64);
  const d3 = v128.load(at, 96);
  const d4 = v128.load(at, 128);
  const d5 = v128.load(at, 160);
  const d6 = v128.load(at, 192);
  const d7 = v128.load(at, 224);
  const s0 = f32x4.add(d0, d7);
  const s1 = f32x4.add(d1, d6);
  const s2 = f32x4.add(d2, d5);
  const s3 = f32x4.add(d3, d4);
  const m0 = f32x4.sub(d0, d7);
  const m1 = f32x4.sub(d1, d6);
  const m2 = f32x4.sub(d2, d5);
  const m3 = f32x4.sub(d3, d4);

  const even0 = f32x4.add(s0, s3);
  const even1 = f32x4.add(s1, s2);
  const even2 = f32x4.sub(s1, s2);
  const even3 = f32x4.sub(s0, s3);
  v128.store(at, f32x4.add(even0, even1));
  v128.store(at, f32x4.sub(even0, even1), 128);
  const z1 = f32x4.mul(f32x4.add(even2, even3), f32x4.splat(0.707106781));
  v128.store(at, f32x4.add(even3, z1), 64);
  v128.store(at, f32x4.sub(even3, z1), 192);

  const odd0 = f32x4.add(m3, m2);
  const odd1 = f32x4.add(m2, m1);
  const odd2 = f32x4.add(m1, m0);
  const z5 = f32x4.mul(f32x4.sub(odd0, odd2), f32x4.splat(0.382683433));
  const z2 = f32x4.add(f32x4.mul(odd0, f32x4.splat(0.5411961)), z5);
  const z4 = f32x4.add(f32x4.mul(odd2, f32x4.splat(1.306562965)), z5);
  const z3 = f32x4.mul(odd1, f32x4.splat(0.707106781));
  const z11 = f32x4.add(m0, z3);
  const z13 = f32x4.sub(m0, z3);
  v128.store(at, f32x4.add(z13, z2), 160);
  v128.store(at, f32x4.sub(z13, z2), 96);
  v128.store(at, f32x4.add(z11, z4), 32);
  v128.store(at, f32x4.sub(z11, z4), 224);
}

/** Exchanges rows and columns of 8 x 8 float32. */
function transpose(at: usize): void {
  for (let y: usize = 0; y < 8; y++)
    for (let x: usize = y + 1; x < 8; x++) {
      const a = at + (y << 5) + (x << 2);
      const b = at + (x << 5) + (y << 2);
      const value = load<f32>(a);
      store<f32>(a, load<f32>(b));
      store<f32>(b, value);
    }
}

/**
 * Transforms, quantises and writes 8 x 8 samples; gives its first coefficient, from which the next block's is told apart.
 * `quantisers`: a factor for each coefficient, as the transform leaves them, columns first; `order`: their places in
 * zigzag order.
 */
function block(at: usize, quantisers: usize, order: usize, dc: usize, ac: usize, before: i32): i32 {
  columns(at);
  columns(at + 16);
  transpose(at);
  columns(at);
  columns(at + 16);
  for (let i: usize = 0; i < 256; i += 16) {
    const scaled = f32x4.mul(v128.load(at + i), v128.load(quantisers + i));
    const whole = i32x4.trunc_sat_f32x4_s(f32x4.nearest(scaled));
    // More has no code.
    v128.store(at + i, i32x4.max_s(i32x4.min_s(whole, i32x4.splat(1023)), i32x4.splat(-1023)));
  }
  const first = load<i32>(at);
  const step = first - before;
  const length = lengthOf(step);
  putEntry(load<u32>(dc + ((<usize>length) << 2)));
  if (length) putValue(step, length);
  let zeros = 0;
  for (let k: usize = 1; k < 64; k++) {
    const value = load<i32>(at + ((<usize>load<u8>(order + k)) << 2));
    if (value == 0) {
      zeros++;
      continue;
    }
    for (; zeros > 15; zeros -= 16) putEntry(load<u32>(ac + (0xf0 << 2)));
    const n = lengthOf(value);
    putEntry(load<u32>(ac + ((<usize>((zeros << 4) | n)) << 2)));
    putValue(value, n);
    zeros = 0;
  }
  if (zeros) putEntry(load<u32>(ac));
  return first;
}

/**
 * Writes the scan of width x height RGB pixels at `rgb` to `target`; gives its length in bytes. `work`: 6 blocks of
 * 8 x 8 float32. `tables`: quantisers of luma and chroma (64 float32 each), Huffman entries by symbol (256 u32 each: first
 * coefficients and others of luma, the same of chroma), the zigzag order (64 bytes).
 */
export function scan(rgb: usize, width: i32, height: i32, work: usize, tables: usize, target: usize): i32 {
  const huffman = tables + 512;
  const order = huffman + 4096;
  let beforeY = 0;
  let beforeCb = 0;
  let beforeCr = 0;
  bits = 0;
  pending = 0;
  out = target;
  for (let top = 0; top < height; top += 16)
    for (let left = 0; left < width; left += 16) {
      memory.fill(work + 1024, 0, 512);
      for (let y = 0; y < 16; y++) {
        const row = rgb + <usize>(min(top + y, height - 1) * width * 3);
        for (let x = 0; x < 16; x++) {
          const pixel = row + <usize>(min(left + x, width - 1) * 3);
          const r = <f32>load<u8>(pixel);
          const g = <f32>load<u8>(pixel, 1);
          const b = <f32>load<u8>(pixel, 2);
          const luma: f32 = 0.299 * r + 0.587 * g + 0.114 * b;
          const inBlock = <usize>(((y & 8) << 6) | ((x & 8) << 5) | ((y & 7) << 5) | ((x & 7) << 2));
          store<f32>(work + inBlock, luma - 128);
          // A quarter of what four pixels give together.
          const half = work + 1024 + <usize>(((y >> 1) << 5) | ((x >> 1) << 2));
          store<f32>(half, load<f32>(half) + (b - luma) * (0.25 * 0.5643340858));
          store<f32>(half, load<f32>(half, 256) + (r - luma) * (0.25 * 0.7132667618), 256);
        }
      }
      for (let i = 0; i < 4; i++)
        beforeY = block(work + ((<usize>i) << 8), tables, order, huffman, huffman + 1024, beforeY);
      const chroma = tables + 256;
      beforeCb = block(work + 1024, chroma, order, huffman + 2048, huffman + 3072, beforeCb);
      beforeCr = block(work + 1280, chroma, order, huffman + 2048, huffman + 3072, beforeCr);
    }
  // The last byte is filled with ones.
  if (pending) put((1 << (8 - pending)) - 1, 8 - pending);
  return <i32>(out - target);
}
