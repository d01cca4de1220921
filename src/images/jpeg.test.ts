import { decode } from 'jpeg-js';
import { describe, expect, it, test } from 'vitest';
import type { RgbImage } from '../domain/image';
import { encodeJpeg } from './jpeg';
import { huffmanEntries, HUFFMAN, quantisation } from './jpeg-tables';

/** Waves in all directions, in colour. */
function waves(width: number, height: number): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++, to += 3) {
      data[to] = 128 + 100 * Math.sin(x / 9) * Math.cos(y / 14);
      data[to + 1] = 128 + 100 * Math.sin((x + 2 * y) / 17);
      data[to + 2] = 128 + 100 * Math.cos((3 * x - y) / 31);
    }
  return { width, height, data };
}

function noise(width: number, height: number): RgbImage {
  let state = 7;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 31;
  return { width, height, data: Uint8Array.from({ length: width * height * 3 }, () => next() * 255) };
}

/** Root mean square of the differences between a picture and what becomes of it. */
function loss(image: RgbImage, quality: number): number {
  const { width, height, data } = decode(encodeJpeg(image, quality), {
    useTArray: true,
    formatAsRGBA: false,
  });
  expect([width, height]).toEqual([image.width, image.height]);
  const sum = image.data.reduce((total, value, i) => total + (value - data[i]) ** 2, 0);
  return Math.sqrt(sum / image.data.length);
}

describe('encodeJpeg', () => {
  it.each([
    [1, 1],
    [7, 300],
    [8, 8],
    [15, 17],
    [16, 16],
    [17, 15],
    [128, 96],
    [129, 127],
  ])('gives back %i x %i', (width, height) => {
    expect(loss(waves(width, height), 82)).toBeLessThan(5);
  });

  it('loses less at a higher quality, and is smaller at a lower one', () => {
    const image = waves(128, 96);
    expect(loss(image, 95)).toBeLessThan(loss(image, 50));
    expect(encodeJpeg(image, 50).length).toBeLessThan(encodeJpeg(image, 95).length);
    expect(encodeJpeg(image, 82).length).toBeLessThan(4000);
  });

  it('survives the strongest contrasts at the finest steps', () => {
    // Chroma at half size cannot follow single pixels: what counts is that the scan can be read to its end.
    expect(loss(noise(64, 64), 100)).toBeLessThan(110);
  });

  it.each([0, 255])('keeps a plain %i within one step', (value) => {
    const image = { width: 20, height: 20, data: new Uint8Array(1200).fill(value) };
    expect(loss(image, 82)).toBeLessThanOrEqual(1);
  });

  it('gives the same bytes again', () => {
    expect(encodeJpeg(waves(50, 40), 82)).toEqual(encodeJpeg(waves(50, 40), 82));
  });
});

test('quantisation is that of the standard at quality 50, finer above', () => {
  expect(quantisation('luma', 50).slice(0, 9)).toEqual([16, 11, 10, 16, 24, 40, 51, 61, 12]);
  expect(quantisation('chroma', 50)[0]).toBe(17);
  expect(new Set(quantisation('luma', 100))).toEqual(new Set([1]));
});

test('no Huffman code begins another', () => {
  for (const table of HUFFMAN) {
    const codes = [...huffmanEntries(table)].filter(Boolean);
    expect(codes).toHaveLength(table.symbols.length);
    const texts = codes.map((entry) => (entry >> 8).toString(2).padStart(entry & 255, '0')).sort();
    texts.slice(1).forEach((text, i) => expect(text.startsWith(texts[i])).toBe(false));
  }
});
