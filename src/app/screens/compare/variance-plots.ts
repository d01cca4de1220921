import { cumulative } from '../../state/variance.svelte';
import type { FigurePlot } from '../../widgets/figure/draw';

interface Component {
  component: number;
  share: number;
  sum: number;
}

export function components(explained: readonly number[]): Component[] {
  const sums = cumulative(explained);
  return explained.map((share, i) => ({ component: i + 1, share, sum: sums[i] }));
}

export interface VarianceWords {
  axis: string;
  percent: (share: number) => string;
  scree: (one: Component) => string;
  cumulative: (one: Component) => string;
}

/** The share of each component, by rank; `chosen`: the dimension after the reduction in use, null without one. */
export function screePlot(
  explained: readonly number[],
  chosen: number | null,
  words: VarianceWords,
): FigurePlot {
  const all = components(explained);
  // Beyond these the shares are a flat line, which hides the elbow.
  const shown = all.slice(0, Math.max(50, 2 * (chosen ?? 0)));
  return (_width, { Plot }) => ({
    height: 240,
    marginLeft: 52,
    marginBottom: 34,
    x: {
      label: words.axis,
      labelAnchor: 'center',
      labelArrow: 'none',
      domain: [0.5, shown.length + 0.5],
      ticks: 6,
    },
    y: { label: null, grid: true, ticks: 5, tickFormat: words.percent },
    marks: [
      Plot.rectY(shown, {
        x1: ({ component }: Component) => component - 0.5,
        x2: ({ component }: Component) => component + 0.5,
        y: 'share',
        inset: shown.length > 100 ? 0 : 0.5,
        fill: ({ component }: Component) =>
          chosen === null || component <= chosen ? 'var(--accent)' : 'var(--line-strong)',
      }),
      Plot.ruleY([0], { stroke: 'var(--line-strong)' }),
      Plot.tip(shown, Plot.pointerX({ x: 'component', y: 'share', title: words.scree })),
    ],
    color: { type: 'identity' },
  });
}

/** What the first 1, 2, … components hold together, with the levels that are often asked for. */
export function cumulativePlot(
  explained: readonly number[],
  chosen: number | null,
  levels: readonly { share: number; dimensions: number | null }[],
  words: VarianceWords,
): FigurePlot {
  const all = [{ component: 0, share: 0, sum: 0 }, ...components(explained)];
  const reached = levels.filter((level) => level.dimensions !== null);
  const now = all.filter(({ component }) => component === chosen);
  return (_width, { Plot }) => ({
    height: 240,
    marginLeft: 52,
    marginBottom: 34,
    x: {
      label: words.axis,
      labelAnchor: 'center',
      labelArrow: 'none',
      domain: [0, Math.max(explained.length, 1)],
      ticks: 6,
    },
    y: { label: null, domain: [0, 1], grid: true, ticks: 5, tickFormat: words.percent },
    marks: [
      Plot.ruleY(reached, {
        x1: 0,
        x2: 'dimensions',
        y: 'share',
        stroke: 'var(--ink-3)',
        strokeDasharray: '2 3',
      }),
      Plot.ruleX(now, { x: 'component', stroke: 'var(--accent)', strokeDasharray: '2 2' }),
      Plot.lineY(all, { x: 'component', y: 'sum', stroke: 'var(--ink-2)', strokeWidth: 1.5 }),
      Plot.dot(reached, {
        x: 'dimensions',
        y: 'share',
        r: 3.5,
        stroke: 'var(--ink)',
        strokeWidth: 1.5,
        fill: 'var(--surface)',
      }),
      Plot.dot(now, { x: 'component', y: 'sum', r: 3, fill: 'var(--accent)' }),
      Plot.tip(all.slice(1), Plot.pointerX({ x: 'component', y: 'sum', title: words.cumulative })),
    ],
  });
}
