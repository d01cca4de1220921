import { clusterColour } from '../../state/palette';
import type { FigurePlot } from '../../widgets/figure/draw';
import type { SpreadRow } from './spread-rows';

/** What the chart of a value shows. */
export interface SpreadFigure {
  /** In the order of the bars. */
  rows: readonly SpreadRow[];
  /** Of all images compared. */
  share: number;
  /** Whether the parts are clusters, which have a colour and a number. */
  clusters: boolean;
  nameOf: (part: number) => string;
  shareTitle: string;
  textOf: (row: SpreadRow) => string;
}

const MARKS = { over: '▲', under: '▼' } as const;

/** The share of a value in each part as upright bars, the share of all as a line, marks above the bars that stand out. */
export function spreadFigure({
  rows,
  share,
  clusters,
  nameOf,
  shareTitle,
  textOf,
}: SpreadFigure): FigurePlot {
  return (width, { Plot, theme }) => {
    const every = Math.max(1, Math.ceil((rows.length * 18) / Math.max(width - 60, 1)));
    const text = (row: SpreadRow): string => textOf(row);
    return {
      height: 200,
      marginTop: 24,
      marginLeft: 48,
      marginBottom: clusters ? 28 : 84,
      x: {
        type: 'band',
        domain: rows.map(({ part }) => part),
        label: null,
        tickSize: 0,
        ticks: rows.filter((_, i) => i % every === 0).map(({ part }) => part),
        tickFormat: clusters ? String : (part: number) => nameOf(part),
        tickRotate: clusters ? 0 : -45,
      },
      y: {
        percent: true,
        grid: true,
        label: `${shareTitle} (%)`,
        domain: [0, Math.min(100, 100 * Math.max(share, ...rows.map((row) => row.share)) * 1.12 || 1)],
      },
      marks: [
        Plot.ruleY([0]),
        Plot.barY(rows, {
          x: 'part',
          y: 'share',
          fill: (row: SpreadRow) => (clusters ? clusterColour(row.part, theme) : 'var(--accent)'),
          fillOpacity: (row: SpreadRow) => (row.mark === null ? 0.45 : 1),
          className: 'pick',
          ariaLabel: text,
          title: text,
        }),
        Plot.ruleY([share], { stroke: 'var(--ink)', strokeDasharray: '4 3' }),
        Plot.text(
          rows.filter(({ mark }) => mark !== null),
          { x: 'part', y: 'share', dy: -8, text: (row: SpreadRow) => MARKS[row.mark!], fill: 'var(--ink)' },
        ),
      ],
    };
  };
}
