import { describe, expect, it } from 'vitest';
import { blobs, normalRows, vectorsOf } from '../../test/rows';
import type { StabilityOptions } from '../domain/agreement';
import { DEFAULT_SWEEP, type SweepOptions } from '../domain/clustering';
import { adjustedRand, agreement, contingency, normalisedMutualInformation } from './agreement';
import type { KMeansEngine } from './engine';
import { EngineHost } from './engine-host';
import { Random } from './random';
import type { Rows } from './rows';
import { stability } from './stability';
import { sweep } from './sweep';

const OPTIONS: SweepOptions = { ...DEFAULT_SWEEP, engine: 'cpu', nInit: 2 };

function run(rows: Rows, asked: Partial<StabilityOptions>, signal?: AbortSignal) {
  const report = () => undefined;
  const job = { vectors: vectorsOf(rows), specKey: 'key', host: new EngineHost(), signal, report };
  return stability(job, { ks: [2, 3], runs: 3, seed: 1, ...asked }, OPTIONS);
}

describe('stability', () => {
  it('is 1 where the clusters are beyond doubt, and below elsewhere', async () => {
    const [sure] = await run(blobs(120, 4, 3, 20), { ks: [3], runs: 4 });
    expect(sure).toMatchObject({ k: 3, runs: 4, ari: 1, lowestAri: 1, nmi: 1 });
    expect(new Set(sure.inertia.map((x) => x.toPrecision(9))).size).toBe(1);
    const [doubtful] = await run(normalRows(120, 4), { ks: [7], runs: 4 });
    expect(doubtful.ari).toBeLessThan(0.9);
    expect(doubtful.lowestAri).toBeLessThan(doubtful.ari);
    expect(doubtful.nmi).toBeLessThan(1);
  });

  it('compares what sweeps with these seeds find', async () => {
    const rows = () => normalRows(150, 3, 4);
    const found = await run(rows(), { ks: [2, 5, 4], runs: 3, seed: 7 });
    expect(found.map(({ k }) => k)).toEqual([2, 4, 5]);
    const sweeps = [];
    for (const seed of [7, 8, 9]) {
      const options = { ...OPTIONS, seed, kMin: 2, kMax: 5 };
      sweeps.push(
        await sweep(vectorsOf(rows()), 'key', options, new EngineHost(), undefined, () => undefined),
      );
    }
    for (const { k, ari, lowestAri, nmi, inertia } of found) {
      const runs = sweeps.map(({ clusterings }) => clusterings.find((one) => one.k === k)!);
      inertia.forEach((value, i) => expect(value).toBeCloseTo(runs[i].inertia, 6));
      const tables = [
        [0, 1],
        [0, 2],
        [1, 2],
      ].map(([a, b]) => contingency(runs[a].labels, runs[b].labels));
      const aris = tables.map(adjustedRand);
      expect(ari).toBeCloseTo(aris.reduce((sum, x) => sum + x, 0) / 3, 12);
      expect(lowestAri).toBe(Math.min(...aris));
      expect(nmi).toBeCloseTo(tables.map(normalisedMutualInformation).reduce((sum, x) => sum + x, 0) / 3, 12);
    }
  });

  it('is the same however few fits may go together', async () => {
    const rows = () => normalRows(60, 2, 5);
    const all = await run(rows(), { ks: [2, 3, 4], runs: 3 });
    class Narrow extends EngineHost {
      override run<T>(work: (engine: KMeansEngine) => Promise<T>): Promise<T> {
        return super.run((engine) => {
          engine.slots = () => 4;
          return work(engine);
        });
      }
    }
    const job = { vectors: vectorsOf(rows()), specKey: 'key', host: new Narrow(), report: () => undefined };
    expect(await stability(job, { ks: [2, 3, 4], runs: 3, seed: 1 }, OPTIONS)).toEqual(all);
  });

  it('leaves out what the rows cannot fill, and needs rows', async () => {
    expect(
      await run(
        { n: 9, d: 1, data: Float32Array.from({ length: 9 }, (_, i) => i % 3) },
        { ks: [4, 3, 9, 2] },
      ),
    ).toMatchObject([{ k: 2 }, { k: 3, ari: 1 }]);
    expect(await run(normalRows(2, 2), { ks: [5] })).toEqual([]);
    expect(await run(normalRows(9, 2), { ks: [2], runs: 1 })).toMatchObject([
      { runs: 1, ari: 1, lowestAri: 1, nmi: 1 },
    ]);
    await expect(run({ n: 0, d: 2, data: new Float32Array(0) }, {})).rejects.toMatchObject({
      code: 'too-few-images',
    });
    const stop = new AbortController();
    stop.abort();
    await expect(run(normalRows(9, 2), {}, stop.signal)).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('agreement', () => {
  it('counts pairs of labels in rising order of both, gaps or not', () => {
    const { rows, columns, counts } = agreement([7, 7, 2, 70000, 2], Uint32Array.of(1, 0, 1, 1, 1));
    expect([rows, columns]).toEqual([3, 2]);
    expect([...counts]).toEqual([0, 2, 1, 1, 0, 1]);
  });

  it('is the same for small and for large labels', () => {
    const random = new Random(3);
    const draw = () => Array.from({ length: 500 }, () => random.below(9));
    const [a, b] = [draw(), draw()];
    const large = (labels: number[]) => labels.map((label) => 2 ** 21 + 7 * label);
    expect(agreement(large(a), large(b))).toEqual(agreement(a, b));
    expect(agreement([], [])).toMatchObject({ ari: 1, nmi: 1, rows: 0, columns: 0 });
  });

  it('refuses labellings of different rows', () => {
    expect(() => agreement([1, 2], [1])).toThrow(RangeError);
  });
});
