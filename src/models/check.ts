import type { RgbImage } from '../domain/image';

/** Rows of an n x dim matrix that are not usable descriptors: a number that is not finite, or nothing but zeros. */
export function badRows(vectors: Float32Array, dim: number): number[] {
  const bad: number[] = [];
  for (let row = 0; row * dim < vectors.length; row++) {
    let finite = true;
    let nonZero = false;
    for (let i = row * dim; i < (row + 1) * dim; i++) {
      finite &&= Number.isFinite(vectors[i]);
      nonZero ||= vectors[i] !== 0;
    }
    if (!finite || !nonZero) bad.push(row);
  }
  return bad;
}

/** FNV-1a over the pixels of a batch, 32 bits: enough to tell whether two batches in a row are the same pictures. */
export function fingerprint(images: RgbImage[]): number {
  let hash = 0x811c9dc5;
  for (const { data } of images)
    for (let i = 0; i < data.length; i++) hash = Math.imul(hash ^ data[i], 0x01000193);
  return hash >>> 0;
}

/** Whether two batches of vectors are equal bit for bit (a stale output buffer gives the batch before again). */
export function sameVectors(a: Float32Array, b: Float32Array): boolean {
  const x = new Uint32Array(a.buffer, a.byteOffset, a.length);
  const y = new Uint32Array(b.buffer, b.byteOffset, b.length);
  return x.length === y.length && x.every((bits, i) => bits === y[i]);
}

/** Cosine of the angle between two vectors, in f64; 0 when either is zero. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i] * b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  return aa > 0 && bb > 0 ? dot / Math.sqrt(aa * bb) : 0;
}
