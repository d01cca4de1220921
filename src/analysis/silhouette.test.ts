import { describe, expect, it } from 'vitest';
import { blobs, normalRows } from '../../test/rows';
import { distanceSumsReference } from '../gpu/distance-sums/distance-sums.cpu';
import { CpuEngine } from './cpu/engine';
import type { KMeansEngine, Labelling } from './engine';
import { Random } from './random';
import type { Rows } from './rows';
import { stratifiedSample } from './sample';
import { silhouetteSamples, silhouettes } from './silhouette';

const silent = () => undefined;
const all = (n: number) => Uint32Array.from({ length: n }, (_, i) => i);

function randomLabels(n: number, k: number, seed = 1): Labelling {
  const random = new Random(seed);
  return { k, labels: Uint16Array.from({ length: n }, () => random.below(k)) };
}

/** Silhouette of row i from its definition. */
function bruteForce({ n, d, data }: Rows, { k, labels }: Labelling, i: number): number {
  const sums = new Float64Array(k);
  const counts = new Uint32Array(k);
  for (let j = 0; j < n; j++) {
    if (j === i) continue;
    let squared = 0;
    for (let t = 0; t < d; t++) squared += (data[i * d + t] - data[j * d + t]) ** 2;
    sums[labels[j]] += Math.sqrt(squared);
    counts[labels[j]]++;
  }
  if (counts[labels[i]] === 0) return 0;
  const means = Array.from(sums, (sum, c) => sum / counts[c]);
  const b = Math.min(...means.filter((_, c) => c !== labels[i] && counts[c] > 0));
  const a = means[labels[i]];
  return Math.max(a, b) === 0 ? 0 : (b - a) / Math.max(a, b);
}

describe('the CPU engine sums distances by cluster', () => {
  it.each([1, 2, 3, 65, 257])('from %i rows', async (n) => {
    const rows = normalRows(n, 7, n);
    const labellings = [randomLabels(n, 3), randomLabels(n, 8)];
    const sums = await new CpuEngine(rows).distanceSums(all(n), labellings, silent);
    labellings.forEach((labelling, l) => {
      const expected = distanceSumsReference(rows, all(n), labelling);
      expected.forEach((sum, p) => expect(Math.abs(sums[l][p] - sum)).toBeLessThan(1e-6 * (1 + sum)));
    });
  });
});

describe('silhouettes', () => {
  it('of rows follow the definition', async () => {
    const rows = blobs(130, 6, 4, 1);
    const labelling = randomLabels(130, 5);
    const values = await silhouetteSamples(new CpuEngine(rows), labelling, all(130), silent);
    values.forEach((value, i) => expect(value).toBeCloseTo(bruteForce(rows, labelling, i), 6));
    const some = Uint32Array.of(3, 77, 129);
    expect(await silhouetteSamples(new CpuEngine(rows), labelling, some, silent)).toEqual(
      Float64Array.from(some, (i) => values[i]),
    );
  });

  it('are 0 for a row alone, for one cluster, and for equal rows in two clusters', async () => {
    const rows = { n: 5, d: 1, data: Float32Array.of(0, 0, 0, 0, 7) };
    const of = (labels: number[], k: number) =>
      silhouetteSamples(new CpuEngine(rows), { k, labels: Uint16Array.from(labels) }, all(5), silent);
    expect([...(await of([0, 0, 1, 1, 2], 3))]).toEqual([0, 0, 0, 0, 0]);
    expect([...(await of([0, 0, 0, 0, 0], 1))]).toEqual([0, 0, 0, 0, 0]);
    expect([...(await of([1, 1, 1, 1, 2], 4))]).toEqual([1, 1, 1, 1, 0]);
  });

  it('ask the engine for no more sums at once than fit, and agree', async () => {
    const rows = normalRows(300, 2, 3);
    const labellings = Array.from({ length: 30 }, (_, l) => randomLabels(300, 3000, l));
    const cpu = new CpuEngine(rows);
    const asked: number[] = [];
    const engine: KMeansEngine = Object.assign(Object.create(cpu) as KMeansEngine, {
      distanceSums: (...[sample, ...rest]: Parameters<KMeansEngine['distanceSums']>) => {
        asked.push(sample.length);
        return cpu.distanceSums(sample, ...rest);
      },
    });
    const fractions: number[] = [];
    const sample = stratifiedSample(labellings, 300, 300, new Random(1));
    const [first] = await silhouettes(engine, labellings, sample, (fraction) => fractions.push(fraction));
    expect(asked.length).toBeGreaterThan(2);
    expect(Math.max(...asked) * 90_000).toBeLessThanOrEqual(2 ** 23);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions[fractions.length - 1]).toBe(1);
    const brute = Array.from(all(300), (i) => bruteForce(rows, labellings[0], i));
    expect(first.mean).toBeCloseTo(brute.reduce((sum, v) => sum + v, 0) / 300, 6);
  });

  it('are estimated for all labellings from one sample, within their errors', async () => {
    const rows = blobs(900, 8, 6, 1.2);
    const truth = { k: 6, labels: Uint16Array.from({ length: 900 }, (_, i) => i % 6) };
    const labellings = [{ k: 2, labels: truth.labels.map((c) => c % 2) }, truth, randomLabels(900, 4)];
    const engine = new CpuEngine(rows);
    const run = (m: number, seed: number) =>
      silhouettes(engine, labellings, stratifiedSample(labellings, 900, m, new Random(seed)), silent);
    const exact = await run(900, 1);
    const off = [0, 0, 0];
    for (let seed = 0; seed < 12; seed++) {
      (await run(120, seed)).forEach(({ mean, error, sample }, l) => {
        expect(sample).toBe(120);
        expect(error).toBeGreaterThan(0);
        off[l] += ((mean - exact[l].mean) / error) ** 2 / 12;
      });
    }
    // The mean of twelve squared standard scores lies within 0.2 .. 3 but for one case in ten thousand.
    for (const score of off) {
      expect(score).toBeGreaterThan(0.2);
      expect(score).toBeLessThan(3);
    }
  });

  it('stop when cancelled', async () => {
    const rows = normalRows(50, 3);
    const sums = silhouetteSamples(
      new CpuEngine(rows),
      randomLabels(50, 3),
      all(50),
      silent,
      AbortSignal.abort(),
    );
    await expect(sums).rejects.toMatchObject({ code: 'cancelled' });
  });
});
