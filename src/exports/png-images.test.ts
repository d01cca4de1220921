import { describe, expect, it, vi } from 'vitest';
import { pngImages } from './png-images';

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const encode = async (original: Blob): Promise<Blob> => new Blob(['png of ', await original.text()]);
const picture = (path: string, content: BlobPart | null) => ({
  path,
  cluster: 3,
  read: vi.fn(async () => (content === null ? null : new Blob([content]))),
});

describe('pngImages', () => {
  it('encodes what is no PNG, leaves the others as they are, and keeps everything else', async () => {
    const pictures = [picture('a/b.jpg', 'jpeg'), picture('c.png', PNG), picture('gone.gif', null)];
    const [a, c, gone] = pngImages(pictures, encode);
    expect([a, c, gone].map(({ path, target, cluster }) => [path, target, cluster])).toEqual([
      ['a/b.jpg', 'a/b.png', 3],
      ['c.png', 'c.png', 3],
      ['gone.gif', 'gone.png', 3],
    ]);
    expect(pictures[0].read).not.toHaveBeenCalled();
    expect(await (await a.read())!.text()).toBe('png of jpeg');
    expect(new Uint8Array(await (await c.read())!.arrayBuffer())).toEqual(PNG);
    expect(await gone.read()).toBeNull();
  });

  it.each([
    ['a/b', 'a/b.png'],
    ['a.b/c', 'a.b/c.png'],
    ['a/.hidden', 'a/.hidden.png'],
    ['a/x.tar.tif', 'a/x.tar.png'],
    ['', '.png'],
    ['ends.', 'ends.png'],
  ])('names %j %j', (path, named) => {
    expect([...pngImages([picture(path, 'x')], encode)][0].target).toBe(named);
  });

  it.each([0, 1, 2, 3, 9])('gives the first %i of three', (limit) => {
    const pictures = ['a', 'b', 'c'].map((path) => picture(path, 'x'));
    expect([...pngImages(pictures, encode, limit)].map(({ target }) => target)).toEqual(
      ['a.png', 'b.png', 'c.png'].slice(0, limit),
    );
  });
});
