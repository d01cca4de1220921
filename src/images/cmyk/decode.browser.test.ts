import { describe, expect, it } from 'vitest';
import golden from '../../../test/golden/cmyk.json';
import { decodeImage } from '../decode';
import { decodeCmyk, type Decode } from './decode';

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const never: Decode = () => Promise.reject(new Error('asked to decode'));
const [{ jpeg }] = golden.cases;

describe('inks come out as Pillow mixes them', () => {
  it.each(golden.cases)('$name', async ({ width, height, jpeg, rgb }) => {
    const image = await decodeImage(bytesOf(jpeg));
    expect([image.width, image.height]).toEqual([width, height]);
    expect(image.data).toEqual(bytesOf(rgb));
  });
});

it('leaves grey, YCbCr and damaged files to the browser', async () => {
  const canvas = new OffscreenCanvas(20, 20);
  canvas.getContext('2d')!.fillRect(3, 3, 9, 9);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg' });
  expect(await decodeCmyk(new Uint8Array(await blob.arrayBuffer()), never)).toBeNull();
  for (const damaged of [new Uint8Array(), bytesOf(jpeg).subarray(0, 200), bytesOf(jpeg).subarray(0, -60)])
    expect(await decodeCmyk(damaged, never)).toBeNull();
});

it('survives every flipped byte: a picture of that size or none', async () => {
  const file = bytesOf(jpeg);
  const grey: Decode = async () => ({ width: 37, height: 29, data: new Uint8Array(37 * 29 * 3) });
  let taken = 0;
  for (let at = 2; at < file.length; at++)
    for (const flip of [1, 0x80, 0xff]) {
      const broken = file.slice();
      broken[at] ^= flip;
      const image = await decodeCmyk(broken, grey);
      if (!image) continue;
      taken++;
      expect(image.data).toHaveLength(image.width * image.height * 3);
    }
  expect(taken).toBeGreaterThan(1000);
}, 60_000);
