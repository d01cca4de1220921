import type { Categories } from './point-colours';

/** Steps of colour; more are not told apart. */
export const STEPS = 64;
/** From so many values on, the ends of the scale are the first and the last hundredth: one odd value must not flatten the rest. */
const ENOUGH = 100;

export interface Ramp extends Categories {
  ramp: true;
  low: number;
  high: number;
  /** Values lie beyond the ends of the scale. */
  below: boolean;
  above: boolean;
  /** Images without a value. */
  none: number;
}

/** Numbers as steps of a scale: image i has step `codes[i]`, or `STEPS` without a (finite) value; null when there is no scale. */
export function rampOf(values: Float64Array, n: number): Ramp | null {
  const sorted = values.subarray(0, n).filter(Number.isFinite).sort();
  if (sorted.length === 0) return null;
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))];
  const [first, last] = [sorted[0], at(1)];
  const inner = sorted.length >= ENOUGH ? [at(0.01), at(0.99)] : [first, last];
  const [low, high] = inner[0] < inner[1] ? inner : [first, last];
  if (low === high) return null;
  const codes = Uint16Array.from({ length: n }, (_, row) => {
    const value = row < values.length ? values[row] : NaN;
    return Number.isFinite(value) ? stepOf(value, low, high) : STEPS;
  });
  const none = n - sorted.length;
  return { codes, count: STEPS, ramp: true, low, high, below: first < low, above: last > high, none };
}

/** The step of a value, those beyond the ends in the outermost. */
function stepOf(value: number, low: number, high: number): number {
  // Halves first: the difference of two huge numbers is infinite.
  const share = (value / 2 - low / 2) / (high / 2 - low / 2);
  return Math.min(Math.max(Math.floor(share * STEPS), 0), STEPS - 1);
}
