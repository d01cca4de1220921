import { symmetricEigen } from './eigen';
import { Random } from './random';

/** Products of a symmetric d x d operator with `r` vectors (r x d). */
export type Operator = (vectors: Float64Array, r: number) => Promise<Float64Array>;

export interface TopEigen {
  /** The m largest, falling. */
  values: Float64Array;
  /** m x d, unit rows. */
  vectors: Float64Array;
}

const OVERSAMPLING = 10;
const MAX_ROUNDS = 40;
/** Largest residual |A v - value v| allowed, as a share of the largest eigenvalue. */
const RESIDUAL = 1e-6;

/**
 * The m largest eigenpairs of a positive semi-definite operator by restarted randomised block Krylov iteration (Halko,
 * Martinsson and Tropp 2011; Musco and Musco 2015) with Rayleigh-Ritz extraction: a few products with the operator
 * instead of an O(d^3) decomposition. Starts from seeded random vectors, so the result is reproducible.
 */
export async function topEigen(apply: Operator, d: number, m: number): Promise<TopEigen> {
  const r = Math.min(d, m + OVERSAMPLING);
  const depth = m <= 64 ? 3 : 1;
  const random = new Random(0x5eed);
  let block: Float64Array = Float64Array.from({ length: r * d }, () => random.normal());
  for (let round = 1; ; round++) {
    const { basis, images, size } = await krylov(apply, block, r, d, depth);
    const ritz = symmetricEigen(gram(basis, images, size, d), size);
    const keep = Math.min(r, size);
    block = combine(ritz.vectors, basis, keep, size, d);
    const blockImages = combine(ritz.vectors, images, keep, size, d);
    const found = Math.min(m, keep);
    if (
      round === MAX_ROUNDS ||
      size === d ||
      worstResidual(block, blockImages, ritz.values, found, d) < RESIDUAL
    )
      return { values: ritz.values.slice(0, found), vectors: block.slice(0, found * d) };
  }
}

/** Orthonormal basis of [V, A V, .. A^depth V] and its images under A; directions already covered are dropped. */
async function krylov(
  apply: Operator,
  start: Float64Array,
  r: number,
  d: number,
  depth: number,
): Promise<{ basis: Float64Array; images: Float64Array; size: number }> {
  const basis = new Float64Array(Math.min(d, r * (depth + 1)) * d);
  const images = new Float64Array(basis.length);
  let size = 0;
  let block = start;
  for (let level = 0; level <= depth; level++) {
    const from = size;
    size = orthonormalise(basis, size, block, block.length / d, d);
    if (size === from) break;
    block = await apply(basis.slice(from * d, size * d), size - from);
    images.set(block, from * d);
  }
  return { basis, images, size };
}

/** Appends the rows of `block` to the orthonormal `basis`; twice is enough (Kahan). Returns the new size. */
function orthonormalise(
  basis: Float64Array,
  size: number,
  block: Float64Array,
  r: number,
  d: number,
): number {
  const capacity = basis.length / d;
  for (let i = 0; i < r && size < capacity; i++) {
    const v = block.slice(i * d, (i + 1) * d);
    const before = Math.sqrt(dot(v, 0, v, 0, d));
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < size; j++) {
        const along = dot(v, 0, basis, j * d, d);
        for (let t = 0; t < d; t++) v[t] -= along * basis[j * d + t];
      }
    }
    const length = Math.sqrt(dot(v, 0, v, 0, d));
    if (!(length > 1e-10 * before)) continue;
    for (let t = 0; t < d; t++) basis[size * d + t] = v[t] / length;
    size++;
  }
  return size;
}

function gram(basis: Float64Array, images: Float64Array, size: number, d: number): Float64Array {
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) out[i * size + j] = out[j * size + i] = dot(basis, i * d, images, j * d, d);
  }
  return out;
}

/** The first `rows` rows of weights (size x size) times vectors (size x d). */
function combine(
  weights: Float64Array,
  vectors: Float64Array,
  rows: number,
  size: number,
  d: number,
): Float64Array {
  const out = new Float64Array(rows * d);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < size; j++) {
      const w = weights[i * size + j];
      for (let t = 0; t < d; t++) out[i * d + t] += w * vectors[j * d + t];
    }
  }
  return out;
}

function worstResidual(
  vectors: Float64Array,
  images: Float64Array,
  values: Float64Array,
  m: number,
  d: number,
): number {
  let worst = 0;
  for (let i = 0; i < m; i++) {
    let squared = 0;
    for (let t = i * d; t < (i + 1) * d; t++) squared += (images[t] - values[i] * vectors[t]) ** 2;
    worst = Math.max(worst, Math.sqrt(squared));
  }
  return values[0] > 0 ? worst / values[0] : 0;
}

function dot(a: Float64Array, a0: number, b: Float64Array, b0: number, d: number): number {
  let sum = 0;
  for (let t = 0; t < d; t++) sum += a[a0 + t] * b[b0 + t];
  return sum;
}
