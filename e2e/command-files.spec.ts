import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { parseCsv } from '../src/exports/csv';
import { readTable } from '../src/sources/table/read-table';
import { lacks, shared } from '../test/shared';
import { array, column, runRecord, table, tessera } from './command';
import { expect, test } from './fixtures';
import { motifFolders, writeTree } from './make-images';

const VEHICLES = shared('data/vehicles');
const CLOTHING = shared('data/clothing');
const RAYS = shared('data/credo-rays.json');
const DUMP = shared('data/credo-rays.es.ndjson');

test('vectors of another tool: sorted without images, then matched with those that there are', ({
  folder,
}) => {
  test.skip(!VEHICLES, lacks('data/vehicles'));
  const file = (name: string): string => join(VEHICLES!, name);
  const alone = join(folder, 'alone');
  const list = ['--paths', file('images_paths.csv')];
  const words = ['--descriptors', file('resnet18.pickle'), ...list, '--k', '6', '--per-folder'];
  const first = tessera(...words, '--out', alone);
  expect(first.status, first.words).toBe(0);
  expect(first.words).toContain('500 of 500 vectors of 512 numbers are in use');
  const paths = column(parseTable(file('images_paths.csv')));
  const labels = table(alone, 'labels.csv');
  expect(column(labels)).toEqual(paths);
  expect(new Set(column(labels, 1)).size).toBe(6);
  const { shape, data } = array(alone, 'embeddings.npy');
  expect(shape).toEqual([500, 512]);
  expect(data.every(Number.isFinite)).toBe(true);
  expect(runRecord(alone)).toMatchObject({
    source: { kind: 'descriptors' },
    descriptor: { kind: 'vectors', title: 'resnet18.pickle' },
    descriptors: { type: 'f4', vectors: 500, used: 500, added: 500, withoutImage: 0, repeated: 0 },
    k: 6,
  });
  expect(new Set(column(table(alone, 'per-folder.csv'), 1)).size).toBe(6);
  expect(readFileSync(join(alone, 'methods.md'), 'utf8')).toContain('resnet18.pickle');

  const beside = join(folder, 'beside');
  const second = tessera(
    ...['--img', file('images'), '--descriptors', file('mobilenetv2.npy'), ...list],
    ...['--out', beside, '--k', '6', '--images-out', 'cluster'],
  );
  expect(second.status, second.words).toBe(0);
  expect(second.words).toContain('100 of 500 vectors of 1280 numbers are in use, 400 have no image');
  const matched = table(beside, 'labels.csv');
  expect(matched).toHaveLength(101);
  expect(column(matched).every((path) => paths.includes(`images/${path}`))).toBe(true);
  expect(array(beside, 'embeddings.npy').shape).toEqual([100, 1280]);
  const archive = unzipSync(readFileSync(join(beside, 'images.zip')));
  expect(Object.keys(archive)).toHaveLength(101);
  const manifest = parseCsv(new TextDecoder().decode(archive['manifest.csv']));
  expect(manifest.slice(1).every((row) => row.includes('written') || row.includes('renamed'))).toBe(true);

  const lost = tessera('--descriptors', file('mobilenetv2.npy'), '--out', join(folder, 'x'));
  expect(lost).toMatchObject({ status: 1, words: expect.stringContaining('--paths FILE') });
});

const parseTable = (path: string): string[][] => parseCsv(readFileSync(path, 'utf8'));

test('images with a table, written in every format, and reopened from the project file', async ({
  folder,
}) => {
  test.skip(!CLOTHING, lacks('data/clothing'));
  const out = join(folder, 'out');
  const file = join(folder, 'clothes.tessera');
  const { status, words } = tessera(
    ...['--img', join(CLOTHING!, 'images'), '--metadata', join(CLOTHING!, 'images.csv'), '--out', out],
    ...['--k', '8', '--format', 'csv,tsv,json,ndjson,parquet', '--images-out', 'structure'],
    ...['--project-out', file, '--backend', 'wasm', '--png', '3'],
  );
  expect(status, words).toBe(0);
  expect(words).toContain('160 of 165 images have a row in the table, by "image"');
  const labels = table(out, 'labels.csv');
  expect(labels).toHaveLength(166);
  const rows = JSON.parse(readFileSync(join(out, 'labels.json'), 'utf8')) as Record<string, unknown>[];
  expect(rows.map(({ path }) => path)).toEqual(column(labels));
  const lines = readFileSync(join(out, 'labels.ndjson'), 'utf8').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(rows);
  const parquet = await readTable(new File([readFileSync(join(out, 'labels.parquet'))], 'labels.parquet'));
  expect(parquet.columns.map(({ name }) => name)).toEqual(labels[0]);
  expect(readFileSync(join(out, 'labels.tsv'), 'utf8').split(/\r?\n/)[0]).toBe('path\tcluster\tdistance');
  const names = Object.keys(unzipSync(readFileSync(join(out, 'images.zip'))));
  expect(names.filter((name) => name !== 'manifest.csv').sort()).toEqual(column(labels).sort());
  expect(readdirSync(join(out, 'images'))).toHaveLength(3);
  expect(readFileSync(join(out, 'methods.md'), 'utf8')).toContain('| images.csv | 170 | image |');

  const again = join(folder, 'again');
  const second = tessera('--project', file, '--out', again, '--format', 'parquet');
  expect(second.status, second.words).toBe(0);
  expect(readdirSync(again)).toContain('labels.parquet');
  for (const name of ['labels.csv', 'embeddings.npy', 'centroids.npy', 'scores.csv', 'columns.csv'])
    expect(readFileSync(join(again, name)).equals(readFileSync(join(out, name))), name).toBe(true);
  expect(readFileSync(join(again, 'methods.md'), 'utf8')).toContain('| images.csv | 170 | image |');
});

test('the names of clusters are in the labels, on the methods page and in the project file', ({ folder }) => {
  const images = join(folder, 'images');
  writeTree(images, motifFolders(4));
  const model = join(folder, 'model.zip');
  const common = ['--img', images, '--model', 'pixels'];
  const made = tessera(...common, '--k', '4', '--out', join(folder, 'made'), '--model-out', model);
  expect(made.status, made.words).toBe(0);
  // As somebody would have named them in the page.
  const { 'model.json': json, ...arrays } = unzipSync(readFileSync(model));
  const about = JSON.parse(new TextDecoder().decode(json)) as object;
  const names = [{ cluster: 0, name: 'birds', note: '' }];
  const named = new TextEncoder().encode(JSON.stringify({ ...about, names }));
  writeTree(folder, { 'named.zip': Buffer.from(zipSync({ 'model.json': named, ...arrays })) });

  const out = join(folder, 'out');
  const project = join(folder, 'named.tessera');
  const applied = tessera(
    ...[...common, '--apply', join(folder, 'named.zip'), '--out', out, '--project-out', project],
  );
  expect(applied.status, applied.words).toBe(0);
  const labels = table(out, 'labels.csv');
  expect(labels[0]).toEqual(['path', 'cluster', 'distance', 'name']);
  expect(column(labels, 3)).toContain('birds');
  expect(readFileSync(join(out, 'methods.md'), 'utf8')).toMatch(/\| 0 \| birds \|/);

  const again = join(folder, 'again');
  const reopened = tessera('--project', project, '--out', again);
  expect(reopened.status, reopened.words).toBe(0);
  expect(table(again, 'labels.csv')).toEqual(labels);
  expect(readFileSync(join(again, 'methods.md'), 'utf8')).toMatch(/\| 0 \| birds \|/);
  const refused = tessera('--project', project, '--out', again, '--k', '3');
  expect(refused).toMatchObject({ status: 2, words: expect.stringContaining('leave --k out') });
});

test('records with images: their columns, the first images as PNG', ({ folder }) => {
  test.skip(!RAYS, lacks('data/credo-rays.json'));
  const out = join(folder, 'out');
  const { status, words } = tessera('--json', RAYS!, '--out', out, '--k', '4', '--png', '5');
  expect(status, words).toBe(0);
  expect(words).toContain('400 records with images in "frame_content"');
  const labels = table(out, 'labels.csv');
  const columns = table(out, 'columns.csv');
  expect(column(columns)).toEqual(column(labels));
  expect(columns[0]).toEqual(expect.arrayContaining(['device_id', 'timestamp']));
  expect(columns[0]).not.toContain('frame_content');
  expect(readdirSync(join(out, 'images', 'credo-rays'))).toHaveLength(5);
  const { counts } = runRecord(out);
  expect(counts.embedded + counts.duplicates + counts.skipped).toBe(400);
});

test('a dump of an Elasticsearch index: the field is named, documents are called by their ids', ({
  folder,
}) => {
  test.skip(!DUMP, lacks('data/credo-rays.es.ndjson'));
  const documents = readFileSync(DUMP!, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { _id: string; _source: Record<string, string> });
  const out = join(folder, 'out');
  const words = ['--json', DUMP!, '--k', '3', '--backend', 'wasm'];
  const done = tessera(...words, '--field', 'frame_content', '--png', '60', '--out', out);
  expect(done.status, done.words).toBe(0);
  expect(done.words).toContain('60 records with images in "frame_content"');
  const labels = table(out, 'labels.csv');
  expect(column(labels)).toEqual(documents.map(({ _id }) => `credo-rays.es/${_id}.png`));
  expect(new Set(column(labels, 1)).size).toBe(3);
  expect(runRecord(out).counts).toMatchObject({ embedded: 60, duplicates: 0, skipped: 0 });
  const [header, ...rows] = table(out, 'columns.csv');
  const cell = (row: string[], name: string): string => row[header.indexOf(name)];
  expect(rows.map((row) => cell(row, 'device_id'))).toEqual(
    documents.map(({ _source }) => String(_source['device_id'])),
  );
  expect(rows.map((row) => Date.parse(cell(row, 'timestamp')))).toEqual(
    documents.map(({ _source }) => Number(_source['timestamp'])),
  );
  // The pictures come out byte for byte as they lay in the documents.
  for (const { _id, _source } of documents) {
    const written = readFileSync(join(out, 'images', 'credo-rays.es', `${_id}.png`));
    expect(written.equals(Buffer.from(_source['frame_content'], 'base64'))).toBe(true);
  }

  const wrong = tessera(...words, '--field', 'device_id', '--out', join(folder, 'wrong'));
  expect(wrong.status).toBe(2);
  expect(wrong.words).toContain('device_id');
});
