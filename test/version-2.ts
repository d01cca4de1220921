import { makeOldDatabase, type OldRecord } from './old-database';

/**
 * Everything a database of version 2 had: stores, and a project of three images with a sweep in all its parts, names for its
 * clusters, a tree by k-means and one by folders, and two models, of which one labels the images.
 */
export const STORES_2 = [
  'projects',
  'tallies',
  'files',
  'intake',
  'skips',
  'blobs',
  'rows',
  'thumbs',
  'vectors',
  'imported',
  'sweeps',
  'notes',
  'hierarchies',
  'models',
];

export const PROJECT_2 = 'b7c1a4f0-0000-4000-8000-000000000002';
export const SPEC_2 = 'pixels:32x32';
export const MODEL_2 = 'b7c1a4f0-0000-4000-8000-0000000000aa';
const N = 3;
const D = 3072;
const SAVED_AT = '2026-02-01T10:00:00.000Z';

const numbers = (length: number, step: number): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length }, (_, i) => ((i * step) % 7) / 7);

const preparation = () => ({
  scaler: { scaling: 'standard', offset: new Float64Array(D).fill(0.5), factor: new Float64Array(D).fill(2) },
  pca: null,
});

export const sweep2 = () => ({
  specKey: SPEC_2,
  n: N,
  d: D,
  seed: 1,
  nInit: 4,
  maxIterations: 300,
  tolerance: 1e-4,
  scaling: 'standard',
  pca: null,
  preparation: preparation(),
  engine: 'webgpu',
  adapter: 'a graphics device',
  seconds: 0.25,
  peakBytes: { gpu: 4096, rows: 36_864 },
  asked: { kMin: 2, kMax: 2, pca: null, silhouetteSample: 2000 },
  silhouetteSeconds: 0.1,
  clusterings: [
    {
      k: 2,
      labels: Uint16Array.of(0, 1, 0),
      centroids: numbers(2 * D, 3),
      distances: Float32Array.of(0.5, 0, 0.5),
      sizes: Uint32Array.of(2, 1),
      iterations: 2,
      inertia: 0.5,
      silhouette: 0.4,
      silhouetteError: 0,
      silhouetteSample: N,
      silhouetteSquared: 0.6,
      calinskiHarabasz: 12,
      daviesBouldin: 0.3,
    },
  ],
  choice: { k: 2, runnerUp: null, elbow: null, byCalinskiHarabasz: 2, byDaviesBouldin: 2 },
});

const node = (id: string, parent: number, first: number, size: number) => ({
  id,
  parent,
  depth: parent < 0 ? 0 : 1,
  firstChild: parent < 0 ? 1 : 0,
  children: parent < 0 ? 2 : 0,
  first,
  size,
  medoid: 0,
  inertia: 0.5,
});

export const tree2 = (by: 'kmeans' | { column: string }) => ({
  specKey: SPEC_2,
  n: N,
  d: D,
  by,
  branching: by === 'kmeans' ? 2 : null,
  depth: 1,
  minimumSize: 1,
  seed: 1,
  nInit: 1,
  scaling: 'none',
  pca: null,
  engine: 'cpu',
  adapter: 'CPU',
  seconds: 0.1,
  nodes: [node('root', -1, 0, 3), { ...node('root-0', 0, 0, 2), name: 'pairs' }, node('root-1', 0, 2, 1)],
  order: Uint32Array.of(0, 2, 1),
  distances: Float32Array.of(0.5, 0, 0.5),
  centroids: numbers(3 * D, 5),
});

export const model2 = (id: string, name: string) => ({
  id,
  name,
  model: {
    spec: { kind: 'pixels', width: 32, height: 32, dim: D },
    specKey: SPEC_2,
    d: D,
    preparation: preparation(),
    k: 2,
    centroids: numbers(2 * D, 3),
    names: new Map([[1, { name: 'one', note: 'alone' }]]),
    provenance: {
      tessera: '0.1.0',
      savedAt: SAVED_AT,
      project: 'from version 2',
      n: N,
      seed: 1,
      nInit: 4,
      maxIterations: 300,
      tolerance: 1e-4,
      engine: 'webgpu',
      adapter: 'a graphics device',
      inertia: 0.5,
      silhouette: 0.4,
    },
  },
});

const FITTED = [SPEC_2, N, 1, 4, 300, 1e-4, 'standard', 'all', 'webgpu'].join('|');
const APPLIED = ['model', SPEC_2, SAVED_AT, 'mine'].join('|');

/** Its records; the books of the project count so many bytes more. */
export function recordsOf2(more = 0): OldRecord[] {
  const id = PROJECT_2;
  const vectors = numbers(N * D, 1);
  const trees = 2 * (N * 4 + N * 4 + 3 * D * 4);
  const models = 2 * (2 * D * 8 + 2 * D * 4);
  const files = ['set/a.png', 'set/b.png', 'set/c.png', 'set/copy.png', 'notes.txt'];
  return [
    [
      'projects',
      id,
      {
        ...{ id, name: 'from version 2', createdAt: 3, updatedAt: 4 },
        spec: { kind: 'pixels', width: 32, height: 32, dim: D },
        ...{ backend: 'auto', seed: 1, k: 2, kMin: 2, kMax: 2 },
        ...{ scaling: 'standard', pca: null, nInit: 4, engine: 'auto', half: false, silhouetteSample: 2000 },
        modelId: MODEL_2,
      },
    ],
    [
      'tallies',
      id,
      {
        ...{ announced: 5, bytes: 9 + 3 + 2, rows: N, fresh: 0, duplicates: 1, skipped: 1 },
        storedBytes: 9 + 6 + vectors.byteLength + trees + models + more,
        covered: { [SPEC_2]: N },
      },
    ],
    [
      'files',
      [id, 0],
      { seq0: 0, files: files.map((path, i) => ({ path, size: i === 4 ? 2 : 3, modified: i })) },
    ],
    ['intake', [id, 0], { seqs: [0, 1, 2, 3, 4], hashes: ['aa', 'bb', 'cc', 'bb', 'dd'] }],
    ['skips', [id, 4], { seq: 4, code: 'not-image' }],
    // Small files as bytes, others as blobs.
    ['blobs', [id, 'aa'], Uint8Array.of(1, 2, 3)],
    ['blobs', [id, 'bb'], new Blob(['bbb'])],
    ['blobs', [id, 'cc'], Uint8Array.of(7, 8, 9)],
    [
      'rows',
      [id, 0],
      {
        ...{ row0: 0, n: N, seqs: [0, 1, 2], hashes: ['aa', 'bb', 'cc'] },
        widths: Uint32Array.of(4, 5, 6),
        heights: Uint32Array.of(7, 8, 9),
      },
    ],
    [
      'thumbs',
      [id, 0],
      { row0: 0, n: N, offsets: Uint32Array.of(0, 2, 4, 6), data: Uint8Array.of(1, 2, 3, 4, 5, 6) },
    ],
    ['vectors', [id, SPEC_2, 0], { row0: 0, n: N, d: D, data: vectors }],
    ['sweeps', [id, SPEC_2], sweep2()],
    ['notes', [id, FITTED, 2], new Map([[0, { name: 'two', note: 'a pair' }]])],
    ['notes', [id, APPLIED, 2], new Map([[1, { name: 'one', note: 'alone' }]])],
    ['hierarchies', [id, SPEC_2, 'kmeans'], tree2('kmeans')],
    ['hierarchies', [id, SPEC_2, 'parts'], tree2({ column: 'folder' })],
    ['models', [id, MODEL_2], model2(MODEL_2, 'mine')],
    ['models', [id, 'other'], model2('other', 'other')],
  ];
}

/** Makes the database `tessera` as version 2 left it; the place must be empty. */
export function makeVersion2(): Promise<void> {
  return makeOldDatabase(2, STORES_2, recordsOf2());
}
