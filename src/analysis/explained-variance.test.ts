import { describe, expect, it } from 'vitest';
import golden from '../../test/golden/variance.json';
import { plainProducts } from '../../test/plain-products';
import { explainedVariance } from './explained-variance';
import { residentSource } from './row-source';
import type { Rows } from './rows';

const noReport = (): undefined => undefined;

/** The formula of test/golden/variance.py. */
function rows(n: number, d: number): Rows {
  const at = (i: number, t: number): number => Math.sin(i * t) + Math.cos(i + t) / t;
  return {
    n,
    d,
    data: Float32Array.from({ length: n * d }, (_, p) => at(1 + Math.floor(p / d), 1 + (p % d))),
  };
}

describe.each(golden.cases)('$n rows of $d', ({ n, d, ...shares }) => {
  it.each(['none', 'standard', 'l2'] as const)('as scikit-learn, scaling %s', async (scaling) => {
    const found = await explainedVariance(residentSource(rows(n, d)), scaling, 512, plainProducts, noReport);
    const expected = shares[scaling].slice(0, Math.min(n - 1, d));
    expect(found).toMatchObject({ rank: Math.min(n - 1, d), d, scaling });
    expect(found.explained).toHaveLength(expected.length);
    found.explained.forEach((share, c) => expect(share).toBeCloseTo(expected[c], 6));
  });
});

describe('the edges', () => {
  it('gives the leading components when few are asked for', async () => {
    const source = residentSource(rows(40, 6));
    const [all, few] = await Promise.all(
      [9, 2].map((most) => explainedVariance(source, 'none', most, plainProducts, noReport)),
    );
    expect(few.explained).toHaveLength(2);
    few.explained.forEach((share, c) => expect(share).toBeCloseTo(all.explained[c], 9));
    expect(few.rank).toBe(6);
  });

  it('has nothing to explain of one row or of equal rows', async () => {
    const one = await explainedVariance(residentSource(rows(1, 6)), 'none', 9, plainProducts, noReport);
    expect(one).toEqual({ explained: [], rank: 0, d: 6, scaling: 'none' });
    const equal = { n: 5, d: 3, data: new Float32Array(15).fill(2) };
    const none = await explainedVariance(residentSource(equal), 'none', 9, plainProducts, noReport);
    expect(none.explained).toEqual([]);
  });

  it('needs images, and ends when it is told to', async () => {
    const empty = residentSource({ n: 0, d: 3, data: new Float32Array() });
    await expect(explainedVariance(empty, 'none', 9, plainProducts, noReport)).rejects.toMatchObject({
      code: 'too-few-images',
    });
    const stop = AbortSignal.abort(new Error('enough'));
    await expect(
      explainedVariance(residentSource(rows(40, 6)), 'none', 9, plainProducts, noReport, stop),
    ).rejects.toThrow();
  });
});
