import { describe, expect, it, vi } from 'vitest';
import { Thumbnails } from './thumbnails';

function source(has: (row: number) => boolean = () => true) {
  const urls = new Map<string, boolean>();
  return {
    urls,
    read: vi.fn((rows: number[]) =>
      Promise.resolve(rows.map((row) => (has(row) ? new Blob([String(row)]) : null))),
    ),
    createUrl(_blob: Blob) {
      const url = `blob:${urls.size}`;
      urls.set(url, true);
      return url;
    },
    revokeUrl: (url: string) => void urls.set(url, false),
  };
}

describe('Thumbnails', () => {
  it('reads the rows asked for together in one go, each once', async () => {
    const from = source();
    const thumbnails = new Thumbnails(from);
    const urls = await Promise.all([3, 1, 3, 2].map((row) => thumbnails.get(row)));
    expect(from.read).toHaveBeenCalledTimes(1);
    expect(from.read).toHaveBeenCalledWith([3, 1, 2]);
    expect(urls[0]).toBe(urls[2]);
  });

  it('rejects a row without a thumbnail, and asks again the next time', async () => {
    const present = new Set([1]);
    const thumbnails = new Thumbnails(source((row) => present.has(row)));
    await expect(thumbnails.get(7)).rejects.toThrow('Image 7');
    present.add(7);
    await expect(thumbnails.get(7)).resolves.toMatch(/^blob:/);
  });

  it('rejects all of a read that failed', async () => {
    const from = source();
    from.read.mockRejectedValueOnce(new Error('store'));
    const thumbnails = new Thumbnails(from);
    await expect(thumbnails.get(1)).rejects.toThrow('store');
    await expect(thumbnails.get(1)).resolves.toMatch(/^blob:/);
  });

  it('releases the least recently used beyond 4,000, and all when cleared', async () => {
    const from = source();
    const thumbnails = new Thumbnails(from);
    const first = await thumbnails.get(0);
    const second = await thumbnails.get(1);
    await Promise.all(Array.from({ length: 3998 }, (_, i) => thumbnails.get(i + 2)));
    await thumbnails.get(0);
    await thumbnails.get(4000);
    await Promise.resolve();
    expect(from.urls.get(first)).toBe(true);
    expect(from.urls.get(second)).toBe(false);
    thumbnails.clear();
    await Promise.resolve();
    await Promise.resolve();
    expect([...from.urls.values()].some(Boolean)).toBe(false);
  });
});
