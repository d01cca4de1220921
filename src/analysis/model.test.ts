import { describe, expect, it } from 'vitest';
import { blobs, normalRows, vectorsOf } from '../../test/rows';
import { DEFAULT_SWEEP, type SweepOptions } from '../domain/clustering';
import type { ClusterModel } from '../domain/model';
import { specKey, type PixelsSpec } from '../domain/spec';
import { modelOf } from '../jobs/cluster-models';
import { EngineHost } from './engine-host';
import { applyModel } from './model';
import type { Rows } from './rows';
import { sweep } from './sweep';

const SPEC: PixelsSpec = { kind: 'pixels', width: 1, height: 4, dim: 12 };

function apply(rows: Rows, model: ClusterModel, signal?: AbortSignal, key = specKey(SPEC)) {
  const host = new EngineHost(async () => null);
  const job = { vectors: vectorsOf(rows), specKey: key, host, signal, report: () => undefined };
  return applyModel(job, model, 'mine');
}

async function fitted(rows: Rows, options: Partial<SweepOptions>) {
  const all = { ...DEFAULT_SWEEP, engine: 'cpu' as const, kMin: 5, kMax: 5, nInit: 1, ...options };
  const found = await sweep(
    vectorsOf(rows),
    specKey(SPEC),
    all,
    new EngineHost(),
    undefined,
    () => undefined,
  );
  const [clustering] = found.clusterings;
  return { found, clustering, model: modelOf({ name: 'p', spec: SPEC }, found, clustering, new Map()) };
}

const subset = ({ d, data }: Rows, places: number[]): Rows => ({
  n: places.length,
  d,
  data: Float32Array.from(places.flatMap((row) => [...data.subarray(row * d, (row + 1) * d)])),
});

describe('a model applied to the rows it was fitted on gives their labels', () => {
  it.each<[string, Partial<SweepOptions>]>([
    ['as they are', {}],
    ['of unit length', { scaling: 'l2' }],
    ['standardised', { scaling: 'standard' }],
    ['in 0..1', { scaling: 'minmax' }],
    ['on components', { pca: 3 }],
    ['standardised, on components that explain 90 %', { scaling: 'standard', pca: 0.9 }],
  ])('%s', async (_, options) => {
    const rows = () => blobs(300, 12, 5, 3, 2);
    const { found, clustering, model } = await fitted(rows(), options);
    const again = await apply(rows(), model);
    const [labelled] = again.clusterings;
    expect(labelled.labels).toEqual(clustering.labels);
    expect([...labelled.sizes]).toEqual([...clustering.sizes]);
    labelled.distances.forEach((distance, i) =>
      expect(Math.abs(distance - clustering.distances[i])).toBeLessThan(1e-4 * (1 + distance)),
    );
    expect(labelled.inertia).toBeCloseTo(clustering.inertia, 2);
    expect(labelled.silhouette).toBeCloseTo(clustering.silhouette, 5);
    expect(again).toMatchObject({
      model: { name: 'mine', savedAt: model.provenance.savedAt },
      n: 300,
      d: 12,
      scaling: found.scaling,
      pca: found.pca,
      choice: { k: 5, runnerUp: null },
    });
  });
});

describe('a model applied to other rows', () => {
  it('labels each as it would among the rows of the fit, whatever else is there', async () => {
    const all = blobs(200, 12, 5, 3, 2);
    const { clustering, model } = await fitted(
      { ...all, data: all.data.slice() },
      { scaling: 'standard', pca: 4 },
    );
    const some = [3, 77, 12, 199];
    const { clusterings } = await apply(subset(all, some), model);
    expect([...clusterings[0].labels]).toEqual(some.map((row) => clustering.labels[row]));
  });

  it('keeps the numbers of clusters, some of them empty', async () => {
    const all = blobs(200, 12, 5, 6, 2);
    const { clustering, model } = await fitted({ ...all, data: all.data.slice() }, {});
    const last = [...clustering.labels.keys()].filter((row) => clustering.labels[row] === 4);
    const [labelled] = (await apply(subset(all, last), model)).clusterings;
    expect([...labelled.sizes]).toEqual([0, 0, 0, 0, last.length]);
    expect(labelled).toMatchObject({ silhouette: 0, calinskiHarabasz: 0, daviesBouldin: 0 });
    const [one] = (await apply(subset(all, [last[0]]), model)).clusterings;
    expect([...one.labels]).toEqual([4]);
  });

  it('refuses vectors of another descriptor and names both', async () => {
    const { model } = await fitted(blobs(50, 12, 5), {});
    const network = `${'ab'.repeat(32)}:layer:0:avg:crop:1,2,NCHW,RGB,1,0,0,0,1,1,1`;
    const applying = apply(normalRows(5, 12), model, undefined, network);
    await expect(applying).rejects.toMatchObject({
      code: 'model-mismatch',
      params: {
        wanted: 'pixels 1x4, 12 numbers',
        found: expect.stringMatching(/^network abababab, layer layer:0, pooling avg, crop, input 1,2,/),
      },
    });
    await expect(apply(normalRows(5, 11), model)).rejects.toMatchObject({ code: 'model-mismatch' });
  });

  it('needs rows, and ends when cancelled', async () => {
    const { model } = await fitted(blobs(50, 12, 5), {});
    await expect(apply({ n: 0, d: 12, data: new Float32Array(0) }, model)).rejects.toMatchObject({
      code: 'too-few-images',
    });
    const stop = new AbortController();
    stop.abort();
    await expect(apply(normalRows(5, 12), model, stop.signal)).rejects.toMatchObject({ code: 'cancelled' });
  });
});
