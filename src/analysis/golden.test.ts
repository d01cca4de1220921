import { describe, expect, it } from 'vitest';
import { fitFromGolden, golden, goldenFits, rowsOf } from '../../test/golden-analysis';
import { adjustedRand, contingency, normalisedMutualInformation } from './agreement';
import { CpuEngine } from './cpu/engine';
import { fitPca, inverseTransform, transform } from './pca';
import { plainProducts } from '../../test/plain-products';
import { Random } from './random';
import { residentSource } from './row-source';
import { centre } from './rows';
import { stratifiedSample } from './sample';
import { clusterScores } from './scores';
import { silhouettes } from './silhouette';

function expectClose(value: number, expected: number, relative: number) {
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(relative * Math.abs(expected) + 1e-9);
}

describe('k-means on the CPU finds what scikit-learn finds', () => {
  it.each(goldenFits)('$name', async ({ data, fit }) => {
    const { found } = await fitFromGolden(data, fit, (rows) => new CpuEngine(rows));
    expect([...found.labels]).toEqual(fit.labels);
    expectClose(found.inertia, fit.inertia, 1e-5);
    expect(found.iterations).toBe(fit.iterations);
  });
});

describe('scores are those of scikit-learn', () => {
  it.each(goldenFits.filter(({ fit }) => 'silhouette' in fit))('$name', async ({ data, fit }) => {
    const rows = rowsOf(data);
    centre(rows);
    const labels = Uint16Array.from(fit.labels);
    const labelling = { k: fit.k, labels };
    const sample = stratifiedSample([labelling], rows.n, rows.n, new Random(1));
    const [silhouette] = await silhouettes(new CpuEngine(rows), [labelling], sample, () => undefined);
    expectClose(silhouette.mean, fit.silhouette!, 1e-4);
    expect(silhouette).toMatchObject({ error: 0, sample: rows.n });
    const { calinskiHarabasz, daviesBouldin } = clusterScores(rows, labels, fit.k);
    expectClose(calinskiHarabasz, fit.calinskiHarabasz!, 1e-4);
    expectClose(daviesBouldin, fit.daviesBouldin!, 1e-4);
  });
});

describe('principal components are those of scikit-learn', () => {
  it.each(golden.cases)('$name', async (data) => {
    const rows = rowsOf(data);
    const { pca: expected, d } = data;
    const m = expected.variances.length;
    const pca = await fitPca(residentSource(rows), { components: m }, plainProducts);
    expect(pca.variances.length).toBe(m);
    expected.variances.forEach((v, c) => expectClose(pca.variances[c], v, 1e-4));
    expected.explained.forEach((share, c) => expectClose(pca.explained[c], share, 1e-4));
    expected.components.forEach((x, p) => expect(Math.abs(pca.components[p] - x)).toBeLessThan(1e-4));
    const coords = await transform(rows, pca, plainProducts);
    const scale = Math.sqrt(expected.variances[0]);
    expected.coords.forEach((x, p) => expect(Math.abs(coords.data[p] - x)).toBeLessThan(1e-4 * scale));
    const all = await fitPca(residentSource(rows), { explained: 1 }, plainProducts);
    const back = inverseTransform(await transform(rows, all, plainProducts), all);
    const largest = Math.max(...data.rows.map(Math.abs));
    back.data.forEach((x, p) => expect(Math.abs(x - data.rows[p])).toBeLessThan(1e-5 * largest));
    expect(back.d).toBe(d);
  });
});

describe('agreement is that of scikit-learn', () => {
  it.each(golden.agreement.map((pair, i) => ({ ...pair, i })))('pair $i', ({ a, b, ari, nmi }) => {
    const table = contingency(a, b);
    expectClose(adjustedRand(table), ari, 1e-9);
    expectClose(normalisedMutualInformation(table), nmi, 1e-8);
  });
});
