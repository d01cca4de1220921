import { expect, it } from 'vitest';
import type { DroppedFile } from '../../domain/files';
import { splitDrop } from './split-drop';

const drop = (...paths: string[]): DroppedFile[] =>
  paths.map((path) => ({ path, file: new File(['x'], 'x') }));
const shape = (...paths: string[]) =>
  splitDrop(drop(...paths)).map(({ name, files }) => [name, files.map(({ path }) => path).join(' ')]);

it('is one set, whatever it holds, unless there are two folders or archives at its top', () => {
  expect(shape('a/1.png', 'a/b/2.png')).toEqual([[null, 'a/1.png a/b/2.png']]);
  expect(shape('1.png', '2.png')).toEqual([[null, '1.png 2.png']]);
  expect(shape('a/1.png', '2.png')).toEqual([[null, 'a/1.png 2.png']]);
  expect(shape('photos.zip')).toEqual([[null, 'photos.zip']]);
  expect(shape('')).toEqual([[null, '']]);
});

it('is a set for each folder and archive, in the order they came', () => {
  expect(shape('b/1.png', 'a.tar.gz', 'b/c/2.png', 'b.zip')).toEqual([
    ['b', 'b/1.png b/c/2.png'],
    ['a', 'a.tar.gz'],
    ['b', 'b.zip'],
  ]);
  expect(shape('b.zip/1.png', 'a/1.png')).toEqual([
    ['b.zip', 'b.zip/1.png'],
    ['a', 'a/1.png'],
  ]);
});

it('has a further set for what lay beside, but not for what the system left', () => {
  expect(shape('a/1.png', '2.png', 'b/3.png')).toEqual([
    ['a', 'a/1.png'],
    ['b', 'b/3.png'],
    [null, '2.png'],
  ]);
  expect(shape('a/1.png', '.DS_Store', 'b/3.png')).toEqual([
    ['a', 'a/1.png .DS_Store'],
    ['b', 'b/3.png'],
  ]);
});
