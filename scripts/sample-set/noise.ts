import type { Random } from './random';

export type Noise = (x: number, y: number) => number;

const SIDE = 64;

/** Smooth value noise on a grid of 64 x 64 that repeats; -1..1, one feature a unit. */
export function valueNoise(rng: Random): Noise {
  const grid = Float64Array.from({ length: SIDE * SIDE }, () => rng.between(-1, 1));
  const at = (x: number, y: number) => grid[(y & (SIDE - 1)) * SIDE + (x & (SIDE - 1))];
  const ease = (t: number) => t * t * (3 - 2 * t);
  return (x, y) => {
    const [x0, y0] = [Math.floor(x), Math.floor(y)];
    const [u, v] = [ease(x - x0), ease(y - y0)];
    const top = at(x0, y0) * (1 - u) + at(x0 + 1, y0) * u;
    const bottom = at(x0, y0 + 1) * (1 - u) + at(x0 + 1, y0 + 1) * u;
    return top * (1 - v) + bottom * v;
  };
}

/** Fractal Brownian motion: octaves of noise, each twice as fine and half as strong; about -1..1. */
export function fractal(noise: Noise, octaves: number): Noise {
  return (x, y) => {
    let [sum, weight, scale] = [0, 0.5, 1];
    for (let i = 0; i < octaves; i++) {
      sum += weight * noise(x * scale, y * scale);
      weight /= 2;
      scale *= 2;
    }
    return sum;
  };
}
