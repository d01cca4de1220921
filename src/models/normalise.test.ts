import { describe, expect, it } from 'vitest';
import type { InputSpec } from '../domain/spec';
import { NORMALISATIONS } from './normalisations';
import { inputLength, normaliser } from './normalise';

const picture = { width: 2, height: 1, data: new Uint8Array([0, 100, 200, 255, 50, 25]) };

function write(change: Partial<InputSpec>): number[] {
  const input: InputSpec = {
    name: 'x',
    width: 2,
    height: 1,
    layout: 'NCHW',
    ...NORMALISATIONS.unit,
    scale: 1,
    ...change,
  };
  const target = new Float32Array(inputLength(input) + 1).fill(-9);
  normaliser(input)(picture, target, 1);
  return [...target];
}

describe('normaliser', () => {
  it.each<[string, Partial<InputSpec>, number[]]>([
    ['channels first', {}, [-9, 0, 255, 100, 50, 200, 25]],
    ['channels last', { layout: 'NHWC' }, [-9, 0, 100, 200, 255, 50, 25]],
    ['blue first', { channels: 'BGR' }, [-9, 200, 25, 100, 50, 0, 255]],
    ['blue first, channels last', { channels: 'BGR', layout: 'NHWC' }, [-9, 200, 100, 0, 25, 50, 255]],
    // Pillow: Image.new('RGB', ...).convert('L') gives 82 and 108 for these two.
    ['grey', { channels: 'grey' }, [-9, 82, 108]],
    [
      'mean and deviation of each channel',
      { mean: [1, 2, 3], std: [1, 2, 5] },
      [-9, -1, 254, 49, 24, 39.400001525878906, 4.400000095367432],
    ],
    [
      'means in the order of the channels',
      { channels: 'BGR', mean: [200, 0, 0] },
      [-9, 0, -175, 100, 50, 0, 255],
    ],
  ])('%s', (_, change, expected) => {
    expect(write(change)).toEqual(expected);
  });

  it('rounds as NumPy does in float32', () => {
    // np.float32(100) / np.float32(255), minus np.float32(0.456), over np.float32(0.224)
    const f = Math.fround;
    const expected = f(f(f(100 / 255) - f(0.456)) / f(0.224));
    expect(write({ ...NORMALISATIONS.imagenet })[3]).toBe(expected);
  });
});
