import { describe, expect, it } from 'vitest';
import { readDrop } from './drop';
import { fromFileList } from './input';
import { isSystemFile } from './system-files';

type Tree = { [name: string]: Tree | string };

/** A drop as Chromium gives it: folders in parts of 100 entries, in no order; `!` is a file or folder that refuses. */
function drop(tree: Tree): DataTransfer {
  const items = Object.entries(tree).map(([name, node]) => ({
    kind: 'file',
    webkitGetAsEntry: () => entryOf(name, node),
  }));
  return { items: [{ kind: 'string' }, ...items] } as unknown as DataTransfer;
}

function entryOf(name: string, node: Tree | string): FileSystemEntry {
  if (typeof node === 'string')
    return {
      name,
      isFile: true,
      file: (resolve: (file: File) => void, reject: (error: Error) => void) =>
        node === '!' ? reject(new Error('moved')) : resolve(new File([node], name)),
    } as unknown as FileSystemEntry;
  const createReader = () => {
    const left = Object.entries(node).reverse();
    return {
      readEntries: (resolve: (some: FileSystemEntry[]) => void, reject: (error: Error) => void) => {
        if (left.some(([child]) => child === '!')) reject(new Error('no permission'));
        else resolve(left.splice(0, 100).map(([child, inner]) => entryOf(child, inner)));
      },
    };
  };
  return { name, isFile: false, createReader } as unknown as FileSystemEntry;
}

const paths = (files: { path: string }[]): string[] => files.map(({ path }) => path);

describe('readDrop', () => {
  it('walks folders to the bottom and past 100 entries, in natural order', async () => {
    const many: Tree = {};
    for (let i = 0; i < 257; i++) many[`img${i}.png`] = 'x';
    const counts: number[] = [];
    const found = await readDrop(drop({ top: { deep: { er: { 'a.png': 'a' } }, many } }), (n) =>
      counts.push(n),
    );
    expect(paths(found)).toEqual([
      'top/deep/er/a.png',
      ...Array.from({ length: 257 }, (_, i) => `top/many/img${i}.png`),
    ]);
    expect(counts).toEqual(Array.from({ length: 258 }, (_, i) => i + 1));
  });

  it('takes several files and folders at once', async () => {
    expect(paths(await readDrop(drop({ 'b.png': 'x', a: { 'c.png': 'y' } })))).toEqual(['a/c.png', 'b.png']);
  });

  it('gives nothing for an empty folder', async () => {
    expect(await readDrop(drop({ empty: {} }))).toEqual([]);
  });

  it('lists what cannot be opened, with the reason', async () => {
    const found = await readDrop(drop({ top: { 'gone.png': '!', locked: { '!': '!' }, 'ok.png': 'x' } }));
    expect(found.map(({ path, unreadable }) => [path, unreadable])).toEqual([
      ['top/gone.png', 'moved'],
      ['top/locked/', 'no permission'],
      ['top/ok.png', undefined],
    ]);
  });

  it('takes a file where there are no entries', async () => {
    const file = new File(['x'], 'a.png');
    const items = [{ kind: 'file', getAsFile: () => file }];
    expect(await readDrop({ items } as unknown as DataTransfer)).toEqual([{ path: 'a.png', file }]);
  });
});

describe('fromFileList', () => {
  const picked = (path: string): File =>
    Object.defineProperty(new File(['x'], path.split('/').pop()!), 'webkitRelativePath', { value: path });

  it('keeps the folder that was picked, or strips it', () => {
    const files = [picked('top/b/10.png'), picked('top/b/9.png'), picked('top/a.png')];
    expect(paths(fromFileList(files))).toEqual(['top/a.png', 'top/b/9.png', 'top/b/10.png']);
    expect(paths(fromFileList(files, { stripTop: true }))).toEqual(['a.png', 'b/9.png', 'b/10.png']);
  });

  it('names plain files by their name, stripped or not', () => {
    expect(paths(fromFileList([picked('')]))).toEqual(['']);
    const plain = new File(['x'], 'p.png');
    expect(paths(fromFileList([plain]))).toEqual(['p.png']);
    expect(paths(fromFileList([plain], { stripTop: true }))).toEqual(['p.png']);
  });
});

describe('isSystemFile', () => {
  it.each(['.DS_Store', 'a/Thumbs.db', 'a/b/desktop.ini', '__MACOSX/a/x.png', 'a/._x.png', 'Icon\r'])(
    '%j is',
    (path) => expect(isSystemFile(path)).toBe(true),
  );
  it.each(['a.png', 'thumbs.db.png', 'macosx/a.png', 'a._b.png', '.hidden.png', ''])('%j is not', (path) =>
    expect(isSystemFile(path)).toBe(false),
  );
});
