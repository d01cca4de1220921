import { describe, expect, it } from 'vitest';
import { contrast, distance, oklab, parseHex, seenBy, type Vision } from './colour';
import { FurtherColours } from './further-colours';
import {
  CLUSTER_COLOURS,
  clusterColour,
  clusterRgba,
  DISTINCT,
  GROUND,
  NOISE_GREY,
  type Theme,
} from './palette';

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
  /** The least distance of two of the first colours, grey included. */
  function leastApart(count: number, vision: Vision): number {
    const all = Array.from({ length: count }, (_, cluster) => clusterColour(cluster, theme));
    const labs = [...all, NOISE_GREY[theme]].map((hex) => oklab(seenBy(parseHex(hex), vision)));
    return Math.min(...labs.flatMap((lab, i) => labs.slice(0, i).map((other) => distance(lab, other))));
  }
  it.each(floors)('keeps every pair, grey included, apart for %s vision', (vision, floor) => {
    expect(leastApart(30, vision)).toBeGreaterThanOrEqual(floor);
  });

  // A difference of about 0.02 can just be seen side by side.
  const further: [number, Vision, number][] = [
    [40, 'normal', 0.065],
    [60, 'normal', 0.048],
    [DISTINCT, 'normal', 0.036],
    ...(['protan', 'deutan', 'tritan'] as const).flatMap((vision): [number, Vision, number][] => [
      [40, vision, 0.032],
      [60, vision, 0.024],
      [DISTINCT, vision, 0.018],
    ]),
  ];
  it.each(further)('goes on past 30: of %i, every pair apart for %s vision', (count, vision, floor) => {
    expect(leastApart(count, vision)).toBeGreaterThanOrEqual(floor);
  });

  it('reads on the ground past 30 too, each colour another, the same every time', () => {
    const all = Array.from({ length: DISTINCT }, (_, cluster) => clusterColour(cluster, theme));
    expect(new Set(all).size).toBe(DISTINCT);
    for (const colour of all)
      expect(contrast(parseHex(colour), parseHex(GROUND[theme])), colour).toBeGreaterThanOrEqual(3);
    const again = new FurtherColours([...colours, NOISE_GREY[theme]], GROUND[theme]);
    expect(again.at(DISTINCT - 31)).toBe(all[DISTINCT - 1]);
  });
});

describe('clusterColour', () => {
  it('is grey for noise and repeats when there are no more colours', () => {
    expect(clusterColour(-1, 'light')).toBe(NOISE_GREY.light);
    expect(clusterColour(DISTINCT + 1, 'dark')).toBe(clusterColour(1, 'dark'));
    expect(clusterColour(DISTINCT + 40, 'light')).toBe(clusterColour(40, 'light'));
    expect(clusterRgba(0, 'light', 128)).toEqual([0x35, 0x48, 0xd1, 128]);
  });
});

describe('contrast', () => {
  it('is 21 between black and white', () => {
    expect(contrast([0, 0, 0], [1, 1, 1])).toBeCloseTo(21, 5);
  });
});
