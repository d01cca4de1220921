import { makeOldDatabase, type OldRecord } from './old-database';

/** Everything a database of version 1 had: stores, and a project with an image, a sweep and a name for a cluster. */
const STORES = [
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
];

export const OLD_PROJECT = 'b7c1a4f0-0000-4000-8000-000000000001';
export const OLD_SPEC = 'pixels:32x32';

const IDENTITY = [OLD_SPEC, 2, 1, 4, 300, 1e-4, 'none', 'all', 'cpu'].join('|');

function records(): OldRecord[] {
  const id = OLD_PROJECT;
  const vectors = new Float32Array(2 * 3072).map((_, i) => (i % 7) / 7);
  return [
    [
      'projects',
      id,
      {
        id,
        name: 'from version 1',
        createdAt: 1,
        updatedAt: 2,
        spec: { kind: 'pixels', width: 32, height: 32, dim: 3072 },
        backend: 'auto',
        seed: 1,
        k: null,
        kMin: 5,
        kMax: 30,
      },
    ],
    [
      'tallies',
      id,
      {
        announced: 4,
        bytes: 13,
        rows: 2,
        fresh: 0,
        duplicates: 1,
        skipped: 1,
        storedBytes: 6 + 4 + vectors.byteLength,
        covered: { [OLD_SPEC]: 2 },
      },
    ],
    [
      'files',
      [id, 0],
      {
        seq0: 0,
        files: ['a.png', 'b/c.png', 'b/copy.png', 'broken.jpg'].map((path, i) => ({
          path,
          size: [3, 3, 3, 4][i],
          modified: i,
        })),
      },
    ],
    ['intake', [id, 0], { seqs: [0, 1, 2, 3], hashes: ['aa', 'bb', 'bb', 'cc'] }],
    ['skips', [id, 3], { seq: 3, code: 'broken' }],
    ['blobs', [id, 'aa'], new Blob(['aaa'])],
    ['blobs', [id, 'bb'], new Blob(['bbb'])],
    [
      'rows',
      [id, 0],
      {
        row0: 0,
        n: 2,
        seqs: [0, 1],
        hashes: ['aa', 'bb'],
        widths: Uint32Array.of(4, 5),
        heights: Uint32Array.of(6, 7),
      },
    ],
    ['thumbs', [id, 0], { row0: 0, n: 2, offsets: Uint32Array.of(0, 2, 4), data: Uint8Array.of(1, 2, 3, 4) }],
    ['vectors', [id, OLD_SPEC, 0], { row0: 0, n: 2, d: 3072, data: vectors }],
    [
      'sweeps',
      [id, OLD_SPEC],
      {
        specKey: OLD_SPEC,
        n: 2,
        d: 3072,
        seed: 1,
        nInit: 4,
        maxIterations: 300,
        tolerance: 1e-4,
        scaling: 'none',
        pca: null,
        engine: 'cpu',
        adapter: 'CPU',
        seconds: 0.1,
        clusterings: [],
        choice: { k: 1, runnerUp: null, elbow: null, byCalinskiHarabasz: null, byDaviesBouldin: null },
      },
    ],
    ['notes', [id, IDENTITY, 1], new Map([[0, { name: 'greys', note: '' }]])],
  ];
}

/** Makes the database `tessera` as version 1 left it; the place must be empty. */
export function makeVersion1(): Promise<void> {
  return makeOldDatabase(1, STORES, records());
}
