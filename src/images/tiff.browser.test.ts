import { describe, expect, it } from 'vitest';
import golden from '../../test/golden/tiff.json';
import { decodeImage } from './decode';
import { ImageError } from './types';

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

async function sha256(data: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
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
});
