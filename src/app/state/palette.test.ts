import { describe, expect, it } from 'vitest';
import { contrast, distance, oklab, parseHex, seenBy, type Vision } from './colour';
import { CLUSTER_COLOURS, clusterColour, clusterRgba, GROUND, NOISE_GREY, type Theme } from './palette';

const THEMES: Theme[] = ['light', 'dark'];

describe.each(THEMES)('the %s palette', (theme) => {
  const colours = CLUSTER_COLOURS[theme];

  it('has 30 different colours', () => {
    expect(new Set(colours).size).toBe(30);
  });

  it('reads on the ground of the map: contrast 3 or more', () => {
    const ground = parseHex(GROUND[theme]);
    for (const colour of [...colours, NOISE_GREY[theme]])
      expect(contrast(parseHex(colour), ground), colour).toBeGreaterThanOrEqual(3);
  });

  const floors: [Vision, number][] = [
    ['normal', 0.07],
    ['protan', 0.035],
    ['deutan', 0.035],
    ['tritan', 0.035],
  ];
  it.each(floors)('keeps every pair, grey included, apart for %s vision', (vision, floor) => {
    const labs = [...colours, NOISE_GREY[theme]].map((hex) => oklab(seenBy(parseHex(hex), vision)));
    for (let i = 0; i < labs.length; i++)
      for (let j = 0; j < i; j++)
        expect(distance(labs[i], labs[j]), `${i} and ${j}`).toBeGreaterThanOrEqual(floor);
  });
});

describe('clusterColour', () => {
  it('is grey for noise and repeats after 30', () => {
    expect(clusterColour(-1, 'light')).toBe(NOISE_GREY.light);
    expect(clusterColour(31, 'dark')).toBe(clusterColour(1, 'dark'));
    expect(clusterRgba(0, 'light', 128)).toEqual([0x35, 0x48, 0xd1, 128]);
  });
});

describe('contrast', () => {
  it('is 21 between black and white', () => {
    expect(contrast([0, 0, 0], [1, 1, 1])).toBeCloseTo(21, 5);
  });
});
