import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aligned, commonFrame, greyOf, PixelCounts } from './pixel-counts';
import { pixelsOf } from './pixels';

const solid = (width: number, height: number, value: number) => ({
  width,
  height,
  data: new Uint8Array(width * height * 3).fill(value),
});

describe('the common frame', () => {
  it.each([
    [[], 128, 1, 1],
    [[[64, 64]], 128, 64, 64],
    [[[4000, 3000]], 128, 128, 96],
    [[[3000, 4000]], 128, 96, 128],
    [
      [
        [100, 50],
        [100, 50],
        [50, 100],
      ],
      80,
      80,
      40,
    ],
    [[[5000, 1]], 128, 128, 1],
  ])('of %j with a long side of %i is %i x %i', (sizes, longSide, width, height) => {
    const all = sizes.map(([w, h]) => ({ width: w, height: h }));
    expect(commonFrame(all, longSide)).toEqual({ width, height });
  });
});

describe('aligning', () => {
  it('leaves a picture of the size of the frame as it is', () => {
    const image = { width: 3, height: 2, data: Uint8Array.from({ length: 18 }, (_, i) => i * 14) };
    expect(aligned(pixelsOf(image), { width: 3, height: 2 }).data).toEqual(image.data);
  });

  it('cuts off evenly what stands over, and never stretches', () => {
    const data = Uint8Array.from([0, 100, 200, 50].flatMap((value) => [value, value, value]));
    const wide = aligned(pixelsOf({ width: 4, height: 1, data }), { width: 2, height: 1 });
    expect([...wide.data]).toEqual([100, 100, 100, 200, 200, 200]);
    const high = aligned(pixelsOf({ width: 1, height: 4, data }), { width: 1, height: 2 });
    expect([...high.data]).toEqual([100, 100, 100, 200, 200, 200]);
  });

  it('gives the size of the frame whatever the picture', () => {
    const side = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(side, side, side, side, (w, h, width, height) => {
        const found = aligned(pixelsOf(solid(w, h, 77)), { width, height });
        expect([found.width, found.height]).toEqual([width, height]);
        expect(found.data.every((value) => value === 77)).toBe(true);
      }),
    );
  });
});

describe('counts', () => {
  it('give mean, median and deviation of every place', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 6, maxLength: 6 }), { minLength: 1 }), (pictures) => {
        const counts = new PixelCounts({ width: 2, height: 1 });
        for (const data of pictures) counts.add({ width: 2, height: 1, data });
        const n = pictures.length;
        const mean = (place: number) => pictures.reduce((sum, data) => sum + data[place], 0) / n;
        const variance = (place: number) =>
          pictures.reduce((sum, data) => sum + (data[place] - mean(place)) ** 2, 0) / n;
        const middle = (place: number) => {
          const sorted = pictures.map((data) => data[place]).sort((a, b) => a - b);
          return (sorted[(n - 1) >> 1] + sorted[n >> 1]) / 2;
        };
        const rgba = (at: (place: number) => number) =>
          Uint8ClampedArray.of(at(0), at(1), at(2), 255, at(3), at(4), at(5), 255);
        expect(counts.mean()).toEqual(rgba(mean));
        expect(counts.median()).toEqual(rgba(middle));
        const deviation = counts.deviation();
        [0, 1].forEach((pixel) => {
          const sum = [0, 1, 2].reduce((all, c) => all + variance(3 * pixel + c), 0);
          expect(deviation[pixel]).toBeCloseTo(Math.sqrt(sum / 3), 3);
        });
      }),
    );
  });

  it('of nothing are black', () => {
    const counts = new PixelCounts({ width: 1, height: 1 });
    expect([...counts.mean(), ...counts.median(), ...counts.deviation()]).toEqual([
      0, 0, 0, 255, 0, 0, 0, 255, 0,
    ]);
  });

  it('of black and white spread to white', () => {
    const counts = new PixelCounts({ width: 1, height: 1 });
    counts.add(solid(1, 1, 0));
    counts.add(solid(1, 1, 255));
    expect([...counts.deviation()]).toEqual([127.5]);
    expect([...greyOf(counts.deviation())]).toEqual([255, 255, 255, 255]);
    expect([...greyOf(Float32Array.of(10, 0))]).toEqual([20, 20, 20, 255, 0, 0, 0, 255]);
  });
});
