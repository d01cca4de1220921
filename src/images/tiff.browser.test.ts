import { describe, expect, it } from 'vitest';
import golden from '../../test/golden/tiff.json';
import { decodeImage } from './decode';
import { ImageError } from './types';

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

async function sha256(data: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(data)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

describe('TIFF', () => {
  it.each(golden)('$name', async ({ file, width, height, ...want }) => {
    const image = await decodeImage(bytesOf(file));
    expect([image.width, image.height]).toEqual([width, height]);
    expect(await sha256(image.data)).toBe(want.sha256);
  });

  it.each(golden)('$name, cut short, is refused', async ({ file }) => {
    const bytes = bytesOf(file);
    await expect(decodeImage(bytes.slice(0, bytes.length / 3))).rejects.toBeInstanceOf(ImageError);
  });

  it.each(golden)('$name, with flipped bits, gives a picture or a reason', async ({ file }) => {
    const whole = bytesOf(file);
    let state = whole.length;
    const next = (below: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    for (let i = 0; i < 30; i++) {
      const bytes = whole.slice();
      // Half of the flips hit the directory at the end or the header, where they do most harm.
      for (let flips = 1 + next(3); flips > 0; flips--) {
        const at = i % 2 ? next(bytes.length) : bytes.length - 1 - next(Math.min(300, bytes.length));
        bytes[at] ^= 1 << next(8);
      }
      const outcome = await decodeImage(bytes, { maxPixels: 1_000_000 }).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(ImageError);
      else expect(outcome).toHaveProperty('data');
    }
  });
});
