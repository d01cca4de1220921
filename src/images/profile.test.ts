import { expect, test } from 'vitest';
import golden from '../../test/golden/formats.json';
import { encodeJpeg } from './jpeg';
import { isPlain } from './profile';

const jpeg = encodeJpeg({ width: 9, height: 9, data: new Uint8Array(243).fill(90) }, 80);
const bytesOf = (name: string): Uint8Array =>
  Uint8Array.from(Buffer.from(golden.find((entry) => entry.name.startsWith(name))!.file, 'base64'));

test('a JPEG without a profile is plain', () => {
  expect(isPlain(jpeg, 'jpeg')).toBe(true);
  expect(isPlain(bytesOf('jpeg, 4:2:0'), 'jpeg')).toBe(true);
});

test('a profile, four components, another format or an end too soon make it uncertain', () => {
  const profile = [0xff, 0xe2, 0, 4, 1, 2];
  expect(isPlain(Uint8Array.of(...jpeg.subarray(0, 2), ...profile, ...jpeg.subarray(2)), 'jpeg')).toBe(false);
  const cmyk = jpeg.slice();
  cmyk[cmyk.findIndex((byte, i) => byte === 0xff && cmyk[i + 1] === 0xc0) + 9] = 4;
  expect(isPlain(cmyk, 'jpeg')).toBe(false);
  expect(isPlain(jpeg, 'png')).toBe(false);
  for (const end of [0, 1, 3, 40]) expect(isPlain(jpeg.subarray(0, end), 'jpeg')).toBe(false);
});
