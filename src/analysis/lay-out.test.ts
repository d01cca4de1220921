import { describe, expect, it } from 'vitest';
import golden from '../../test/golden/maps.json';
import { goldenRows } from '../../test/golden-rows';
import { blobs, normalRows } from '../../test/rows';
import { DEFAULT_PROJECTION, type ProjectionOptions } from '../domain/projection';
import type { AnalysisProgress } from '../domain/progress';
import { cpuKnn } from './cpu/knn';
import { CpuProducts } from './cpu/cpu-products';
import { layOut, type LayoutTools } from './lay-out';
import { judgeMap } from './map-quality';
import { pcaLayout, type Layout } from './projection';
import { residentSource } from './row-source';
import { columnMeans, type Rows } from './rows';
import { cpuLayout } from './umap/cpu-layout';

const UMAP: ProjectionOptions = { ...DEFAULT_PROJECTION, method: 'umap' };

function tools(rows: Rows, more: Partial<LayoutTools> = {}): LayoutTools {
  return {
    source: residentSource(rows),
    products: new CpuProducts(),
    memory: { allocate: (n, d) => ({ n, d, data: new Float32Array(n * d) }), release: () => undefined },
    search: cpuKnn,
    umap: cpuLayout,
    engine: 'cpu',
    report: () => undefined,
    ...more,
  };
}

/** The first `n` rows. */
const first = ({ d, data }: Rows, n: number): Rows => ({ n, d, data: data.slice(0, n * d) });

/** The layout as a later one knows it: NaN for rows up to `n`. */
function known(layout: Layout, n: number): Layout {
  const coords = new Float32Array(n * layout.dims).fill(NaN);
  coords.set(layout.coords);
  return { ...layout, n, coords };
}

/** Share of the rows whose nearest row on the map is of their own of `groups`. */
function purity({ coords, dims, n }: Layout, groups: number, from = 0): number {
  let same = 0;
  for (let i = from; i < n; i++) {
    let best = { j: -1, squared: Infinity };
    for (let j = 0; j < n; j++) {
      let squared = 0;
      for (let c = 0; c < dims; c++) squared += (coords[i * dims + c] - coords[j * dims + c]) ** 2;
      if (j !== i && squared < best.squared) best = { j, squared };
    }
    if (best.j % groups === i % groups) same++;
  }
  return same / (n - from);
}

const rows = blobs(240, 60, 12, 1.2, 3);

const TSNE: ProjectionOptions = { ...UMAP, method: 'tsne', perplexity: 12 };

describe.each([UMAP, TSNE])('$method', (options) => {
  it.each([2, 3] as const)('keeps neighbours together in %i dimensions, better than PCA', async (dims) => {
    const told: AnalysisProgress[] = [];
    const report = (progress: AnalysisProgress): void => void told.push(progress);
    const found = await layOut(tools(rows, { report }), { ...options, dims }, null);
    expect(found).toMatchObject({ n: 240, dims, laid: 240, graph: { search: 'exact', recall: 1 } });
    expect(found.coords).toHaveLength(240 * dims);
    expect(found.coords.every(Number.isFinite)).toBe(true);
    expect(found.reduced!.components).toBe(50);
    const pca = await pcaLayout(residentSource(rows), new CpuProducts(), { ...DEFAULT_PROJECTION, dims });
    expect(purity(found, 12)).toBeGreaterThan(0.98);
    expect(purity(found, 12)).toBeGreaterThan(purity(pca, 12) + 0.1);
    expect(found.quality!.trustworthiness).toBeGreaterThan(0.9);
    expect(told.at(-1)!.fraction).toBeGreaterThan(told[0].fraction);
  });

  it('keeps neighbours as well as the t-SNE of scikit-learn, and better than its PCA', async () => {
    const rows = goldenRows(golden.blobs);
    const found = await layOut(tools(rows), { ...options, perplexity: golden.blobs.perplexity }, null);
    const { products, source } = tools(rows);
    const map = { source, products, mean: columnMeans(rows), coords: found.coords, dims: 2, seed: 1, k: 12 };
    const { trustworthiness } = (await judgeMap(map, () => undefined))!;
    expect(trustworthiness).toBeGreaterThan(golden.blobs.trustworthiness_tsne - 0.02);
    expect(trustworthiness).toBeGreaterThan(golden.blobs.trustworthiness['12'] + 0.02);
  });

  it('is the same again', async () => {
    const some = first(rows, 90);
    const found = await layOut(tools(some), options, null);
    expect((await layOut(tools(some), options, null)).coords).toEqual(found.coords);
    expect((await layOut(tools(some), { ...options, seed: 2 }, null)).coords).not.toEqual(found.coords);
  });

  it('leaves rows where they are when others come, which join their like', async () => {
    const before = await layOut(tools(first(rows, 180)), options, null);
    const after = await layOut(tools(rows), options, known(before, 240));
    expect(after.coords.subarray(0, 360)).toEqual(before.coords);
    expect(after).toMatchObject({ n: 240, laid: 180, graph: before.graph });
    expect(after.coords.every(Number.isFinite)).toBe(true);
    expect(purity(after, 12, 180)).toBeGreaterThan(0.95);
    expect(after.quality!.sample).toBe(240);
  });

  it('lays all rows out when they have more than doubled', async () => {
    const before = await layOut(tools(first(rows, 90)), options, null);
    const after = await layOut(tools(rows), options, known(before, 240));
    expect(after.laid).toBe(240);
    expect(after.coords.subarray(0, 180)).not.toEqual(before.coords);
  });

  it.each([0, 1, 2, 3, 5])('has a place for each of %i rows', async (n) => {
    const found = await layOut(tools(normalRows(n, 4)), options, null);
    expect(found.coords).toHaveLength(2 * n);
    expect(found.coords.every(Number.isFinite)).toBe(true);
  });

  it('has a place for rows that are all the same', async () => {
    const found = await layOut(tools({ n: 30, d: 3, data: new Float32Array(90).fill(1) }), options, null);
    expect(found.coords.every(Number.isFinite)).toBe(true);
  });

  it('stops when cancelled, and gives its memory back', async () => {
    const stop = new AbortController();
    let alive = 0;
    const memory = {
      allocate: (n: number, d: number) => ({ n, d, data: new Float32Array(n * d * ++alive) }),
      release: () => void alive--,
    };
    const report = ({ fraction }: AnalysisProgress): void => {
      if (fraction > 0.1) stop.abort();
    };
    const stopped = layOut(tools(rows, { signal: stop.signal, report, memory }), options, null);
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    expect(alive).toBe(0);
  });
});
