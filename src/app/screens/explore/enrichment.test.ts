import { describe, expect, it } from 'vitest';
import golden from '../../../../test/golden/enrichment.json';
import { benjaminiHochberg, enrichmentOf, fisherExact } from './enrichment';

describe.each(golden.cases)('as scipy: $name', ({ found, sizes, p, q }) => {
  const all = enrichmentOf(found, sizes);
  it('has the same p values', () => {
    p.forEach((expected, c) =>
      expect(Math.abs(all[c].p - expected)).toBeLessThanOrEqual(1e-6 * expected + 1e-300),
    );
  });
  it('corrects them in the same way', () => {
    q.forEach((expected, c) =>
      expect(Math.abs(all[c].q - expected)).toBeLessThanOrEqual(1e-6 * expected + 1e-300),
    );
  });
  it('marks what is corrected to 0.05 or less, up or down by the lift', () => {
    const share = found.reduce((a, b) => a + b, 0) / sizes.reduce((a, b) => a + b, 0);
    all.forEach(({ mark, lift }, c) => {
      const up = found[c] / sizes[c] > share;
      expect(mark).toBe(q[c] > 0.05 ? null : up ? 'over' : 'under');
      if (mark !== null) expect(lift > 1).toBe(up);
    });
  });
});

it('knows that nothing is certain of nothing', () => {
  expect(fisherExact(0, 0, 3, 10)).toBe(1);
  expect(fisherExact(3, 10, 3, 10)).toBe(1);
  expect(enrichmentOf([], [])).toEqual([]);
  expect(benjaminiHochberg([])).toEqual([]);
});

it('is the sum of all ways that are no more likely, counted out', () => {
  // C(4, 3) C(4, 1) = 16 and C(4, 4) = 1 of C(8, 4) = 70, on both sides.
  expect(fisherExact(3, 4, 4, 8)).toBeCloseTo(34 / 70, 14);
  expect(fisherExact(4, 4, 4, 8)).toBeCloseTo(2 / 70, 14);
});

it('stays fast where many images have the value', () => {
  const sizes = Array.from({ length: 30 }, () => 13_877);
  const began = performance.now();
  enrichmentOf(
    sizes.map((size, c) => Math.floor(size / 2) + c),
    sizes,
  );
  expect(performance.now() - began).toBeLessThan(1000);
});
