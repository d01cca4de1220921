import { describe, expect, it } from 'vitest';
import { zipSync } from 'fflate';
import { nameOfDrop, sortDrop } from './sort-drop';

const dropped = (path: string, bytes: Uint8Array<ArrayBuffer> | string = 'x') => ({
  path,
  file: new File([bytes], path.split('/').at(-1)!),
});
const zip = (names: string[]) =>
  new Uint8Array(zipSync(Object.fromEntries(names.map((name) => [name, new Uint8Array(5000)]))));
const MODEL = zip(['model.json', 'centroids.npy', 'pca_components.npy', 'pca_mean.npy', 'scaler_offset.npy']);
const BUNDLE = zip(['spec.json', 'index.csv', 'embeddings.npy']);

describe('sortDrop', () => {
  it('tells networks, embeddings, models and images apart', async () => {
    const sorted = await sortDrop([
      dropped('a.jpg'),
      dropped('net.ONNX'),
      dropped('set/net.onnx'),
      dropped('embeddings.zip', BUNDLE),
      dropped('model.zip', MODEL),
      dropped('set/model.zip', MODEL),
      dropped('photos.zip', zip(['a.jpg', 'b.jpg'])),
    ]);
    expect(sorted.images.map(({ path }) => path)).toEqual([
      'a.jpg',
      'set/net.onnx',
      'set/model.zip',
      'photos.zip',
    ]);
    expect(sorted.networks.map(({ name }) => name)).toEqual(['net.ONNX']);
    expect(sorted.bundles.map(({ name }) => name)).toEqual(['embeddings.zip']);
    expect(sorted.models.map(({ name }) => name)).toEqual(['model.zip']);
  });

  it('asks about tables dropped as such, and offers the few in a folder', async () => {
    const drop = ['a.csv', 'set/b.csv', 'set/c.npy', 'set/a.jpg'].map((path) => dropped(path, 'a,b\n1,x\n'));
    const { images, incoming } = await sortDrop(drop);
    expect(images.map(({ path }) => path)).toEqual(['set/a.jpg']);
    expect(incoming.map(({ within }) => within?.path ?? null)).toEqual(['set/c.npy', null, 'set/b.csv']);
    expect(incoming.map(({ kind, path }) => [kind, path])).toEqual([
      ['descriptors', 'set/c.npy'],
      ['sheet', 'a.csv'],
      ['sheet', 'set/b.csv'],
    ]);
    expect(incoming[0].beside.map(({ path }) => path)).toEqual(['a.csv', 'set/b.csv']);
    const many = Array.from({ length: 9 }, (_, i) => dropped(`set/${i}.csv`, 'a,b\n1,x\n'));
    expect(await sortDrop(many)).toMatchObject({ images: many, incoming: [] });
  });
});

it.each(['', ' \r\n', '\uFEFF', '[]', '[ ]\n', '{}', '\n{ }'])(
  'lists a file within a folder that holds %j as the others, and asks about the same at the top',
  async (content) => {
    const { images, incoming } = await sortDrop([dropped('set/a.json', content), dropped('b.json', content)]);
    expect(images.map(({ path }) => path)).toEqual(['set/a.json']);
    expect(incoming.map(({ path }) => path)).toEqual(['b.json']);
  },
);

it.each(['[0]', '{"a":1}', '""', '[{}]'])('offers one that holds %s', async (content) => {
  const { images, incoming } = await sortDrop([dropped('set/a.json', content)]);
  expect([images, incoming.length]).toEqual([[], 1]);
});

describe('nameOfDrop', () => {
  it.each([
    [['trip/a.jpg', 'trip/b/c.jpg'], 'trip'],
    [['trip/a.jpg', 'other/b.jpg'], null],
    [['a.jpg', 'b.jpg'], null],
    [['tripod.jpg', 'trip/a.jpg'], null],
    [['chicken 2025.zip'], 'chicken 2025'],
    [['hits.2019.tar.gz'], 'hits.2019'],
    [['a.zip', 'b.zip'], null],
    [[], null],
  ])('%j: %s', (paths, expected) => expect(nameOfDrop(paths.map((path) => dropped(path)))).toBe(expected));
});
