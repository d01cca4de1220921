import { describe, expect, it } from 'vitest';
import features from '../../test/golden/features.json';
import golden from '../../test/golden/minibatch.json';
import { halfFloats } from '../../test/half-floats';
import { blobs, normalRows } from '../../test/rows';
import { assignReference } from '../gpu/assign/assign.cpu';
import { updateReference } from '../gpu/update/update.cpu';
import { CpuEngine } from './cpu/engine';
import { MINI_BATCH, miniBatchKMeans, type MiniBatchOptions, type OnRows } from './minibatch';
import { moveCentres, reassignStarved, SmoothedStop } from './minibatch-rules';
import { Random } from './random';
import { residentSource } from './row-source';
import type { Rows } from './rows';

const onCpu: OnRows = async (rows, work) => {
  const engine = new CpuEngine(rows);
  try {
    return await work(engine);
  } finally {
    engine.close();
  }
};

function fit(rows: Rows, options: Partial<MiniBatchOptions> & { k: number }) {
  return miniBatchKMeans(residentSource(rows), onCpu, { seed: 1, ...MINI_BATCH, ...options });
}

describe('the rules of mini-batches', () => {
  it('move centres as scikit-learn does', () => {
    const rows = blobs(300, 5, 4, 4, 1);
    const state = { centres: Float64Array.from(rows.data.subarray(0, 30)), counts: new Float64Array(6) };
    golden.steps.forEach((expected, i) => {
      const batch = { n: 100, d: 5, data: rows.data.subarray(i * 500, (i + 1) * 500) };
      const { labels, squared } = assignReference(batch, state.centres);
      const inertia = squared.reduce((sum, value) => sum + value, 0);
      expect(Math.abs(inertia / expected.inertia - 1)).toBeLessThan(1e-6);
      moveCentres(state, { ...updateReference(batch, labels, 6), changed: 0 });
      expect([...state.counts]).toEqual(expected.counts);
      state.centres.forEach((x, p) => expect(x).toBeCloseTo(expected.centres[p], 6));
    });
  });

  it.each(golden.starved)('put starved centres onto rows: $before', ({ before, batch, moved, counts }) => {
    const rows = normalRows(batch, 3, 2);
    const state = {
      centres: new Float64Array(before.length * 3).fill(1e3),
      counts: Float64Array.from(before),
    };
    state.counts[0] += batch;
    reassignStarved(state, rows, 0.01, new Random(1));
    expect([...state.counts]).toEqual(counts);
    const own = Array.from(before.keys()).filter((c) => state.centres[3 * c] !== 1e3);
    expect(own).toEqual(moved);
    const taken = own.map((c) => rows.data.indexOf(state.centres[3 * c]) / 3);
    expect(taken.every((row) => Number.isInteger(row) && row >= 0)).toBe(true);
    expect(new Set(taken).size).toBe(own.length);
  });

  it.each(golden.stops)('stop after $steps batches', ({ n, batch, inertias, steps }) => {
    const stop = new SmoothedStop(n, batch, 10);
    expect(inertias.findIndex((inertia) => stop.after(inertia)) + 1).toBe(steps);
  });
});

describe('mini-batch k-means', () => {
  const data: Record<string, () => Rows> = {
    blobs: () => blobs(4000, 8, 12, 2, 3),
    'blobs that overlap': () => blobs(4000, 8, 12, 0.7, 4),
    features: () => {
      const { n, d, rows } = features.case;
      return { n, d, data: halfFloats(Buffer.from(rows, 'base64')) };
    },
  };

  it.each(golden.quality)(
    'is as good as scikit-learn on $name',
    { timeout: 60_000 },
    async ({ name, k, batch, mean, worst, full }) => {
      const rows = data[name]();
      const inertias: number[] = [];
      for (let seed = 0; seed < 10; seed++) inertias.push((await fit(rows, { k, batch, seed })).inertia);
      expect(inertias.reduce((a, b) => a + b, 0) / 10).toBeLessThan(mean * 1.05);
      expect(Math.max(...inertias)).toBeLessThan(worst * 1.05);
      expect(Math.min(...inertias)).toBeGreaterThan(full * 0.98);
    },
  );

  it('labels every row with its nearest centre, in the space of the source', async () => {
    const rows = blobs(9000, 6, 5, 6, 2);
    for (let p = 0; p < rows.data.length; p++) rows.data[p] += 1000;
    const before = rows.data.slice();
    const { centres, labels, squared, inertia, steps } = await fit(rows, { k: 5, batch: 500 });
    expect(rows.data).toEqual(before);
    const expected = assignReference(rows, centres);
    expect(Array.from(labels)).toEqual(Array.from(expected.labels));
    squared.forEach((value, i) => expect(Math.abs(value - expected.squared[i])).toBeLessThan(1e-2));
    expect(inertia / expected.squared.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
    expect(steps).toBeGreaterThan(10);
  });

  it('gives the same result each time, and another for another seed', async () => {
    const rows = blobs(1500, 4, 9, 1, 5);
    const one = await fit(rows, { k: 9, batch: 200 });
    expect(await fit(rows, { k: 9, batch: 200 })).toEqual(one);
    expect((await fit(rows, { k: 9, batch: 200, seed: 2 })).centres).not.toEqual(one.centres);
  });

  it('takes few rows, as many clusters as rows, and equal rows', async () => {
    expect((await fit(normalRows(1, 3), { k: 1 })).labels).toEqual(Uint16Array.of(0));
    const all = await fit(normalRows(7, 2), { k: 7 });
    expect(all.labels.length).toBe(7);
    expect((await fit({ n: 50, d: 2, data: new Float32Array(100).fill(4) }, { k: 3 })).inertia).toBe(0);
    await expect(fit(normalRows(5, 2), { k: 6 })).rejects.toThrow(RangeError);
    await expect(fit(normalRows(0, 2), { k: 1 })).rejects.toThrow(RangeError);
  });

  it('reads at most as often as it may, and tells how far it is', async () => {
    const rows = blobs(1000, 3, 4, 1, 6);
    const seen: number[] = [];
    const { steps } = await fit(rows, {
      k: 4,
      batch: 250,
      maxPasses: 1,
      progress: (fraction) => void seen.push(fraction),
    });
    expect(steps).toBeLessThanOrEqual(4);
    expect(seen[seen.length - 1]).toBe(1);
    expect(seen).toEqual(seen.slice().sort((a, b) => a - b));
  });

  it('stops when cancelled', async () => {
    const stop = new AbortController();
    const progress = (): void => stop.abort();
    const fitting = fit(blobs(2000, 3, 4), { k: 4, batch: 100, signal: stop.signal, progress });
    await expect(fitting).rejects.toMatchObject({ code: 'cancelled' });
  });
});
