import { expect, it } from 'vitest';
import { artifactBytes, artifactStream, type Artifact } from './artifact';
import { clustersTable } from './clusters';
import { parseCsv } from './csv';
import { duplicatesCsv, labelsCsv } from './labels';
import { scoresCsv } from './scores';
import { skippedCsv } from './skipped';
import { tableCsv } from './text-tables';
import { NO_CLUSTER, type Clustering, type Sweep } from '../domain/clustering';
import type { RowTable } from '../domain/project';

const rows: RowTable = {
  n: 3,
  paths: ['a/1.jpg', '=2.jpg', 'c, d.png'],
  hashes: ['aa', 'bb', 'cc'],
  widths: Uint32Array.of(1, 1, 1),
  heights: Uint32Array.of(1, 1, 1),
  duplicates: new Map([
    [2, ['copy of c.png']],
    [0, ['b/1.jpg', 'z/1.jpg']],
  ]),
};

const clustering: Clustering = {
  k: 2,
  labels: Uint16Array.of(1, 0, 1),
  centroids: new Float32Array(4),
  distances: Float32Array.of(0.1, 0, 12.25),
  sizes: Uint32Array.of(1, 2),
  iterations: 3,
  inertia: 150.0725,
  silhouette: 0.5,
  silhouetteError: 0,
  silhouetteSample: 3,
  calinskiHarabasz: 7,
  daviesBouldin: NaN,
};

const read = async (artifact: Artifact) => parseCsv(new TextDecoder().decode(await artifactBytes(artifact)));

it('labels: one record for each row, in row order', async () => {
  expect(await read(labelsCsv(rows, clustering))).toEqual([
    ['path', 'cluster', 'distance'],
    ['a/1.jpg', '1', '0.1'],
    ['=2.jpg', '0', '0'],
    ['c, d.png', '1', '12.25'],
  ]);
});

it('a row without a vector is in no cluster, and counts for none', async () => {
  const some = {
    ...clustering,
    labels: Uint16Array.of(1, 0, NO_CLUSTER),
    distances: Float32Array.of(0.5, 0, NaN),
    sizes: Uint32Array.of(1, 1),
  };
  const labels = await read(labelsCsv(rows, some));
  expect(labels.map(([, cluster]) => cluster)).toEqual(['cluster', '1', '0', '']);
  expect(labels.map(([, , distance]) => distance)).toEqual(['distance', '0.5', '0', '']);
  const clusters = await read(tableCsv(clustersTable(rows, some, new Map())));
  expect(clusters.slice(1).map((record) => [record[0], record.at(-1)])).toEqual([
    ['0', '0'],
    ['1', '0.5'],
  ]);
});

it('labels: duplicates under the cluster of their row, and the names of clusters', async () => {
  const notes = new Map([[1, { name: 'tracks', note: '' }]]);
  expect(await read(labelsCsv(rows, clustering, { duplicates: true, notes }))).toEqual([
    ['path', 'cluster', 'distance', 'name'],
    ['a/1.jpg', '1', '0.1', 'tracks'],
    ['b/1.jpg', '1', '0.1', 'tracks'],
    ['z/1.jpg', '1', '0.1', 'tracks'],
    ['=2.jpg', '0', '0', ''],
    ['c, d.png', '1', '12.25', 'tracks'],
    ['copy of c.png', '1', '12.25', 'tracks'],
  ]);
});

it('labels: leaves out rows that arrived after the clustering', async () => {
  const earlier = { ...clustering, labels: Uint16Array.of(1) };
  expect(await read(labelsCsv(rows, earlier))).toHaveLength(2);
});

it('duplicates: every other path beside the one that stands for it', async () => {
  expect(await read(duplicatesCsv(rows))).toEqual([
    ['path', 'same_as'],
    ['b/1.jpg', 'a/1.jpg'],
    ['z/1.jpg', 'a/1.jpg'],
    ['copy of c.png', 'c, d.png'],
  ]);
});

it('scores: by rising k, undefined ones empty', async () => {
  const sweep = { clusterings: [{ ...clustering, k: 6, daviesBouldin: 1.5 }, clustering] } as Sweep;
  expect(await read(scoresCsv(sweep, clustering))).toEqual([
    ['k', 'inertia', 'silhouette', 'calinski_harabasz', 'davies_bouldin'],
    ['2', '150.0725', '0.5', '7', ''],
    ['6', '150.0725', '0.5', '7', '1.5'],
  ]);
});

it('scores: those of the edited clusters in a last record that says so', async () => {
  const base = { ...clustering, k: 6, daviesBouldin: 1.5 };
  const sizes = Uint32Array.of(4, 0, 2, 0, 1, 0, 0, 3);
  const edited = { ...base, k: 8, sizes, base, silhouette: NaN, calinskiHarabasz: 9.25, daviesBouldin: 0.75 };
  expect(await read(scoresCsv({ clusterings: [base] } as Sweep, edited))).toEqual([
    ['k', 'inertia', 'silhouette', 'calinski_harabasz', 'davies_bouldin', 'edited'],
    ['6', '150.0725', '0.5', '7', '1.5', 'false'],
    ['4', '150.0725', '', '9.25', '0.75', 'true'],
  ]);
});

it('skipped: the reason as a sentence', async () => {
  expect(
    await read(
      skippedCsv([{ path: 'x/<img src=x onerror=alert(1)>.jpg', code: 'too-large', detail: '9 x 9' }]),
    ),
  ).toEqual([
    ['path', 'reason'],
    [
      'x/<img src=x onerror=alert(1)>.jpg',
      'The image declares more pixels than can be held in memory. (9 x 9)',
    ],
  ]);
});

it('a cancelled stream stops its producer', async () => {
  let stopped = false;
  async function* chunks() {
    try {
      for (;;) yield new Uint8Array(1);
    } finally {
      stopped = true;
    }
  }
  const reader = artifactStream({ name: 'x', type: 'x', chunks: chunks() }).getReader();
  await reader.read();
  await reader.cancel();
  expect(stopped).toBe(true);
});
