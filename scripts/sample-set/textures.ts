import { fractal, valueNoise } from './noise';
import { hex, mix, paint, type Colour, type Picture } from './picture';
import type { Random } from './random';

/** Procedural surfaces and scenes, 128 x 128 RGB. */
const SIZE = 128;

const palette = (rng: Random, ...choices: string[][]): Colour[] => rng.pick(choices).map(hex);

/** Annual rings seen along the grain, bent by noise, with fine fibres. */
function wood(rng: Random): Picture {
  const [light, dark] = palette(rng, ['#d9a566', '#8a5426'], ['#b9814b', '#5f3716'], ['#e2bd8b', '#a8743c']);
  const bend = fractal(valueNoise(rng), 3);
  const fibre = valueNoise(rng);
  const [rings, flow] = [rng.between(5, 10), rng.between(1.2, 2.4)];
  return paint(SIZE, (x, y) => {
    const [u, v] = [x / SIZE, y / SIZE];
    const ring = rings * (u + 0.28 * bend(u * 2, v * flow));
    const grain = 0.5 + 0.5 * Math.sin(2 * Math.PI * ring);
    return mix(light, dark, 0.75 * grain ** 1.6 + 0.25 * fibre(x * 0.9, y * 0.06));
  });
}

/** Open water: crests that crowd towards the horizon. */
function waves(rng: Random): Picture {
  const [deep, crest, sky] = palette(
    rng,
    ['#0f4c75', '#bbe1fa', '#dcefff'],
    ['#135e63', '#b8e8dc', '#f1f6e8'],
    ['#1b3a6b', '#9fc3ea', '#ffe3c4'],
  );
  const swell = fractal(valueNoise(rng), 4);
  const horizon = rng.between(0.12, 0.3);
  return paint(SIZE, (x, y) => {
    const v = y / SIZE;
    if (v < horizon) return mix(sky, crest, (v / horizon) * 0.4);
    const depth = 1 / (v - horizon + 0.08);
    const height = swell((x / SIZE - 0.5) * depth * 1.6, depth * 3.2);
    return mix(deep, crest, 0.32 + 0.75 * height + 0.15 * Math.sin(depth * 9 + 4 * height));
  });
}

/** Tiles of two colours, turned and scaled. */
function checker(rng: Random): Picture {
  const [a, b] = palette(
    rng,
    ['#222222', '#f2f2f2'],
    ['#a4243b', '#f5efe0'],
    ['#1d3557', '#f1faee'],
    ['#2f5d50', '#f4e9cd'],
  );
  const [angle, cell] = [rng.between(-0.7, 0.7), rng.between(11, 22)];
  const [cos, sin] = [Math.cos(angle) / cell, Math.sin(angle) / cell];
  const edge = (t: number) => Math.min(1, Math.max(-1, Math.sin(Math.PI * t) * cell * 0.5));
  return paint(SIZE, (x, y) => mix(a, b, 0.5 + 0.5 * edge(x * cos + y * sin) * edge(y * cos - x * sin)));
}

/** Cumulus over a sky that pales towards the ground. */
function clouds(rng: Random): Picture {
  const [high, low] = palette(rng, ['#2f7fd0', '#bfe0f7'], ['#4a90c9', '#d8ecf6'], ['#3b6fb6', '#e6d9d3']);
  const shape = fractal(valueNoise(rng), 5);
  const [scale, cover] = [rng.between(2.2, 3.6), rng.between(-0.05, 0.15)];
  return paint(SIZE, (x, y) => {
    const [u, v] = [(x / SIZE) * scale, (y / SIZE) * scale * 1.5];
    const thick = (shape(u, v) + cover) * 3.2;
    const shade = 255 - 55 * Math.max(0, shape(u - 0.08, v - 0.16) + 0.2);
    return mix(mix(high, low, y / SIZE), [shade, shade, shade + 3], thick);
  });
}

/** Ridges one behind the other, fading into the haze of the sky. */
function mountains(rng: Random): Picture {
  const [top, haze, near] = palette(
    rng,
    ['#f7b267', '#f4d9c6', '#2d3047'],
    ['#8ec5ea', '#e3eff6', '#274060'],
    ['#b39cd0', '#f3d6e0', '#31255a'],
    ['#7fb5b5', '#eaf4e8', '#1f4037'],
  );
  const layers = Array.from({ length: 5 }, () => fractal(valueNoise(rng), 5));
  const ridges = layers.map((noise, i) =>
    Array.from({ length: SIZE }, (_, x) => {
      const jag = noise((x / SIZE) * (2.2 + i * 0.5), 0.5);
      return SIZE * (0.34 + i * 0.14 + (0.34 - i * 0.04) * jag);
    }),
  );
  return paint(SIZE, (x, y) => {
    let colour = mix(top, haze, y / (SIZE * 0.6));
    ridges.forEach((ridge, i) => {
      colour = mix(colour, mix(haze, near, (i + 1) / ridges.length), y - ridge[x]);
    });
    return colour;
  });
}

/** Irregular cells with seams, like dried mud, leather or a giraffe's coat. */
function cells(rng: Random): Picture {
  const [body, seam] = palette(rng, ['#c98b4b', '#f3e1c0'], ['#b7a48b', '#4b3d2f'], ['#8d6748', '#e6d0ab']);
  const count = 7 + rng.index(4);
  const seeds = Array.from({ length: count * count }, (_, i) => ({
    x: ((i % count) + rng.between(0, 1)) * (SIZE / count),
    y: (Math.floor(i / count) + rng.between(0, 1)) * (SIZE / count),
    tone: rng.between(-0.12, 0.12),
  }));
  return paint(SIZE, (x, y) => {
    let [first, second, tone] = [Infinity, Infinity, 0];
    for (const seed of seeds) {
      const r = Math.sqrt((seed.x - x) ** 2 + (seed.y - y) ** 2);
      if (r < first) [second, first, tone] = [first, r, seed.tone];
      else if (r < second) second = r;
    }
    return mix(mix(body, seam, tone), seam, 1.4 - (second - first) / 2);
  });
}

const DRAW = { cells, checker, clouds, mountains, waves, wood };
export const TEXTURE_CLASSES = Object.keys(DRAW) as (keyof typeof DRAW)[];

export function drawTexture(kind: keyof typeof DRAW, rng: Random): Picture {
  return DRAW[kind](rng);
}
