import { expect, it } from 'vitest';
import { firstPictures } from './first-pictures';

const dropped = (name: string, type: string, bytes = 1) => ({
  path: name,
  file: new File([new Uint8Array(bytes)], name, { type }),
});

it('takes the first pictures and leaves out what cannot be shown', () => {
  const files = [
    dropped('notes.txt', 'text/plain'),
    dropped('scan.tif', 'image/tiff'),
    dropped('empty.jpg', 'image/jpeg', 0),
    ...Array.from({ length: 100 }, (_, i) => dropped(`${i}.jpg`, 'image/jpeg')),
  ];
  const names = firstPictures(files).map(({ name }) => name);
  expect(names).toEqual(Array.from({ length: 60 }, (_, i) => `${i}.jpg`));
});

it('is empty for an empty drop', () => {
  expect(firstPictures([])).toEqual([]);
});
