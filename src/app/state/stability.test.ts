import { describe, expect, it } from 'vitest';
import { inertiaSpread, mostStable } from './stability.svelte';

const result = (k: number, ari: number) => ({ k, runs: 3, ari, lowestAri: ari / 2, nmi: ari, inertia: [1] });

describe('mostStable', () => {
  it('is the highest mean, the smaller k of equals', () => {
    expect(mostStable([result(5, 0.8), result(6, 0.9), result(7, 0.9)])?.k).toBe(6);
    expect(mostStable([])).toBeNull();
  });
});

describe('inertiaSpread', () => {
  it.each([
    [[100, 101, 104], 0.04],
    [[7], 0],
    [[0, 0], 0],
  ])('%j: %d', (inertia, spread) => expect(inertiaSpread({ inertia })).toBeCloseTo(spread, 12));
});
