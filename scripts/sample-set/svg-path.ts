/** An affine map: x' = a x + c y + e, y' = b x + d y + f. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];
/** x0, y0, x1, y1, …; closed. */
export type Polygon = number[];

/** Lines that stand for one curve. */
const SEGMENTS = 12;

/** Collects the outlines that drawing commands leave, curves as lines. */
class Pen {
  readonly outlines: Polygon[] = [];
  x = 0;
  y = 0;
  /** The last control point if the last command was of the kind that `S` or `T` continues, else null. */
  control: { x: number; y: number; of: 'C' | 'Q' } | null = null;
  private outline: Polygon | null = null;

  moveTo(x: number, y: number): void {
    this.outline = null;
    [this.x, this.y] = [x, y];
  }

  lineTo(x: number, y: number): void {
    if (!this.outline) this.outlines.push((this.outline = [this.x, this.y]));
    this.outline.push(x, y);
    [this.x, this.y] = [x, y];
  }

  cubicTo(x1: number, y1: number, x2: number, y2: number, x3: number, y3: number): void {
    const { x, y } = this;
    for (let i = 1; i <= SEGMENTS; i++) {
      const t = i / SEGMENTS;
      const s = 1 - t;
      const [b0, b1, b2, b3] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
      this.lineTo(b0 * x + b1 * x1 + b2 * x2 + b3 * x3, b0 * y + b1 * y1 + b2 * y2 + b3 * y3);
    }
    this.control = { x: x2, y: y2, of: 'C' };
  }

  quadraticTo(x1: number, y1: number, x2: number, y2: number): void {
    const toward = (from: number, control: number) => from + (2 / 3) * (control - from);
    this.cubicTo(toward(this.x, x1), toward(this.y, y1), toward(x2, x1), toward(y2, y1), x2, y2);
    this.control = { x: x1, y: y1, of: 'Q' };
  }

  arcTo(rx: number, ry: number, degrees: number, large: number, sweep: number, x: number, y: number): void {
    const points = arc(
      this.x,
      this.y,
      Math.abs(rx),
      Math.abs(ry),
      (degrees * Math.PI) / 180,
      large,
      sweep,
      x,
      y,
    );
    for (const [px, py] of points) this.lineTo(px, py);
  }

  close(): void {
    if (this.outline) [this.x, this.y] = this.outline;
    this.outline = null;
  }

  /** The last control point mirrored at the pen, or the pen itself. */
  mirrored(of: 'C' | 'Q'): [number, number] {
    return this.control?.of === of
      ? [2 * this.x - this.control.x, 2 * this.y - this.control.y]
      : [this.x, this.y];
  }
}

/** For each command its number of arguments and what it does; x and y are the origin of its coordinates. */
const COMMANDS: Record<string, [count: number, draw: (pen: Pen, a: number[], x: number, y: number) => void]> =
  {
    M: [2, (pen, a, x, y) => pen.moveTo(x + a[0], y + a[1])],
    L: [2, (pen, a, x, y) => pen.lineTo(x + a[0], y + a[1])],
    H: [1, (pen, a, x) => pen.lineTo(x + a[0], pen.y)],
    V: [1, (pen, a, _, y) => pen.lineTo(pen.x, y + a[0])],
    C: [6, (pen, a, x, y) => pen.cubicTo(x + a[0], y + a[1], x + a[2], y + a[3], x + a[4], y + a[5])],
    S: [4, (pen, a, x, y) => pen.cubicTo(...pen.mirrored('C'), x + a[0], y + a[1], x + a[2], y + a[3])],
    Q: [4, (pen, a, x, y) => pen.quadraticTo(x + a[0], y + a[1], x + a[2], y + a[3])],
    T: [2, (pen, a, x, y) => pen.quadraticTo(...pen.mirrored('Q'), x + a[0], y + a[1])],
    A: [7, (pen, a, x, y) => pen.arcTo(a[0], a[1], a[2], a[3], a[4], x + a[5], y + a[6])],
    Z: [0, (pen) => pen.close()],
  };

const NUMBER = String.raw`\s*,?\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)`;
/** The flags of an arc are single digits that may touch the next number. */
const FLAG = String.raw`\s*,?\s*([01])`;
const ARC = NUMBER.repeat(3) + FLAG.repeat(2) + NUMBER.repeat(2);

function numbers(command: string, text: string): number[] {
  const pattern = new RegExp(command === 'A' ? ARC : NUMBER, 'gi');
  return [...text.matchAll(pattern)].flatMap((match) => match.slice(1).map(Number));
}

/** Flattens SVG path data to closed polygons; throws on a command that SVG does not have. */
export function polygons(d: string): Polygon[] {
  const pen = new Pen();
  for (const [, letter, text] of d.matchAll(/([a-z])([^a-z]*(?:e[-+]?\d[^a-z]*)*)/gi)) {
    let command = letter.toUpperCase();
    const absolute = letter === command;
    if (!COMMANDS[command]) throw new Error(`SVG has no path command ${letter}.`);
    const values = numbers(command, text);
    let at = 0;
    do {
      const [count, draw] = COMMANDS[command];
      const [x, y] = absolute ? [0, 0] : [pen.x, pen.y];
      const { control } = pen;
      draw(pen, values.slice(at, at + count), x, y);
      if (pen.control === control) pen.control = null;
      at += count;
      // Further pairs after a move are lines, in the same coordinates.
      if (command === 'M' && at < values.length) command = 'L';
    } while (at < values.length);
  }
  return pen.outlines.filter((outline) => outline.length >= 6);
}

/** Points along an elliptical arc, by the centre form of the SVG specification, appendix B.2.4. */
function arc(
  x1: number,
  y1: number,
  radiusX: number,
  radiusY: number,
  phi: number,
  large: number,
  sweep: number,
  x2: number,
  y2: number,
): [number, number][] {
  if (!radiusX || !radiusY || (x1 === x2 && y1 === y2)) return [[x2, y2]];
  const [cos, sin] = [Math.cos(phi), Math.sin(phi)];
  const px = (cos * (x1 - x2)) / 2 + (sin * (y1 - y2)) / 2;
  const py = (-sin * (x1 - x2)) / 2 + (cos * (y1 - y2)) / 2;
  const grow = Math.sqrt(Math.max(1, (px / radiusX) ** 2 + (py / radiusY) ** 2));
  const [rx, ry] = [radiusX * grow, radiusY * grow];
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
