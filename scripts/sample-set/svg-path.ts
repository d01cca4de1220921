/** An affine map: x' = a x + c y + e, y' = b x + d y + f. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];
export type Polygon = number[];

const ARGUMENTS: Record<string, number> = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, T: 2, A: 7, Z: 0 };
const SEGMENTS = 12;

/** The numbers after one command; the two flags of an arc are single digits that may touch the next number. */
function numbers(command: string, text: string): number[] {
  const number = String.raw`\s*,?\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)`;
  const flag = String.raw`\s*,?\s*([01])`;
  const arc = new RegExp(number.repeat(3) + flag.repeat(2) + number.repeat(2), 'gi');
  const pattern = command === 'A' ? arc : new RegExp(number, 'gi');
  return [...text.matchAll(pattern)].flatMap((match) => match.slice(1).map(Number));
}

/** Flattens SVG path data to closed polygons [x0, y0, x1, y1, …]; throws on a command it does not know. */
export function polygons(d: string): Polygon[] {
  const out: Polygon[] = [];
  let current: Polygon = [];
  let [x, y, cx, cy] = [0, 0, 0, 0];
  let previous = '';
  const lineTo = (px: number, py: number) => {
    current.push(px, py);
    [x, y] = [px, py];
  };
  const cubic = (x1: number, y1: number, x2: number, y2: number, x3: number, y3: number) => {
    const [x0, y0] = [x, y];
    for (let i = 1; i <= SEGMENTS; i++) {
      const t = i / SEGMENTS;
      const s = 1 - t;
      const [b0, b1, b2, b3] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
      lineTo(b0 * x0 + b1 * x1 + b2 * x2 + b3 * x3, b0 * y0 + b1 * y1 + b2 * y2 + b3 * y3);
    }
    [cx, cy] = [x2, y2];
  };
  for (const [, letter, text] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const upper = letter.toUpperCase();
    const size = ARGUMENTS[upper];
    if (size === undefined) throw new Error(`Unknown path command ${letter}`);
    const all = numbers(upper, text);
    for (let i = 0; i === 0 || i < all.length; i += size || 1) {
      const a = all.slice(i, i + size);
      const [ox, oy] = letter === upper ? [0, 0] : [x, y];
      if (upper === 'Z') {
        if (current.length) [x, y] = current;
        current = [];
        out.push(current);
      } else if (upper === 'M' && i === 0) {
        current = [];
        out.push(current);
        lineTo(ox + a[0], oy + a[1]);
      } else {
        if (!current.length) current.push(x, y);
        if (upper === 'H') lineTo(ox + a[0], y);
        else if (upper === 'V') lineTo(x, oy + a[0]);
        else if (upper === 'C') cubic(ox + a[0], oy + a[1], ox + a[2], oy + a[3], ox + a[4], oy + a[5]);
        else if (upper === 'S') {
          const [x1, y1] = /[CS]/.test(previous) ? [2 * x - cx, 2 * y - cy] : [x, y];
          cubic(x1, y1, ox + a[0], oy + a[1], ox + a[2], oy + a[3]);
        } else if (upper === 'Q' || upper === 'T') {
          const smooth = /[QT]/.test(previous) ? [2 * x - cx, 2 * y - cy] : [x, y];
          const [qx, qy] = upper === 'Q' ? [ox + a[0], oy + a[1]] : smooth;
          const [ex, ey] = upper === 'Q' ? [ox + a[2], oy + a[3]] : [ox + a[0], oy + a[1]];
          cubic(x + (2 / 3) * (qx - x), y + (2 / 3) * (qy - y), ex + (2 / 3) * (qx - ex), ey + (2 / 3) * (qy - ey), ex, ey); // prettier-ignore
          [cx, cy] = [qx, qy];
        } else if (upper === 'A') arc(x, y, a, ox + a[5], oy + a[6]).forEach((p) => lineTo(p[0], p[1]));
        else lineTo(ox + a[0], oy + a[1]);
      }
      previous = upper;
    }
  }
  return out.filter((polygon) => polygon.length >= 6);
}

/** Points along an elliptical arc, by the centre form of the SVG specification, appendix B.2.4. */
function arc(x1: number, y1: number, a: number[], x2: number, y2: number): [number, number][] {
  const [phi, large, sweep] = [(a[2] * Math.PI) / 180, a[3], a[4]];
  let [rx, ry] = [Math.abs(a[0]), Math.abs(a[1])];
  if (!rx || !ry || (x1 === x2 && y1 === y2)) return [[x2, y2]];
  const [cos, sin] = [Math.cos(phi), Math.sin(phi)];
  const px = (cos * (x1 - x2)) / 2 + (sin * (y1 - y2)) / 2;
  const py = (-sin * (x1 - x2)) / 2 + (cos * (y1 - y2)) / 2;
  const grow = Math.sqrt(Math.max(1, (px / rx) ** 2 + (py / ry) ** 2));
  [rx, ry] = [rx * grow, ry * grow];
  const divisor = (rx * py) ** 2 + (ry * px) ** 2;
  const root = Math.sqrt(Math.max(0, (rx * ry) ** 2 / divisor - 1)) * (large === sweep ? -1 : 1);
  const [ux, uy] = [(root * rx * py) / ry, (-root * ry * px) / rx];
  const [mx, my] = [cos * ux - sin * uy + (x1 + x2) / 2, sin * ux + cos * uy + (y1 + y2) / 2];
  const start = Math.atan2((py - uy) / ry, (px - ux) / rx);
  let turn = Math.atan2((-py - uy) / ry, (-px - ux) / rx) - start;
  if (sweep && turn < 0) turn += 2 * Math.PI;
  if (!sweep && turn > 0) turn -= 2 * Math.PI;
  return Array.from({ length: SEGMENTS * 2 }, (_, i) => {
    const t = start + (turn * (i + 1)) / (SEGMENTS * 2);
    const [ex, ey] = [rx * Math.cos(t), ry * Math.sin(t)];
    return [cos * ex - sin * ey + mx, sin * ex + cos * ey + my];
  });
}
