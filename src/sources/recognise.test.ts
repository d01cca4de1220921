import { zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { recognise } from './recognise';

const zip = (names: string[]) =>
  new Uint8Array(zipSync(Object.fromEntries(names.map((name) => [name, new Uint8Array(5000)]))));
const wide = Array.from({ length: 20 }, (_, i) => i);
/** The first bytes of a GIF and more, in base64. */
const PICTURE = `R0lGODlhAQABAIAAAAAAAP${'A'.repeat(60)}`;

it.each([
  ['net.onnx', 'x', 'network'],
  ['a.tessera', 'x', 'project'],
  ['a.jpg', 'x', null],
  ['notes.txt', 'a,b', null],
  ['photos.zip', zip(['a.jpg', 'b.jpg']), null],
  ['model.zip', zip(['model.json', 'centroids.npy', 'scaler_offset.npy']), 'model'],
  ['bundle.zip', zip(['spec.json', 'index.csv', 'embeddings.npy']), 'bundle'],
  ['broken.zip', 'no', null],
  ['x.npy', '', 'descriptors'],
  ['meta.csv', 'name;age\na.jpg;3\n', 'sheet'],
  ['empty.csv', '', 'sheet'],
  ['wide.csv', `${wide.map((i) => `c${i}`).join()}\n${wide.join()}\n`, 'descriptors'],
  ['list.csv', 'url,what\nhttps://a.example/1.jpg,x\nhttp://a.example/2.jpg,y\n', 'urls'],
  ['links.csv', 'name,homepage\na.jpg,https://a.example\nb.jpg,\nc.jpg,\n', 'sheet'],
  ['rays.json', JSON.stringify({ detections: [{ id: 1, frame_content: PICTURE }] }), 'records'],
  ['rays.ndjson', `{"_source":{"id":1,"picture":"${PICTURE}"}}\n`, 'records'],
  ['meta.json', '[{"name":"a.jpg","age":3}]', 'sheet'],
  ['urls.json', '[{"image":"https://a.example/x.png?w=1"}]', 'urls'],
  ['broken.json', '{', 'sheet'],
  ['broken.parquet', 'PAR1', 'sheet'],
] as const)('%s is %3$s', async (path, content, kind) => {
  expect(await recognise({ path, file: new File([content], path) })).toBe(kind);
});
