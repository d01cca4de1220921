import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import formats from '../../test/golden/formats.json';
import { exifOrientation, withoutOrientation } from './orientation';
import { sniff } from './sniff';

const bytesOf = (name: string) =>
  new Uint8Array(Buffer.from(formats.find((entry) => entry.name === name)!.file, 'base64'));

/** A TIFF structure whose first directory holds the orientation alone. */
function exif(orientation: number, littleEndian: boolean): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(26);
  const view = new DataView(bytes.buffer);
  bytes.set(littleEndian ? [0x49, 0x49] : [0x4d, 0x4d]);
  view.setUint16(2, 42, littleEndian);
  view.setUint32(4, 8, littleEndian);
  view.setUint16(8, 1, littleEndian);
  view.setUint16(10, 0x112, littleEndian);
  view.setUint16(12, 3, littleEndian);
  view.setUint32(14, 1, littleEndian);
  view.setUint16(18, orientation, littleEndian);
  return bytes;
}

function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

function tagged(
  format: 'jpeg' | 'png' | 'webp' | 'tiff',
  orientation: number,
  littleEndian: boolean,
): Uint8Array<ArrayBuffer> {
  const tiff = exif(orientation, littleEndian);
  if (format === 'tiff') return tiff;
  if (format === 'jpeg') {
    const jpeg = bytesOf('jpeg, 4:2:0');
    const body = [...Buffer.from('Exif\0\0', 'latin1'), ...tiff];
    return new Uint8Array([...jpeg.slice(0, 2), 0xff, 0xe1, 0, body.length + 2, ...body, ...jpeg.slice(2)]);
  }
  if (format === 'png') {
    const png = bytesOf('png');
    return new Uint8Array([...png.slice(0, 33), ...pngChunk('eXIf', tiff), ...png.slice(33)]);
  }
  const chunk = Buffer.concat([Buffer.from('EXIF\x1a\0\0\0', 'latin1'), tiff]);
  return new Uint8Array([...bytesOf('webp'), ...chunk]);
}

const cases = (['jpeg', 'png', 'webp', 'tiff'] as const).flatMap((format) =>
  [true, false].map((littleEndian) => ({ format, littleEndian })),
);

describe.each(cases)('$format, little-endian $littleEndian', ({ format, littleEndian }) => {
  it('finds every orientation, and sets it to 1 in a copy', () => {
    for (let orientation = 1; orientation <= 8; orientation++) {
      const bytes = tagged(format, orientation, littleEndian);
      expect(sniff(bytes)).toBe(format);
      expect(exifOrientation(bytes, format)).toBe(orientation);
      const patched = withoutOrientation(bytes, format);
      expect(exifOrientation(patched, format)).toBe(1);
      // The checksum of the PNG chunk included: the copy equals a file that was written upright.
      expect(patched).toEqual(tagged(format, 1, littleEndian));
      expect(exifOrientation(bytes, format)).toBe(orientation);
    }
  });

  it.each([0, 9, 65_535])('takes the invalid value %i for upright and leaves the file alone', (value) => {
    const bytes = tagged(format, value, littleEndian);
    expect(exifOrientation(bytes, format)).toBe(1);
    expect(withoutOrientation(bytes, format)).toBe(bytes);
  });

  it('survives being cut anywhere', () => {
    const bytes = tagged(format, 6, littleEndian);
    for (let length = 0; length < Math.min(bytes.length, 120); length++)
      expect([1, 6]).toContain(exifOrientation(bytes.subarray(0, length), format));
  });
});

it('a file without EXIF is upright and is not copied', () => {
  for (const name of ['jpeg, 4:2:0', 'png', 'webp', 'gif', 'bmp']) {
    const bytes = bytesOf(name);
    expect(exifOrientation(bytes, sniff(bytes)!)).toBe(1);
    expect(withoutOrientation(bytes, sniff(bytes)!)).toBe(bytes);
  }
});
