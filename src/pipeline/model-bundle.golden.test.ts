import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import golden from '../../test/golden/model.json';
import { vectorsOf } from '../../test/rows';
import { EngineHost } from '../analysis/engine-host';
import { applyModel } from '../analysis/model';
import { artifactBytes } from '../exports/artifact';
import { modelBundle } from '../exports/model';
import { readModelBundle } from './model-bundle';

const file = new Uint8Array(readFileSync(new URL('../../test/golden/model.zip', import.meta.url)));

it('labels with a saved model as NumPy does', async () => {
  const model = await readModelBundle(new Blob([file]));
  expect(model).toMatchObject({
    k: 5,
    d: 12,
    specKey: 'pixels:1x4',
    provenance: { project: 'golden', n: 90 },
  });
  expect(model.names.get(3)).toEqual({ name: 'reds', note: 'two cars among them' });
  const rows = { n: golden.n, d: golden.d, data: Float32Array.from(golden.rows) };
  const host = new EngineHost(async () => null);
  const job = { vectors: vectorsOf(rows), specKey: 'pixels:1x4', host, report: () => undefined };
  const [{ labels, distances }] = (await applyModel(job, model, 'golden')).clusterings;
  expect([...labels]).toEqual(golden.labels);
  distances.forEach((distance, i) =>
    expect(Math.abs(distance - golden.distances[i])).toBeLessThan(1e-5 * (1 + distance)),
  );
});

it('writes what it has read, byte for byte', async () => {
  const model = await readModelBundle(new Blob([file]));
  expect(await artifactBytes(modelBundle(model))).toEqual(file);
});
