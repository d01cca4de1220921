import { describe, expect, it } from 'vitest';
import { Random } from './random';
import { estimateMean, stratifiedSample } from './sample';

function labelling(sizes: number[]) {
  const labels = Uint16Array.from(sizes.flatMap((size, c) => Array.from({ length: size }, () => c)));
  return { k: sizes.length, labels };
}

const tally = (values: Uint16Array, k: number) =>
  Array.from({ length: k }, (_, c) => values.filter((v) => v === c).length);

describe('a stratified sample', () => {
  it('takes from each stratum in proportion, two at least, all of the smallest', () => {
    const of = labelling([600, 300, 94, 5, 1, 0]);
    const { rows, stratum, sizes } = stratifiedSample([of], 1000, 100, new Random(1));
    expect([...sizes]).toEqual([600, 300, 94, 5, 1, 0]);
    const taken = tally(stratum, 6);
    expect(taken.slice(2)).toEqual([9, 2, 1, 0]);
    expect(taken[0] + taken[1]).toBe(88);
    expect(Math.abs(taken[0] - 60)).toBeLessThanOrEqual(2);
    expect(new Set(rows).size).toBe(100);
    expect([...rows]).toEqual([...rows].sort((a, b) => a - b));
    rows.forEach((row, s) => expect(stratum[s]).toBe(of.labels[row]));
  });

  it('takes exactly as many rows as asked, whatever the sizes', () => {
    const random = new Random(2);
    for (let round = 0; round < 200; round++) {
      const of = labelling(Array.from({ length: 1 + random.below(12) }, () => random.below(40)));
      const n = of.labels.length;
      const m = 2 + random.below(Math.max(1, n));
      const { rows, stratum, sizes } = stratifiedSample([of], n, m, random);
      expect(rows.length).toBe(Math.min(n, m));
      tally(stratum, sizes.length).forEach((count, h) => expect(count).toBeLessThanOrEqual(sizes[h]));
    }
  });

  it('uses the finest labelling that leaves four rows for a cluster, or none', () => {
    const fine = labelling([30, 30, 40]);
    const coarse = { k: 2, labels: fine.labels.map((c) => c >> 1) };
    const strata = (m: number) => stratifiedSample([coarse, fine], 100, m, new Random(1)).sizes.length;
    expect([12, 11, 8, 7].map(strata)).toEqual([3, 2, 2, 1]);
  });

  it('is all rows, in one stratum, when as many are asked for', () => {
    const { rows, sizes } = stratifiedSample([labelling([3, 2])], 5, 9, new Random(1));
    expect([...rows]).toEqual([0, 1, 2, 3, 4]);
    expect([...sizes]).toEqual([5]);
  });

  it('is the same for the same seed', () => {
    const draw = (seed: number) => stratifiedSample([labelling([50, 70])], 120, 20, new Random(seed)).rows;
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
  });
});

describe('the estimate of a mean', () => {
  const random = new Random(9);
  const strata = labelling([700, 200, 60, 30, 10]);
  const n = strata.labels.length;
  const values = Float64Array.from(strata.labels, (c) => c * c * 0.5 + random.normal());
  const truth = values.reduce((sum, v) => sum + v, 0) / n;
  const estimates = Array.from({ length: 600 }, (_, seed) => {
    const sample = stratifiedSample([strata], n, 80, new Random(seed));
    return estimateMean(
      Float64Array.from(sample.rows, (row) => values[row]),
      sample,
    );
  });

  it('is right on average, with an error that tells how far it strays', () => {
    const mean = estimates.reduce((sum, e) => sum + e.mean, 0) / estimates.length;
    const spread = Math.sqrt(estimates.reduce((sum, e) => sum + (e.mean - truth) ** 2, 0) / estimates.length);
    const told = Math.sqrt(estimates.reduce((sum, e) => sum + e.error ** 2, 0) / estimates.length);
    expect(Math.abs(mean - truth)).toBeLessThan((4 * spread) / Math.sqrt(estimates.length));
    expect(told / spread).toBeGreaterThan(0.9);
    expect(told / spread).toBeLessThan(1.1);
  });

  it('strays less than that of a simple random sample', () => {
    const spread = Math.sqrt(estimates.reduce((sum, e) => sum + (e.mean - truth) ** 2, 0) / estimates.length);
    const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - truth) ** 2, 0) / (n - 1));
    expect(spread).toBeLessThan(0.8 * deviation * Math.sqrt((1 - 80 / n) / 80));
  });

  it('is the mean itself, without error, for all rows', () => {
    const sample = stratifiedSample([strata], n, n, new Random(1));
    const { mean, error } = estimateMean(values, sample);
    expect(mean).toBeCloseTo(truth, 12);
    expect(error).toBe(0);
  });
});
