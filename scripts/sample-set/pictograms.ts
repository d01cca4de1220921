import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fill } from './fill';
import { drawGround } from './grounds';
import { hex, type Colour, type Picture } from './picture';
import type { Random } from './random';
import { polygons, type Polygon } from './svg-path';

/** Pictograms of Fluent Emoji (Microsoft, MIT licence), by meaning. */
export const PICTOGRAMS = {
  animals:
    'cat-face dog-face fox bear panda koala tiger-face lion cow-face pig-face mouse-face rabbit-face wolf monkey-face hamster polar-bear frog raccoon',
  buildings:
    'bank castle church classical-building convenience-store department-store factory hospital hotel house house-with-garden japanese-castle mosque office-building post-office school synagogue hindu-temple',
  food: 'hamburger pizza hot-dog sandwich taco burrito french-fries doughnut cookie pancakes waffle croissant bread pretzel cheese-wedge bacon stuffed-flatbread pie',
  fruit:
    'red-apple green-apple pear peach cherries strawberry lemon tangerine watermelon grapes pineapple banana kiwi-fruit mango tomato olive melon avocado',
  vehicles:
    'automobile taxi bus minibus ambulance fire-engine police-car delivery-truck articulated-lorry pickup-truck sport-utility-vehicle racing-car trolleybus tractor locomotive motor-scooter motorcycle auto-rickshaw',
  weather:
    'cloud cloud-with-lightning cloud-with-lightning-and-rain cloud-with-rain cloud-with-snow sun-with-face rainbow snowflake sun sun-behind-cloud sun-behind-large-cloud sun-behind-rain-cloud sun-behind-small-cloud tornado umbrella-with-rain-drops crescent-moon wind-face high-voltage',
} as const;
export const PICTOGRAM_CLASSES = Object.keys(PICTOGRAMS) as (keyof typeof PICTOGRAMS)[];

const SIZE = 112;
const VIEW = 32;

interface Shape {
  polygons: Polygon[];
  colour: Colour;
  opacity: number;
  evenOdd: boolean;
}

/** Reads one pictogram as filled shapes; throws if it uses more of SVG than plain filled paths. */
function shapes(name: string, body: string): Shape[] {
  const plain = body.replace(/<g fill="none">|<\/g>/g, '');
  if (plain.replace(/<path [^<>]*\/>/g, '') !== '') throw new Error(`${name} is more than filled paths.`);
  return [...plain.matchAll(/<path ([^<>]*)\/>/g)].map(([, text]) => {
    const attributes = Object.fromEntries(
      [...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, k, v]) => [k, v]),
    );
    const { d, fill: paintFill, opacity, 'fill-opacity': fillOpacity, ...rest } = attributes;
    const { 'fill-rule': rule, 'clip-rule': _clip, ...unknown } = rest;
    if (!d || !paintFill || Object.keys(unknown).length)
      throw new Error(`${name} has a path with attributes that are not drawn here: ${text.slice(0, 80)}`);
    return {
      polygons: polygons(d),
      colour: hex(paintFill),
      opacity: Number(opacity ?? fillOpacity ?? 1),
      evenOdd: rule === 'evenodd',
    };
  });
}

let icons: Record<string, { body: string }> | null = null;

export function drawPictogram(name: string, category: keyof typeof PICTOGRAMS, rng: Random): Picture {
  icons ??= JSON.parse(
    readFileSync(
      createRequire(import.meta.url).resolve('@iconify-json/fluent-emoji-flat/icons.json'),
      'utf8',
    ),
  ).icons as Record<string, { body: string }>;
  const icon = icons[name];
  if (!icon) throw new Error(`There is no pictogram named ${name}.`);
  const picture = drawGround(category, SIZE, rng);
  const scale = (SIZE / VIEW) * rng.between(0.78, 0.9);
  const angle = rng.between(-0.22, 0.22);
  const [cos, sin] = [scale * Math.cos(angle), scale * Math.sin(angle)];
  const [cx, cy] = [SIZE / 2 + rng.between(-4, 4), SIZE / 2 + rng.between(-4, 4)];
  const middle = VIEW / 2;
  const map = [cos, sin, -sin, cos, cx - middle * (cos - sin), cy - middle * (sin + cos)] as const;
  for (const shape of shapes(name, icon.body))
    fill(picture, shape.polygons, map, shape.colour, shape.opacity, shape.evenOdd);
  return picture;
}
