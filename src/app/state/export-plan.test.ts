import { expect, it } from 'vitest';
import type { Clustering } from '../../domain/clustering';
import { imageRecords } from '../../exports/image-records';
import { clustersTable } from '../../exports/clusters';
import { cellJson } from '../../exports/text-tables';
import { columnChoices } from './export-columns';
import { FIRST_PLAN, nearestRows, rowsOf, withSubject } from './export-plan';

const rows = {
  n: 4,
  paths: ['train/a/1.jpg', 'train/b/2.jpg', 'test/a/3.jpg', 'new.jpg'],
  hashes: ['h0', 'h1', 'h2', 'h3'],
  widths: Uint32Array.of(1, 2, 3, 4),
  heights: Uint32Array.of(5, 6, 7, 8),
  duplicates: new Map([[1, ['twin.jpg', 'other/twin.jpg']]]),
};
/** The last row came after the clustering. */
const clustering = {
  k: 3,
  labels: Uint16Array.of(0, 1, 0),
  distances: Float32Array.of(2, 0.5, 1),
  sizes: Uint32Array.of(2, 1, 0),
} as Clustering;

const cells = (keys: string[]): unknown[][] => {
  const records = imageRecords(rows, Uint32Array.of(1, 2, 3), true);
  const metadata = [
    { name: 'cluster', type: 'number' as const, values: Float64Array.of(7, NaN) },
    { name: 'kind', type: 'text' as const, codes: Uint32Array.of(0, 1, 1), words: ['', 'hen'] },
  ];
  const notes = new Map([[1, { name: 'birds', note: '' }]]);
  const columns = columnChoices({ rows, clustering, notes, metadata })
    .filter(({ key }) => keys.includes(key))
    .map((choice) => choice.of(records));
  expect(columns.map(({ name }) => name)).toEqual(keys);
  return Array.from({ length: records.n }, (_, i) =>
    columns.map((column) => JSON.parse(cellJson(column, i)) as unknown),
  );
};

it('has a record for each image and each file with its bytes, with what is known of it', () => {
  expect(cells(['path', 'duplicate_of', 'row', 'cluster', 'cluster_name', 'distance'])).toEqual([
    ['train/b/2.jpg', null, 1, 1, 'birds', 0.5],
    ['twin.jpg', 'train/b/2.jpg', 1, 1, 'birds', 0.5],
    ['other/twin.jpg', 'train/b/2.jpg', 1, 1, 'birds', 0.5],
    ['test/a/3.jpg', null, 2, 0, null, 1],
    ['new.jpg', null, 3, null, null, null],
  ]);
});

it('takes path columns of the own path, metadata of the row, and keeps equal names apart', () => {
  expect(cells(['folder', 'split', 'cluster (2)', 'kind'])).toEqual([
    ['train/b', 'train', null, 'hen'],
    [null, null, null, 'hen'],
    ['other', null, null, 'hen'],
    ['test/a', 'test', null, 'hen'],
    [null, null, null, null],
  ]);
});

it('takes all rows, those selected, or those of a cluster', () => {
  const from = { n: 4, selected: Uint32Array.of(1, 3), labels: clustering.labels };
  const of = (plan: Parameters<typeof rowsOf>[0]): number[] => [...rowsOf(plan, from)];
  expect(of({ rows: 'all', cluster: 0 })).toEqual([0, 1, 2, 3]);
  expect(of({ rows: 'selection', cluster: 0 })).toEqual([1, 3]);
  expect(of({ rows: 'cluster', cluster: 0 })).toEqual([0, 2]);
});

it('takes the images nearest the centre of each cluster, and none without one', () => {
  const all = Uint32Array.of(0, 1, 2, 3);
  expect([...nearestRows(all, clustering, 1)]).toEqual([1, 2]);
  expect([...nearestRows(all, clustering, 9)]).toEqual([0, 1, 2]);
});

it('keeps the format where the other subject has it', () => {
  const parquet = withSubject({ ...FIRST_PLAN, format: 'parquet' }, 'vectors');
  expect(parquet.format).toBe('parquet');
  expect(withSubject(parquet, 'pictures').format).toBe('zip');
});

it('tells of each cluster its most typical image and how far it spreads', () => {
  const { n, columns } = clustersTable(rows, clustering, new Map([[0, { name: 'hens', note: '=all' }]]));
  const records = Array.from({ length: n }, (_, i) =>
    columns.map((column) => JSON.parse(cellJson(column, i)) as unknown),
  );
  expect(columns.map(({ name }) => name)).toEqual([
    'cluster',
    'name',
    'note',
    'size',
    'medoid',
    'inertia_share',
    'mean_distance',
  ]);
  expect(records).toEqual([
    [0, 'hens', '=all', 2, 'test/a/3.jpg', 5 / 5.25, 1.5],
    [1, null, null, 1, 'train/b/2.jpg', 0.25 / 5.25, 0.5],
    [2, null, null, 0, null, 0, null],
  ]);
});
