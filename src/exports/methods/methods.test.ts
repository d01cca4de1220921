import { describe, expect, it } from 'vitest';
import type { Clustering, Sweep } from '../../domain/clustering';
import { SKIP_CODES } from '../../domain/files';
import { DEFAULT_PROJECTION, type Projection } from '../../domain/projection';
import { RAW_PIXELS, type NetworkSpec } from '../../domain/spec';
import { artifactBytes } from '../artifact';
import { MOST_LISTED } from './document';
import type { MethodsFacts } from './facts';
import { methodsPage, type Language, type MethodsFormat } from './methods';

const NASTY = '<img src=x onerror="alert(1)">.png';

const SPEC: NetworkSpec = {
  kind: 'network',
  sha256: 'ab'.repeat(32),
  title: 'ResNet-18 half',
  layer: 'pool',
  pool: 'avg',
  dim: 256,
  input: {
    name: 'x',
    width: 128,
    height: 128,
    layout: 'NCHW',
    channels: 'RGB',
    scale: 1 / 255,
    mean: [0.485, 0.456, 0.406],
    std: [0.229, 0.224, 0.225],
  },
  resize: 'squash',
};

const fit = (k: number, silhouette: number): Clustering => ({
  k,
  labels: new Uint16Array(1234),
  centroids: new Float32Array(k),
  distances: new Float32Array(1234),
  sizes: Uint32Array.from({ length: k }, (_, i) => (i === 0 ? 1234 - k + 1 : 1)),
  iterations: 7,
  inertia: 98.7,
  silhouette,
  silhouetteError: 0.0123,
  silhouetteSample: 200,
  silhouetteSquared: 0.5,
  calinskiHarabasz: 55.5,
  daviesBouldin: 1.25,
});

const SWEEP: Sweep = {
  specKey: 'key',
  n: 1234,
  d: 256,
  seed: 17,
  nInit: 4,
  maxIterations: 300,
  tolerance: 1e-4,
  scaling: 'standard',
  pca: null,
  engine: 'webgpu',
  adapter: 'an adapter',
  seconds: 3.21,
  clusterings: [fit(5, 0.31), fit(6, 0.42), fit(7, 0.4)],
  choice: { k: 6, runnerUp: 7, elbow: 5, byCalinskiHarabasz: 6, byDaviesBouldin: null },
};

const FACTS: MethodsFacts = {
  project: 'rays <b>',
  app: '0.1.0',
  time: Date.UTC(2026, 0, 2),
  browser: 'Mozilla/5.0 (a browser)',
  spec: SPEC,
  isOwnNetwork: true,
  backend: { backend: 'wasm', device: 'CPU', threads: 3, trial: [], reason: 'only-choice' },
  counts: { announced: 1300, bytes: 1, waiting: 0, embedded: 1234, duplicates: 60, skipped: 6, missing: 0 },
  skipped: [{ path: NASTY, code: 'broken', detail: '*cut* [here](http://x)' }],
  sweep: SWEEP,
  clustering: SWEEP.clusterings[1],
  notes: new Map([[0, { name: 'a | `b`', note: '' }]]),
  tables: [
    {
      name: 'sheet.csv',
      rows: 99,
      key: { column: 'file', by: 'name', extension: false, ignoreCase: true },
      matched: 77,
      images: 1234,
    },
  ],
};

const PCA: Projection = {
  ...{ specKey: 'key', n: 3, method: 'pca', dims: 2, options: DEFAULT_PROJECTION, laid: 3 },
  ...{ coords: new Float32Array(6), explained: [0.314, 0.159], axes: new Float64Array(4) },
  ...{ quality: null, graph: null, reduced: null, engine: 'cpu', seconds: 1 },
};
const TSNE: Projection = {
  ...{ ...PCA, method: 'tsne', options: { ...DEFAULT_PROJECTION, method: 'tsne', perplexity: 43, seed: 5 } },
  quality: { k: 15, sample: 876, trustworthiness: 0.9753, recall: 0.531 },
  graph: { k: 130, search: 'ivf', recall: 0.987, sample: 500 },
  reduced: { components: 50, explained: 0.912 },
  ...{ explained: [], divergence: 1.618, laid: 2 },
};

async function page(format: MethodsFormat, facts = FACTS, language: Language = 'en'): Promise<string> {
  return new TextDecoder().decode(await artifactBytes(await methodsPage(facts, language, format)));
}

describe.each(['en', 'fr', 'ru'] as const)('in %s', (language) => {
  it('tells every number of the facts, in both formats', async () => {
    for (const format of ['html', 'md'] as const) {
      const text = await page(format, FACTS, language);
      const numbers = [SPEC.sha256, '0.1.0', '128 × 128', '17', '300', '0.0001', '60', '77', 'CPU'];
      for (const number of numbers) expect(text).toContain(number);
      for (const name of ['an adapter', 'sheet.csv', 'a browser', 'ResNet-18 half', 'Rousseeuw'])
        expect(text).toContain(name);
      expect(text).toMatch(/0[.,]420 ± 0[.,]012\b/);
      expect(text).toMatch(/1[\s.,\u202f]?234/);
      expect(text).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  it('tells how the map was made and how far it can be trusted', async () => {
    const text = await page('md', { ...FACTS, projection: TSNE }, language);
    for (const fact of [
      't-SNE',
      'Venna',
      'Maaten',
      /0[.,]9753/,
      /53[.,]1/,
      /98[.,]7/,
      /91[.,]2/,
      /1[.,]618/,
      '876',
      '43',
    ])
      expect(text).toMatch(fact);
    const pca = await page('md', { ...FACTS, projection: PCA }, language);
    expect(pca).toMatch(/31[.,]4[\s\u00a0\u202f]?%; 15[.,]9/);
    expect(pca).not.toMatch(/Venna|undefined|NaN/);
  });

  it('has a reason for every way of being skipped', async () => {
    const skipped = SKIP_CODES.map((code) => ({ path: `${code}.x`, code }));
    expect(await page('md', { ...FACTS, skipped }, language)).not.toContain('undefined');
  });

  it('says so when there are no clusters, no network, or a model', async () => {
    const none = { ...FACTS, sweep: null, clustering: null, spec: RAW_PIXELS, backend: null };
    expect(await page('html', none, language)).not.toMatch(/undefined|NaN/);
    const spec = {
      kind: 'vectors',
      file: 'ab'.repeat(32),
      array: '',
      paths: '',
      title: 'x.npy',
      dim: 7,
    } as const;
    const foreign = await page('md', { ...FACTS, spec }, language);
    expect(foreign).toContain('x.npy');
    expect(foreign).not.toMatch(/undefined|npm run tessera/);
    const model = { name: 'mine', savedAt: '2026-01-01T00:00:00.000Z' };
    const labelled = await page('md', { ...FACTS, sweep: { ...SWEEP, model } }, language);
    expect(labelled).toContain('mine');
    expect(labelled).not.toContain('npm run tessera');
  });
});

it('escapes whatever comes from files', async () => {
  const html = await page('html');
  expect(html).not.toContain('<img');
  expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;.png');
  expect(html).not.toMatch(/<script|javascript:/i);
  const md = await page('md');
  expect(md).not.toContain('<img');
  expect(md).not.toContain('[here](');
  expect(md).toContain('a \\| \\`b\\`');
});

it('loads nothing and forbids everything but its own style', async () => {
  const html = await page('html');
  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(/<[^>]*\s(src|href)=/);
});

it('lists the first skipped files and counts the others', async () => {
  const skipped = Array.from({ length: MOST_LISTED + 23 }, (_, i) => ({
    path: `file-${i}.txt`,
    code: 'not-image' as const,
  }));
  const md = await page('md', { ...FACTS, skipped });
  expect(md).toContain(`file-${MOST_LISTED - 1}.txt`);
  expect(md).not.toContain(`file-${MOST_LISTED}.txt`);
  expect(md).toContain('23 more are not listed here');
});

it('says that k was chosen by hand, and which had the highest silhouette', async () => {
  const md = await page('md', { ...FACTS, clustering: SWEEP.clusterings[0] });
  expect(md).toContain('k = 5 was chosen by hand');
  expect(md).toContain('The highest silhouette is that of k = 6');
  expect(md).toContain('--k 5 --seed 17 --scaling standard');
});

it('tells what was edited by hand, and of the clustering as it was fitted beside it', async () => {
  const base = fit(6, 0.42);
  const labels = base.labels.slice().fill(6, 0, 3);
  const sizes = Uint32Array.of(1227, 0, 1, 1, 1, 1, 3);
  const measured = { silhouette: NaN, inertia: 87.6, calinskiHarabasz: 321.4, daviesBouldin: 0.123 };
  const edited = { ...base, ...measured, k: 7, labels, sizes, base };
  const edits = [
    { kind: 'merge', clusters: [0, 1], into: 0, at: 1 },
    { kind: 'split', cluster: 0, parts: [{ cluster: 6, rows: Uint32Array.of(0, 1) }], seed: 17, at: 2 },
    { kind: 'move', rows: Uint32Array.of(2), to: 6, at: 3 },
    { kind: 'move', rows: Uint32Array.of(9, 8), to: null, at: 4 },
    { kind: 'name', cluster: 6, note: { name: NASTY, note: '' }, at: 5 },
  ] as const;
  for (const language of ['en', 'fr', 'ru'] as const) {
    const page = await methodsPage({ ...FACTS, clustering: edited, edits }, language, 'html');
    const text = new TextDecoder().decode(await artifactBytes(page));
    expect(text).toMatch(/\b3\b.*1.?234.*\b6\b.*\b6\b/);
    expect(text).toContain('--k 6');
    for (const score of [/87[.,]6/, /321[.,]4/, /0[.,]123/]) expect(text).toMatch(score);
    expect(text).not.toContain(NASTY);
    expect(text.match(/<tr>/g)!.length).toBeGreaterThan(5 + 6);
  }
});
