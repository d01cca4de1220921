import type { FigurePlot } from './figure/draw';

/** A score of every k, as a curve. */
export interface ScoreCurve {
  /** Rising. */
  ks: readonly number[];
  values: readonly number[];
  /** Standard errors, drawn as a band; null without. */
  errors: readonly number[] | null;
  /** The k in use. */
  k: number;
  /** The k that this score would take. */
  best: number | null;
}

interface Point {
  k: number;
  value: number;
  error: number;
}

export function scorePoints({ ks, values, errors }: ScoreCurve): Point[] {
  return ks.map((k, i) => ({ k, value: values[i], error: errors?.[i] ?? 0 }));
}

/** The whole numbers among which an axis of so many pixels has room for ticks. */
export function wholeTicks(values: readonly number[], width: number): number[] {
  const room = Math.max(1, Math.floor(width / 36));
  const step = [1, 2, 5, 10, 20, 50, 100].find((s) => values.length / s <= room) ?? 200;
  return values.length <= room ? [...values] : values.filter((value) => value % step === 0);
}

/** The curve with its band, the k in use as a line with its value, and the score's own best as a ring. */
export function scorePlot(
  curve: ScoreCurve,
  format: (value: number) => string,
  tip: (point: Point) => string,
): FigurePlot {
  const points = scorePoints(curve).filter(({ value }) => Number.isFinite(value));
  const at = (k: number | null): Point[] => points.filter((point) => point.k === k);
  const { ks } = curve;
  const toRight = ks.indexOf(curve.k) < 0.7 * ks.length;
  return (width, { Plot }) => ({
    height: 168,
    marginLeft: 52,
    marginTop: 16,
    marginBottom: 34,
    x: {
      label: 'k',
      labelAnchor: 'center',
      labelArrow: 'none',
      ticks: wholeTicks(ks, width - 64),
      domain: extent(ks),
    },
    y: {
      label: null,
      grid: true,
      ticks: 4,
      ...(points.length === 0 ? { domain: [0, 1] } : {}),
    },
    marks: [
      curve.errors &&
        Plot.areaY(points, {
          x: 'k',
          y1: ({ value, error }: Point) => value - error,
          y2: ({ value, error }: Point) => value + error,
          fill: 'var(--accent)',
          fillOpacity: 0.18,
        }),
      Plot.ruleX(at(curve.k), { x: 'k', stroke: 'var(--accent)', strokeDasharray: '2 2' }),
      Plot.lineY(points, { x: 'k', y: 'value', stroke: 'var(--ink-2)', strokeWidth: 1.5 }),
      Plot.dot(points, { x: 'k', y: 'value', r: 1.5, fill: 'var(--ink-2)' }),
      Plot.dot(at(curve.best), { x: 'k', y: 'value', r: 5, stroke: 'var(--ink)', strokeWidth: 1.5 }),
      Plot.dot(at(curve.k), { x: 'k', y: 'value', r: 3, fill: 'var(--accent)' }),
      Plot.text(at(curve.k), {
        x: 'k',
        text: ({ value }: Point) => format(value),
        frameAnchor: 'top',
        dy: -12,
        dx: toRight ? 4 : -4,
        textAnchor: toRight ? 'start' : 'end',
        fill: 'var(--ink)',
        fontWeight: 600,
      }),
      Plot.tip(points, Plot.pointerX({ x: 'k', y: 'value', title: tip })),
    ],
  });
}

/** A single value gets room on both sides. */
function extent(ks: readonly number[]): [number, number] {
  const [low, high] = [ks[0] ?? 0, ks[ks.length - 1] ?? 1];
  return low === high ? [low - 1, high + 1] : [low, high];
}
