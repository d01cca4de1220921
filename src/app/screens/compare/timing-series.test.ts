import { describe, expect, it } from 'vitest';
import type { Timing } from '../../../domain/timing';
import { powerLaw, timingSeries } from './timing-series';

const run = (n: number, seconds: number, over: Partial<Timing> = {}): Timing => ({
  kind: 'cluster',
  at: n,
  n,
  seconds,
  engine: 'cpu',
  device: '',
  network: '',
  d: 512,
  kMin: 5,
  kMax: 30,
  starts: 4,
  browser: 'abc',
  ...over,
});

describe('a power law', () => {
  it('is found exactly where there is one', () => {
    const law = powerLaw([10, 100, 1000].map((n) => ({ n, seconds: 0.002 * n ** 1.1 })))!;
    expect(law.exponent).toBeCloseTo(1.1, 9);
    expect(law.factor).toBeCloseTo(0.002, 9);
  });

  // numpy.polyfit(log n, log seconds, 1) of the same numbers: 0.9926, -6.8701.
  it('is that of least squares in logarithms otherwise', () => {
    const law = powerLaw([run(100, 0.1), run(200, 0.21), run(1000, 0.9), run(5000, 5.1)])!;
    expect([law.exponent, Math.log(law.factor)].map((x) => x.toFixed(4))).toEqual(['0.9926', '-6.8701']);
  });

  it('is not made of too few runs, or of sizes that hardly differ', () => {
    expect(powerLaw([run(10, 1), run(100, 10)])).toBeNull();
    expect(powerLaw([run(100, 1), run(110, 2), run(120, 3)])).toBeNull();
    expect(powerLaw([])).toBeNull();
  });
});

describe('series', () => {
  it('hold runs of the same work only, by rising size, the longest series first', () => {
    const series = timingSeries([
      run(300, 3),
      run(100, 1, { engine: 'webgpu' }),
      run(100, 1),
      run(100, 1, { d: 34 }),
      run(200, 2),
    ]);
    expect(series.map(({ of, runs }) => [of.engine, of.d, runs.map(({ n }) => n)])).toEqual([
      ['cpu', 512, [100, 200, 300]],
      ['webgpu', 512, [100]],
      ['cpu', 34, [100]],
    ]);
    expect(series[0].law?.exponent).toBeCloseTo(1);
  });

  it('are not more than can be told apart', () => {
    expect(timingSeries(Array.from({ length: 20 }, (_, i) => run(10, 1, { d: i + 1 })))).toHaveLength(8);
    expect(timingSeries([])).toEqual([]);
  });
});
