/** Numbers that the curve is fitted to, and how far they reach in units of the spread. */
const POINTS = 300;
const REACH = 3;
const MOST_STEPS = 200;

/**
 * a and b such that 1 / (1 + a x^2b) is as close as can be to 1 up to `minDist` and to exp(-(x - minDist)) beyond, as umap-learn
 * fits them with scipy's curve_fit: least squares over 300 points, here by Levenberg-Marquardt.
 */
export function fitCurve(minDist: number): { a: number; b: number } {
  const x = Float64Array.from({ length: POINTS }, (_, i) => (REACH * i) / (POINTS - 1));
  const y = x.map((at) => (at < minDist ? 1 : Math.exp(minDist - at)));
  let at = { a: 1, b: 1 };
  let error = errorOf(x, y, at);
  let damping = 1e-3;
  for (let step = 0; step < MOST_STEPS && damping < 1e12; step++) {
    const next = improved(x, y, at, damping);
    const better = next.a > 0 && next.b > 0 ? errorOf(x, y, next) : Infinity;
    if (better < error) {
      const isDone = error - better < 1e-15 * error;
      [at, error, damping] = [next, better, damping / 10];
      if (isDone) break;
    } else damping *= 10;
  }
  return at;
}

function errorOf(x: Float64Array, y: Float64Array, { a, b }: { a: number; b: number }): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (1 / (1 + a * x[i] ** (2 * b)) - y[i]) ** 2;
  return sum;
}

/** A damped Gauss-Newton step. */
function improved(
  x: Float64Array,
  y: Float64Array,
  { a, b }: { a: number; b: number },
  damping: number,
): { a: number; b: number } {
  let [aa, ab, bb, ra, rb] = [0, 0, 0, 0, 0];
  // At x = 0 the curve is 1 whatever a and b.
  for (let i = 1; i < x.length; i++) {
    const power = x[i] ** (2 * b);
    const value = 1 / (1 + a * power);
    const da = -power * value * value;
    const db = -2 * a * Math.log(x[i]) * power * value * value;
    const rest = y[i] - value;
    aa += da * da;
    ab += da * db;
    bb += db * db;
    ra += da * rest;
    rb += db * rest;
  }
  const [p, q] = [aa * (1 + damping), bb * (1 + damping)];
  const determinant = p * q - ab * ab;
  return { a: a + (ra * q - rb * ab) / determinant, b: b + (rb * p - ra * ab) / determinant };
}
