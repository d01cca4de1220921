import fc from 'fast-check';
import { unzipSync, zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { anyDamage, damaged } from '../../test/damage';
import type { ClusterModel, Preparation } from '../domain/model';
import { specKey, type PixelsSpec } from '../domain/spec';
import { artifactBytes } from '../exports/artifact';
import { modelBundle } from '../exports/model';
import { npyOf } from '../exports/npy';
import { readModelBundle } from './model-bundle';

const SPEC: PixelsSpec = { kind: 'pixels', width: 1, height: 2, dim: 6 };
const NONE: Preparation = {
  scaler: { scaling: 'none', offset: new Float64Array(6), factor: new Float64Array(6).fill(1) },
  pca: null,
};
const FULL: Preparation = {
  scaler: {
    scaling: 'standard',
    offset: Float64Array.from({ length: 6 }, (_, j) => j / 3),
    factor: Float64Array.from({ length: 6 }, (_, j) => 1 / (j + 7)),
  },
  pca: {
    mean: Float64Array.from({ length: 6 }, (_, j) => Math.sin(j)),
    components: Float64Array.from({ length: 12 }, (_, j) => Math.cos(j) / 3),
    variances: Float64Array.of(2 / 3, 1e-300),
    explained: [0.1 + 0.2, 1 / 7],
  },
};

function model(preparation: Preparation): ClusterModel {
  const side = preparation.pca ? 2 : 6;
  return {
    spec: SPEC,
    specKey: specKey(SPEC),
    d: 6,
    preparation,
    k: 3,
    centroids: Float32Array.from({ length: 3 * side }, (_, i) => Math.fround(i / 7)),
    names: new Map([[2, { name: '=SUM(A1)', note: 'кошки, 猫' }]]),
    provenance: {
      tessera: '1.2.3',
      savedAt: '2026-05-06T07:08:09.123Z',
      project: 'p',
      n: 1234,
      seed: 4294967295,
      nInit: 4,
      maxIterations: 300,
      tolerance: 1e-4,
      engine: 'webgpu',
      adapter: 'nvidia',
      inertia: 1 / 3,
      silhouette: -0.1,
    },
  };
}

const bytesOf = (of: ClusterModel) => artifactBytes(modelBundle(of));
const blob = (files: Zippable): Blob => new Blob([zipSync(files) as Uint8Array<ArrayBuffer>]);

describe('a bundle of a model', () => {
  it.each([
    ['alone', NONE],
    ['of lengths', { ...NONE, scaler: { ...NONE.scaler, scaling: 'l2' as const } }],
    ['with scaler and components', FULL],
  ])('comes back bit for bit: %s', async (_, preparation) => {
    const before = model(preparation);
    const bytes = await bytesOf(before);
    const after = await readModelBundle(new Blob([bytes]));
    expect(after).toEqual(before);
    expect(await bytesOf(after)).toEqual(bytes);
  });

  it('is read when it was unpacked and packed again, in a folder and compressed', async () => {
    const files = unzipSync(await bytesOf(model(FULL)));
    const moved = Object.fromEntries(Object.entries(files).map(([name, data]) => [`my model/${name}`, data]));
    expect(await readModelBundle(blob(moved))).toEqual(model(FULL));
  });
});

describe('a file that is not a sound bundle is refused with a sentence:', () => {
  const changed = async (change: (files: Record<string, Uint8Array>) => void): Promise<Blob> => {
    const files = unzipSync(await bytesOf(model(FULL)));
    change(files);
    return blob(files);
  };
  const inJson = (change: (json: Record<string, unknown>) => void) =>
    changed((files) => {
      const json = JSON.parse(new TextDecoder().decode(files['model.json']));
      change(json);
      files['model.json'] = new TextEncoder().encode(JSON.stringify(json));
    });
  const nan = Float64Array.of(NaN, 1, 1, 1, 1, 1);

  it.each<[string, () => Promise<Blob>, RegExp]>([
    ['no archive', async () => new Blob(['hello']), /not a ZIP archive/],
    ['another archive', async () => blob({ 'a.txt': new Uint8Array(3) }), /no model\.json/],
    ['no JSON', () => changed((f) => (f['model.json'] = new TextEncoder().encode('{'))), /not JSON/],
    ['another format', () => inJson((j) => (j['format'] = 'x')), /does not say that it is a model/],
    ['a newer version', () => inJson((j) => (j['version'] = 2)), /version 2.*reads version 1/],
    ['no descriptor', () => inJson((j) => delete j['spec']), /"spec" is not an object/],
    ['a wrong descriptor', () => inJson((j) => (j['spec'] = { ...SPEC, kind: 'x' })), /"spec": "kind"/],
    ['another dimension', () => inJson((j) => (j['d'] = 5)), /"d" is 5, but "spec" gives 6/],
    ['no clusters', () => inJson((j) => (j['k'] = 0)), /"k" is not a whole number/],
    ['too many clusters', () => inJson((j) => (j['k'] = 65_537)), /"k" is not at most/],
    ['an unknown scaling', () => inJson((j) => (j['scaling'] = 'log')), /"scaling" is not one of/],
    [
      'a name of no cluster',
      () => inJson((j) => (j['names'] = [{ cluster: 3, name: '', note: '' }])),
      /"names" \[0\]: "cluster"/,
    ],
    ['no provenance', () => inJson((j) => (j['provenance'] = null)), /"provenance" is not an object/],
    ['a missing array', () => changed((f) => delete f['pca_mean.npy']), /no pca_mean\.npy/],
    [
      'no array',
      () => changed((f) => (f['centroids.npy'] = new Uint8Array(200))),
      /centroids\.npy: Not a NumPy/,
    ],
    [
      'another shape',
      () => changed((f) => (f['centroids.npy'] = npyOf([2, 3], new Float32Array(6)))),
      /\(2, 3\), not \(3, 2\)/,
    ],
    [
      'an array cut short',
      () => changed((f) => (f['scaler_factor.npy'] = f['scaler_factor.npy'].slice(0, -8))),
      /scaler_factor\.npy has the shape/,
    ],
    [
      'another precision',
      () => changed((f) => (f['pca_mean.npy'] = npyOf([6], new Float32Array(6)))),
      /pca_mean\.npy is not float64/,
    ],
    [
      'numbers that are none',
      () => changed((f) => (f['scaler_offset.npy'] = npyOf([6], nan))),
      /scaler_offset\.npy holds numbers that are not finite/,
    ],
  ])('%s', async (_, file, sentence) => {
    const reading = readModelBundle(await file());
    await expect(reading).rejects.toMatchObject({ code: 'model-bundle' });
    await expect(reading).rejects.toThrow(sentence);
  });
});

it.each([
  ['stored', () => bytesOf(model(FULL))],
  ['compressed', async () => zipSync(unzipSync(await bytesOf(model(FULL))))],
])(
  'a file that is cut or has bits turned is read as it was or refused with a sentence: %s',
  async (_, make) => {
    const whole = await make();
    const expected = await readModelBundle(new Blob([whole as Uint8Array<ArrayBuffer>]));
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(anyDamage, async (damage) => {
        try {
          // What still opens is what was saved: only bits that no reader looks at have changed.
          expect(await readModelBundle(new Blob([damaged(whole, damage)]))).toEqual(expected);
        } catch (error) {
          expect(error).toMatchObject({
            code: 'model-bundle',
            message: expect.stringMatching(/^[A-Z].*\.$/s),
          });
          refused++;
        }
      }),
      { numRuns: 1000, endOnFailure: true },
    );
    expect(refused).toBeGreaterThan(500);
  },
  300_000,
);
