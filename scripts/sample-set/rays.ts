import { blank, type Picture } from './picture';
import type { Random } from './random';

/** A particle camera in the dark: what one detection looks like, 72 x 72 grey, the hit in the middle. */
export const RAY_CLASSES = ['artefact', 'spot', 'track', 'worm'] as const;
export type RayClass = (typeof RAY_CLASSES)[number];

/** Each camera has its own dark level and read noise, in grey levels. */
export interface Camera {
  name: string;
  dark: number;
  noise: number;
}

export const CAMERAS: readonly Camera[] = [
  { name: 'cam-anna', dark: 6, noise: 1.6 },
  { name: 'cam-bela', dark: 9, noise: 2.2 },
  { name: 'cam-cyra', dark: 5, noise: 1.2 },
  { name: 'cam-dora', dark: 14, noise: 2.8 },
  { name: 'cam-elsa', dark: 8, noise: 1.8 },
];

const SIZE = 72;
const MIDDLE = SIZE / 2;

interface Point {
  x: number;
  y: number;
  energy: number;
}

/** Adds charge spread by diffusion as a Gaussian of the given width. */
function deposit(picture: Picture, x: number, y: number, energy: number, sigma: number): void {
  const reach = Math.ceil(sigma * 4);
  for (let py = Math.max(0, Math.floor(y) - reach); py <= Math.min(SIZE - 1, y + reach); py++)
    for (let px = Math.max(0, Math.floor(x) - reach); px <= Math.min(SIZE - 1, x + reach); px++) {
      const r2 = (px - x) ** 2 + (py - y) ** 2;
      picture.data[py * SIZE + px] += energy * Math.exp(-r2 / (2 * sigma * sigma));
    }
}

/** Fluctuation of the energy lost in a thin layer: mostly near 1, sometimes several times as much. */
function straggling(rng: Random): number {
  return Math.min(4, 0.55 - 0.35 * Math.log(rng.normal() ** 2 + 1e-3));
}

function drawPath(picture: Picture, path: Point[], sigma: number): void {
  const x0 = path.reduce((sum, p) => sum + p.x, 0) / path.length - MIDDLE;
  const y0 = path.reduce((sum, p) => sum + p.y, 0) / path.length - MIDDLE;
  for (const { x, y, energy } of path) deposit(picture, x - x0, y - y0, energy, sigma);
}

/** A charge cloud straight from above: round or a little oval, saturated in its core. */
function spot(picture: Picture, rng: Random): void {
  const sigma = rng.between(1.6, 4.2);
  const angle = rng.between(0, Math.PI);
  const stretch = rng.between(0, 1.2);
  for (const t of [-1, 0, 1])
    deposit(
      picture,
      MIDDLE + t * stretch * Math.cos(angle),
      MIDDLE + t * stretch * Math.sin(angle),
      rng.between(90, 220),
      sigma,
    );
}

/** A fast muon: a straight line that crosses the sensor at a flat angle. */
function track(picture: Picture, rng: Random): void {
  const angle = rng.between(0, Math.PI);
  const length = rng.between(34, 66);
  const brightness = rng.between(55, 110);
  const path: Point[] = [];
  for (let s = 0; s < length; s += 0.5)
    path.push({ x: s * Math.cos(angle), y: s * Math.sin(angle), energy: brightness * straggling(rng) });
  drawPath(picture, path, rng.between(0.8, 1.3));
}

/** A slow electron: scattered again and again, it curls and loses most energy where it stops. */
function worm(picture: Picture, rng: Random): void {
  const steps = 70 + rng.index(60);
  const bend = rng.pick([-1, 1]) * rng.between(0.03, 0.09);
  const brightness = rng.between(38, 65);
  let angle = rng.between(0, 2 * Math.PI);
  let [x, y] = [0, 0];
  const path: Point[] = [];
  for (let i = 0; i < steps; i++) {
    angle += bend + 0.2 * rng.normal();
    x += 0.75 * Math.cos(angle);
    y += 0.75 * Math.sin(angle);
    path.push({ x, y, energy: brightness * straggling(rng) * (1 + 1.5 * (i / steps) ** 4) });
  }
  drawPath(picture, path, rng.between(0.8, 1.1));
}

/** What a sensor makes up by itself: hot pixels in a crowd, bright columns, or a light leak with banding. */
function artefact(picture: Picture, rng: Random, index: number): void {
  if (index % 3 === 0) {
    for (let i = 60 + rng.index(120); i > 0; i--)
      picture.data[rng.index(SIZE) * SIZE + rng.index(SIZE)] += rng.between(80, 250);
  } else if (index % 3 === 1) {
    const columns = Array.from({ length: 3 + rng.index(5) }, () => rng.index(SIZE));
    for (const column of columns) {
      const level = rng.between(60, 200);
      for (let y = 0; y < SIZE; y++) picture.data[y * SIZE + column] += level * rng.between(0.8, 1);
    }
  } else {
    const [angle, period, level] = [rng.between(0, 6.28), rng.between(5, 9), rng.between(90, 170)];
    for (let y = 0; y < SIZE; y++)
      for (let x = 0; x < SIZE; x++) {
        const along = ((x - MIDDLE) * Math.cos(angle) + (y - MIDDLE) * Math.sin(angle)) / SIZE;
        const band = 0.7 + 0.3 * Math.sin((2 * Math.PI * y) / period);
        picture.data[y * SIZE + x] += level * Math.max(0, along + 0.7) * band;
      }
  }
}

export function drawRay(kind: RayClass, index: number, camera: Camera, rng: Random): Picture {
  const picture = blank(SIZE, SIZE, 1);
  if (kind === 'spot') spot(picture, rng);
  else if (kind === 'track') track(picture, rng);
  else if (kind === 'worm') worm(picture, rng);
  else artefact(picture, rng, index);
  for (let i = 0; i < picture.data.length; i++) picture.data[i] += camera.dark + camera.noise * rng.normal();
  return picture;
}
