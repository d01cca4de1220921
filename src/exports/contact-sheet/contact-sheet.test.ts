import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { captionLine, cutToWidth, directionOf } from './caption';
import { MOST_SIDE, pagePlaces, paperSize, sheetLayout, type SheetLayout } from './layout';
import { withDensity } from './png-density';

const px = (width: number, height: number) => ({ width, height, dpi: null });

describe('paper', () => {
  it('is as many pixels as ISO 216 and ANSI say', () => {
    expect(paperSize('A4', 300, false)).toEqual({ width: 2480, height: 3508, dpi: 300 });
    expect(paperSize('A3', 300, true)).toEqual({ width: 4961, height: 3508, dpi: 300 });
    expect(paperSize('Letter', 100, false)).toEqual({ width: 850, height: 1100, dpi: 100 });
  });
});

describe('the layout', () => {
  it('keeps everything on the page, and nothing on anything else', () => {
    const side = fc.integer({ min: 200, max: 5000 });
    fc.assert(
      fc.property(
        side,
        side,
        fc.integer({ min: 1, max: 30 }),
        fc.nat(5),
        fc.constantFrom(null, 72, 300),
        (...all) => {
          const [width, height, columns, captions, dpi] = all;
          const found = sheetLayout({ width, height, dpi }, columns, captions);
          if (typeof found === 'string') return;
          const { margin, side, pitchX, pitchY, top, lines, titleY, footerY, smallFont } = found;
          expect(margin + (columns - 1) * pitchX + side).toBeLessThanOrEqual(width - margin);
          expect(pitchX).toBeGreaterThan(side);
          expect(pitchY).toBeGreaterThan(side + captions * found.line);
          expect(titleY).toBeLessThan(top);
          const end = top + (lines - 1) * pitchY + side + captions * found.line;
          expect(end).toBeLessThanOrEqual(footerY - smallFont);
          expect(found.each).toBe(columns * lines);
        },
      ),
    );
  });

  it('has letters of one size on paper', () => {
    const [low, high] = [100, 300].map(
      (dpi) => sheetLayout(paperSize('A4', dpi, false), 5, 2) as SheetLayout,
    );
    expect(high.font / 300).toBeCloseTo(low.font / 100, 2);
    expect(high.lines).toBe(low.lines);
  });

  it('says what cannot be', () => {
    expect(sheetLayout(px(100, 400), 1, 0)).toBe('page-small');
    expect(sheetLayout(px(MOST_SIDE + 1, 400), 1, 0)).toBe('page-large');
    expect(sheetLayout(px(16_000, 16_000), 1, 0)).toBe('page-large');
    expect(sheetLayout(px(400, 400), 40, 0)).toBe('cells-small');
    expect(sheetLayout(px(400, 200), 2, 12)).toBe('cells-small');
  });

  it('begins a page with each section', () => {
    expect(pagePlaces([5, 0, 3], 4)).toEqual([
      { section: 0, from: 0, to: 4 },
      { section: 0, from: 4, to: 5 },
      { section: 2, from: 0, to: 3 },
    ]);
    expect(pagePlaces([], 4)).toEqual([]);
  });
});

describe('captions', () => {
  /** A letter takes 10, whatever its code units. */
  const measure = (text: string): number => 10 * Array.from(new Intl.Segmenter().segment(text)).length;

  it('are cut in whole characters, and only where they are too long', () => {
    expect(cutToWidth('hedgehog', 80, measure)).toBe('hedgehog');
    expect(cutToWidth('hedgehog', 79, measure)).toBe('hedgeh…');
    expect(cutToWidth('👩‍👩‍👧‍👦🇺🇦é🦔 x', 40, measure)).toBe('👩‍👩‍👧‍👦🇺🇦é…');
    expect(cutToWidth('a b c', 30, measure)).toBe('a…');
    expect(cutToWidth('תמונה יפה', 40, measure)).toBe('תמו…');
    expect(cutToWidth('long', 10, measure)).toBe('…');
    expect(cutToWidth('long', 9, measure)).toBe('');
    expect(cutToWidth('', 0, measure)).toBe('');
  });

  it('fit, whatever they say', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 90 }), (text, width) => {
        const cut = cutToWidth(text, width, measure);
        expect(measure(cut)).toBeLessThanOrEqual(width);
        if (cut !== text) expect(cut === '' || cut.endsWith('…')).toBe(true);
      }),
    );
  });

  it('are one line without tricks', () => {
    expect(captionLine(' a\r\n\tb\u0000c ')).toBe('a b c');
    expect(captionLine('gnp.\u202egpj')).toBe('gnp.gpj');
    expect(captionLine('\ud800')).toBe('\ufffd');
  });

  it('run as their first letter does', () => {
    expect(directionOf('IMG תמונה')).toBe('ltr');
    expect(directionOf('2026 תמונה.png')).toBe('rtl');
    expect(directionOf('صورة')).toBe('rtl');
    expect(directionOf('🦔 123')).toBe('ltr');
  });
});

describe('density', () => {
  it('stands in a chunk of its own after the header, with its checksum', async () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
      'base64',
    );
    const found = Buffer.from(await (await withDensity(new Blob([png]), 300)).arrayBuffer());
    expect(found.subarray(0, 33).equals(png.subarray(0, 33))).toBe(true);
    expect(found.subarray(54).equals(png.subarray(33))).toBe(true);
    expect(found.toString('latin1', 37, 41)).toBe('pHYs');
    expect([found.readUInt32BE(33), found.readUInt32BE(41), found.readUInt32BE(45), found[49]]).toEqual([
      9, 11811, 11811, 1,
    ]);
    expect(found.readUInt32BE(50)).toBe(crc32(found.subarray(37, 50)));
    await expect(withDensity(new Blob(['no']), 300)).rejects.toThrow('header');
  });
});
