import { describe, expect, it } from 'vitest';
import formats from '../../test/golden/formats.json';
import tiffs from '../../test/golden/tiff.json';
import { mayHaveAlpha } from './alpha';
import { declaredSize } from './dimensions';
import { sniff, type ImageFormat } from './sniff';

const latin1 = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));
const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));

describe('sniff', () => {
  it.each(formats)('$name, with its declared size', ({ name, file, width, height }) => {
    const bytes = bytesOf(file);
    const format = sniff(bytes)!;
    expect(format).toBe(name.split(',')[0]);
    if (format !== 'ico') expect(declaredSize(bytes, format)).toEqual({ width, height });
    if (/alpha|transparency/.test(name)) expect(mayHaveAlpha(bytes, format)).toBe(true);
    if (/^jpeg|^png$|^webp$|^avif$/.test(name)) expect(mayHaveAlpha(bytes, format)).toBe(false);
  });

  it.each(tiffs)('TIFF, $name, with its declared size', ({ file, width, height }) => {
    expect(sniff(bytesOf(file))).toBe('tiff');
    expect(declaredSize(bytesOf(file), 'tiff')).toEqual({ width, height });
  });

  const heads: [ImageFormat, string][] = [
    ['heic', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
    ['heic', '\0\0\0\x18ftypmif1\0\0\0\0mif1heic'],
    ['avif', '\0\0\0\x18ftypmif1\0\0\0\0mif1avif'],
    ['camera raw', '\0\0\0\x18ftypcrx \0\0\0\x01crx isom'],
    ['camera raw', 'II*\0\x10\0\0\0CR\x02\0'],
    ['jxl', '\xff\x0a\xfa\x7f'],
    ['jp2', '\0\0\0\x0cjP  \r\n\x87\n'],
    ['psd', '8BPS\0\x01'],
    ['fits', 'SIMPLE  =                    T'],
    ['dicom', `${'\0'.repeat(128)}DICM`],
    ['pnm', 'P6\n# made by hand\n3 2\n255\n'],
    ['svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['svg', '\xef\xbb\xbf<?xml version="1.0"?><!-- drawing --><svg width="1">'],
  ];
  it.each(heads)('%s', (format, head) => expect(sniff(latin1(head))).toBe(format));

  it.each([
    ['nothing', ''],
    ['text', 'Beautiful plain text, longer than any signature.'],
    ['BM text', 'BMW and other makers of cars, a list.'],
    ['P2 text', 'P2 is a planet'],
    ['HTML', '<!DOCTYPE html><html><body><svg></svg></body></html>'],
    ['video', '\0\0\0\x18ftypisom\0\0\0\0isommp41'],
    ['ZIP', 'PK\x03\x04\x14\0'],
    ['PDF', '%PDF-1.7'],
  ])('%s is not an image', (_, text) => expect(sniff(latin1(text))).toBeNull());
});

describe('declaredSize', () => {
  it.each(formats)('$name: a header cut anywhere gives a size or null, and ends', ({ file }) => {
    const bytes = bytesOf(file);
    const format = sniff(bytes)!;
    for (let length = 0; length < Math.min(bytes.length, 400); length++) {
      const size = declaredSize(bytes.subarray(0, length), format);
      expect(size === null || size.width >= 0).toBe(true);
    }
  });
});
