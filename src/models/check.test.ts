import { describe, expect, it } from 'vitest';
import { badRows, cosine, fingerprint, sameVectors } from './check';

const image = (...bytes: number[]) => ({ width: 1, height: 1, data: new Uint8Array(bytes) });

describe('badRows', () => {
  it.each([
    ['all good', [1, 0, 0, -1], []],
    ['zeros', [0, 0, 0, 1], [0]],
    ['negative zeros', [1, 1, -0, -0], [1]],
    ['not a number', [1, NaN, 1, 1], [0]],
    ['infinite', [1, 1, 0, -Infinity], [1]],
    ['both', [NaN, NaN, 0, 0], [0, 1]],
  ])('%s', (_, values, bad) => {
    expect(badRows(Float32Array.from(values), 2)).toEqual(bad);
  });
});

describe('repeated batches', () => {
  it('are told by equal bits', () => {
    expect(sameVectors(new Float32Array([1, NaN]), new Float32Array([1, NaN]))).toBe(true);
    expect(sameVectors(new Float32Array([1, 2]), new Float32Array([1, 2.0000002384185791]))).toBe(false);
    expect(sameVectors(new Float32Array([1, 2]), new Float32Array([1]))).toBe(false);
  });

  it('of different pictures have different fingerprints', () => {
    expect(fingerprint([image(1, 2, 3)])).toBe(fingerprint([image(1, 2, 3)]));
    expect(fingerprint([image(1, 2, 3)])).not.toBe(fingerprint([image(1, 2, 4)]));
    expect(fingerprint([image(1, 2, 3), image(4, 5, 6)])).not.toBe(
      fingerprint([image(4, 5, 6), image(1, 2, 3)]),
    );
  });
});

describe('cosine', () => {
  it('is 1 along, 0 across, -1 against, and 0 for a zero vector', () => {
    expect(cosine([1, 2], [2, 4])).toBeCloseTo(1, 12);
    expect(cosine([1, 0], [0, 3])).toBe(0);
    expect(cosine([1, 1], [-2, -2])).toBeCloseTo(-1, 12);
    expect(cosine([0, 0], [1, 1])).toBe(0);
  });
});
