import { expect, it } from 'vitest';
import type { DroppedFile } from '../../domain/files';
import { onePicture } from './one-picture';

const dropped = (path: string, type = ''): DroppedFile => ({ path, file: new File([], path, { type }) });

it.each(['a.png', 'b.JPG', 'c.heic', 'd.tif'])('%s is a picture', (path) =>
  expect(onePicture([dropped(path)])?.path).toBe(path),
);

it('goes by what the browser says of a pasted one', () =>
  expect(onePicture([dropped('image', 'image/png')])).not.toBeNull());

it('is about one picture by itself only', () => {
  expect(onePicture([])).toBeNull();
  expect(onePicture([dropped('a.png'), dropped('b.png')])).toBeNull();
  expect(onePicture([dropped('folder/a.png')])).toBeNull();
  expect(onePicture([dropped('a.zip')])).toBeNull();
  expect(onePicture([dropped('table.csv', 'text/csv')])).toBeNull();
  expect(onePicture([{ ...dropped('a.png'), unreadable: 'denied' }])).toBeNull();
});
