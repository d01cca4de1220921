/** A linear map from values to pixels; a domain without extent maps to the middle of the range. */
export interface Scale {
  domain: readonly [number, number];
  range: readonly [number, number];
}

export function at({ domain: [d0, d1], range: [r0, r1] }: Scale, value: number): number {
  return d1 === d0 ? (r0 + r1) / 2 : r0 + ((value - d0) / (d1 - d0)) * (r1 - r0);
}

/** Smallest and largest finite value; [0, 1] when there is none. */
export function extentOf(values: readonly number[]): [number, number] {
  const finite = values.filter(Number.isFinite);
  return finite.length ? [Math.min(...finite), Math.max(...finite)] : [0, 1];
}

/** SVG path through the points; a point that is not finite breaks the line. */
export function linePath(points: readonly (readonly [number, number])[]): string {
  let path = '';
  let open = false;
  for (const [x, y] of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      open = false;
      continue;
    }
    path += `${open ? 'L' : 'M'}${round(x)},${round(y)}`;
    open = true;
  }
  return path;
}

/** Closed SVG path between an upper and a lower line over the same x. */
export function bandPath(points: readonly { x: number; high: number; low: number }[]): string {
  const finite = points.filter((p) => Number.isFinite(p.high) && Number.isFinite(p.low));
  if (finite.length < 2) return '';
  const upper = finite.map((p) => [p.x, p.high] as const);
  const lower = finite.map((p) => [p.x, p.low] as const).reverse();
  return `${linePath([...upper, ...lower])}Z`;
}

/** The entry of `ks` drawn nearest to `x` pixels. `ks` must not be empty. */
export function nearestK(ks: readonly number[], scale: Scale, x: number): number {
  return ks.reduce((best, k) => (Math.abs(at(scale, k) - x) < Math.abs(at(scale, best) - x) ? k : best));
}

const round = (pixels: number): number => Math.round(pixels * 100) / 100;
