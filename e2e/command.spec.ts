import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { skipSentence, type SkipCode } from '../src/domain/files';
import { array, column, table, tessera } from './command';
import { expect, test } from './fixtures';
import { awkwardNames, badFiles, MOTIFS, motifFolders, png, writeTree } from './make-images';

test('the command sorts a folder and accounts for every file', ({ folder }) => {
  const bad = badFiles();
  const good = { ...motifFolders(5), ...awkwardNames() };
  const copy = { 'zz/copy of stripes.png': good['stripes/stripes-1.png'] };
  const images = join(folder, 'images');
  const out = join(folder, 'out');
  const broken = Object.fromEntries(Object.entries(bad).map(([path, { content }]) => [path, content]));
  writeTree(images, { ...good, ...copy, ...broken });

  const { status, words } = tessera(
    '--img',
    images,
    '--out',
    out,
    '--k',
    '5',
    '--seed',
    '3',
    '--backend',
    'wasm',
  );
  expect(words).toContain('33 embedded, 1 duplicates, 5 skipped');
  expect(status).toBe(0);
  expect(readdirSync(out).sort()).toEqual([
    'centroids.npy',
    'duplicates.csv',
    'embeddings.npy',
    'labels.csv',
    'methods.html',
    'methods.md',
    'run.json',
    'scores.csv',
    'skipped.csv',
  ]);

  const labels = table(out, 'labels.csv');
  expect(labels[0]).toEqual(['path', 'cluster', 'distance']);
  expect(column(labels).sort()).toEqual(Object.keys(good).sort());
  expect(table(out, 'duplicates.csv')).toEqual([
    ['path', 'same_as'],
    ['zz/copy of stripes.png', 'stripes/stripes-1.png'],
  ]);
  const reasons = Object.fromEntries(table(out, 'skipped.csv').slice(1));
  expect(Object.keys(reasons).sort()).toEqual(Object.keys(bad).sort());
  for (const [path, { code }] of Object.entries(bad))
    expect(reasons[path], path).toContain(skipSentence({ code: code as SkipCode }));

  const embeddings = array(out, 'embeddings.npy');
  const centroids = array(out, 'centroids.npy');
  expect(embeddings.shape).toEqual([33, 256]);
  expect(centroids.shape).toEqual([5, 256]);
  labels.slice(1).forEach(([path, cluster, distance], row) => {
    let squared = 0;
    for (let i = 0; i < 256; i++)
      squared += (embeddings.data[row * 256 + i] - centroids.data[Number(cluster) * 256 + i]) ** 2;
    expect(Math.sqrt(squared), path).toBeCloseTo(Number(distance), 4);
  });

  const scores = table(out, 'scores.csv');
  expect(scores[0]).toEqual(['k', 'inertia', 'silhouette', 'calinski_harabasz', 'davies_bouldin']);
  expect(column(scores)).toEqual(['5']);
  expect(scores[1].every((cell) => Number.isFinite(Number(cell)) && cell !== '')).toBe(true);

  const run = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'));
  expect(run).toMatchObject({
    seed: 3,
    k: 5,
    backend: { backend: 'wasm', reason: 'asked' },
    counts: { announced: 39, embedded: 33, duplicates: 1, skipped: 5, waiting: 0, missing: 0 },
    versions: {
      tessera: expect.any(String),
      onnxruntime: expect.any(String),
      browser: expect.stringContaining('/'),
    },
    model: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(run.imagesPerSecond).toBeGreaterThan(0);
  expect(run.seconds.total).toBeGreaterThan(run.seconds.embedding);
  expect(JSON.stringify(run)).not.toContain('undefined');
});

test('trees, folders, scaling and models', ({ folder }) => {
  const images = join(folder, 'images');
  const files = motifFolders(8);
  writeTree(images, files);
  const common = ['--img', images, '--seed', '2', '--backend', 'wasm', '--silhouette', 'exact'];
  const made = join(folder, 'made');
  const file = join(folder, 'motifs.zip');
  const { status, words } = tessera(
    ...common,
    ...['--out', made, '--scaling', 'standard', '--pca', '0.9', '--k', '4', '--model-out', file],
    ...['--hierarchy', '3:2:4', '--per-folder'],
  );
  expect(status, words).toBe(0);
  expect(readdirSync(made)).toEqual(expect.arrayContaining(['hierarchy.csv', 'per-folder.csv']));
  expect(readdirSync(made)).not.toContain('model.zip');

  const count = Object.keys(files).length;
  const labels = table(made, 'labels.csv');
  const tree = table(made, 'hierarchy.csv');
  expect(tree[0]).toEqual(['path', 'node', 'distance', 'name', 'level_1', 'level_2']);
  expect(column(tree)).toEqual(column(labels));
  expect(new Set(column(tree, 4))).toEqual(new Set(['root-0', 'root-1', 'root-2']));
  const parts = table(made, 'per-folder.csv');
  expect(parts[0]).toEqual(['path', 'folder', 'cluster', 'distance']);
  for (const [path, part] of parts.slice(1)) expect(path.startsWith(`${part}/`)).toBe(true);
  const run = JSON.parse(readFileSync(join(made, 'run.json'), 'utf8'));
  expect(run).toMatchObject({ k: 4, scaling: 'standard', pca: 0.9, appliedModel: null });
  expect(run.hierarchy).toMatchObject({ branching: 3, depth: 2, minimumSize: 4 });
  expect(array(made, 'centroids.npy').shape).toEqual([4, run.dimensions]);

  const applied = join(folder, 'applied');
  const again = tessera(...common, '--out', applied, '--apply', file);
  expect(again.status, again.words).toBe(0);
  expect(column(table(applied, 'labels.csv'), 1)).toEqual(column(labels, 1));
  expect(column(labels)).toHaveLength(count);

  const other = tessera('--img', images, '--out', join(folder, 'x'), '--model', 'pixels', '--apply', file);
  expect(other).toMatchObject({ status: 1, words: expect.stringContaining('fitted on another descriptor') });
});

test('an archive and the same folder give the same numbers, and so does a second run', ({ folder }) => {
  // An archive's rows are in the order of its directory, a folder's in path order.
  const files = Object.fromEntries(Object.entries(motifFolders(3)).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeTree(join(folder, 'images'), files);
  writeTree(folder, { 'images.cbz': Buffer.from(zipSync(files)) });
  const words = ['--seed', '5', '--backend', 'wasm'];
  const runs = [
    ['--img', join(folder, 'images')],
    ['--zip', join(folder, 'images.cbz')],
    ['--zip', join(folder, 'images.cbz')],
  ];
  const outs = runs.map((source, i) => {
    const out = join(folder, `out${i}`);
    expect(tessera(...source, '--out', out, ...words).status).toBe(0);
    return ['labels.csv', 'embeddings.npy', 'centroids.npy', 'scores.csv'].map((name) =>
      readFileSync(join(out, name), 'base64'),
    );
  });
  expect(outs[1]).toEqual(outs[0]);
  expect(outs[2]).toEqual(outs[0]);
});

test('fewer images than clusters: as many as can be, said', ({ folder }) => {
  const images = join(folder, 'images');
  writeTree(images, Object.fromEntries(Object.entries(motifFolders(1)).slice(0, 3)));
  const { status, words } = tessera(
    '--img',
    images,
    '--out',
    join(folder, 'out'),
    '--k',
    '9',
    '--limit',
    '3',
  );
  expect(words).toMatch(/9 clusters cannot be made of 3 images; there are 2/);
  expect(status).toBe(0);
});

test('pixels as a descriptor', ({ folder }) => {
  const images = join(folder, 'images');
  writeTree(images, { 'red.png': png(4, 4, () => [255, 0, 0]), 'dark.png': png(4, 4, () => [0, 0, 0]) });
  const out = join(folder, 'out');
  expect(tessera('--img', images, '--out', out, '--model', 'pixels').status).toBe(0);
  const { shape, data } = array(out, 'embeddings.npy');
  expect(shape).toEqual([2, 3072]);
  expect([...data.subarray(0, 3)]).toEqual([0, 0, 0]);
  expect([...data.subarray(3072, 3075)]).toEqual([1, 0, 0]);
});

test('nothing to embed: status 1, a sentence, and the reasons', ({ folder }) => {
  const images = join(folder, 'images');
  writeTree(images, { 'a.txt': 'a', 'b.jpg': '' });
  const { status, words } = tessera('--img', images, '--out', join(folder, 'out'));
  expect(status).toBe(1);
  expect(words).toContain('No file could be embedded');
  expect(column(table(folder, 'out', 'skipped.csv'))).toEqual(['a.txt', 'b.jpg']);
});

test('bad usage: status 2 and a sentence; no files: status 1', ({ folder }) => {
  const images = join(folder, 'images');
  writeTree(images, { 'a.png': png(2, 2, MOTIFS['disc'](0)) });
  expect(tessera('--img', images)).toMatchObject({ status: 2, words: expect.stringContaining('--out DIR') });
  expect(tessera('--img', join(folder, 'none'), '--out', 'x')).toMatchObject({ status: 2 });
  expect(tessera('--img', images, '--out', join(images, 'out'))).toMatchObject({ status: 2 });
  expect(tessera('--img', images, '--out', 'x', '--model', 'none.onnx')).toMatchObject({
    status: 2,
    words: expect.stringContaining('tessera-resnet18-half-v0'),
  });
  expect(tessera('--help')).toMatchObject({ status: 0, words: expect.stringContaining('--preprocess') });
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  expect(tessera('--img', empty, '--out', 'x')).toMatchObject({
    status: 1,
    words: expect.stringContaining('There are no files'),
  });
});

test('a table is joined before clustering, and told of when it cannot be', ({ folder }) => {
  const images = join(folder, 'images');
  const files = motifFolders(2);
  writeTree(images, files);
  const rows = Object.keys(files).map((path, i) => `${path.split('/')[1]};${i},5;${i % 2 ? 'ja' : '=1+1'}`);
  const sheet = ['Datei;Größe;gut', ...rows.slice(1), 'nowhere.png;1;ja'].join('\r\n');
  writeTree(folder, { 'sheet.csv': Buffer.from(`\uFEFF${sheet}`, 'utf16le') });
  const common = ['--img', images, '--model', 'pixels', '--metadata', join(folder, 'sheet.csv')];
  const out = join(folder, 'out');
  const { status, words } = tessera(...common, '--out', out);
  expect(status, words).toBe(0);
  expect(words).toContain('9 of 10 images have a row in the table, by "Datei"');
  const columns = table(out, 'columns.csv');
  expect(columns[0]).toEqual(['path', 'Datei', 'Größe', 'gut']);
  expect(column(columns)).toEqual(column(table(out, 'labels.csv')));
  const wanted = Object.keys(files).map((path, i) =>
    i === 0 ? [path, '', '', ''] : [path, path.split('/')[1], `${i}.5`, i % 2 ? 'ja' : '=1+1'],
  );
  expect(new Set(columns.slice(1).map(String))).toEqual(new Set(wanted.map(String)));
  const { metadata } = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'));
  expect(metadata).toMatchObject({
    column: 'Datei',
    by: 'suffix',
    rows: 10,
    images: 10,
    matched: 9,
    imagesWithoutRow: 1,
    rowsWithoutImage: 1,
  });

  const wrong = tessera(...common, '--fieldname', 'file', '--out', join(folder, 'x'));
  expect(wrong).toMatchObject({ status: 1, words: expect.stringContaining('it has Datei, Größe, gut') });
});
