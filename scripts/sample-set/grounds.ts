import { hex, mix, paint, type Colour, type Picture } from './picture';
import type { Random } from './random';

type Category = 'animals' | 'buildings' | 'food' | 'fruit' | 'vehicles' | 'weather';

/** What a pictogram stands in front of, by its category, and the pairs of colours it comes in. */
export const GROUNDS: Record<Category, { name: string; colours: [string, string][] }> = {
  // prettier-ignore
  animals: { name: 'meadow', colours: [['#bfe3f5', '#8fc46a'], ['#d7edf6', '#a3cf7d'], ['#c9e6ee', '#7db560']] },
  // prettier-ignore
  buildings: { name: 'square', colours: [['#f6dcc0', '#cdbfae'], ['#f3e3d0', '#bfb3a8'], ['#fae6c8', '#d6c6b0']] },
  // prettier-ignore
  food: { name: 'plate', colours: [['#a9744a', '#fbfaf7'], ['#8d5f3c', '#f6f4ee'], ['#b98a5e', '#ffffff']] },
  // prettier-ignore
  fruit: { name: 'cloth', colours: [['#f7f3ea', '#dfe8f4'], ['#faf6ee', '#f3dcdc'], ['#f6f4ec', '#e0eedc']] },
  // prettier-ignore
  vehicles: { name: 'road', colours: [['#dbe7ee', '#7d8288'], ['#e6ebee', '#6f757c'], ['#d3e0ea', '#8a8e93']] },
  // prettier-ignore
  weather: { name: 'sky', colours: [['#4f9bd9', '#a8d4f2'], ['#5b8fc7', '#b7d3ea'], ['#3f86c6', '#93c5ec']] },
};

/** Colour at (u, v), 0..1 from the top left. */
type Painter = (u: number, v: number, first: Colour, second: Colour) => Colour;

/** The ground of a category, size x size, a little different each time. */
export function drawGround(category: Category, size: number, rng: Random): Picture {
  const [first, second] = rng.pick(GROUNDS[category].colours).map(hex);
  const painter = PAINTERS[category](rng);
  return paint(size, (x, y) => painter((x + 0.5) / size, (y + 0.5) / size, first, second));
}

const PAINTERS: Record<Category, (rng: Random) => Painter> = {
  animals: (rng) => {
    const [level, slope, phase] = [rng.between(0.5, 0.65), rng.between(-0.1, 0.1), rng.between(0, 6)];
    const hill = (u: number) => level + slope * u + 0.03 * Math.sin(5 * u + phase);
    return (u, v, sky, grass) => mix(sky, grass, (v - hill(u)) * 60);
  },
  buildings: (rng) => {
    const level = rng.between(0.7, 0.82);
    return (_, v, sky, ground) => mix(sky, ground, (v - level) * 60);
  },
  food: (rng) => {
    const [cx, cy, radius] = [rng.between(0.47, 0.53), rng.between(0.48, 0.55), rng.between(0.44, 0.5)];
    return (u, v, table, plate) => {
      const r = Math.sqrt((u - cx) ** 2 + (v - cy) ** 2);
      const rim = mix(plate, table, 0.12 * (1 - Math.min(1, Math.abs(r - radius * 0.78) * 60)));
      return mix(rim, table, (r - radius) * 60);
    };
  },
  fruit: (rng) => {
    const [stripes, offset] = [rng.between(4, 6), rng.between(0, 1)];
    const band = (t: number) =>
      Math.min(1, Math.max(0, 0.5 + 8 * Math.sin(2 * Math.PI * (t * stripes + offset))));
    return (u, v, cloth, stripe) => mix(cloth, stripe, (band(u) + band(v)) / 2);
  },
  vehicles: (rng) => {
    const level = rng.between(0.62, 0.72);
    return (u, v, air, road) => {
      const dash = v > level + 0.16 && v < level + 0.19 && (u * 5) % 1 < 0.6;
      return dash ? [245, 245, 240] : mix(air, road, (v - level) * 60);
    };
  },
  weather: (rng) => {
    const bend = rng.between(0.7, 1.3);
    return (_, v, high, low) => mix(high, low, v ** bend);
  },
};
