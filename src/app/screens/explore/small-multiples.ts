import type { FigurePlot } from '../../widgets/figure/draw';
import { clusterColour } from '../../state/palette';
import { panelsOf, tickStep, type Bar, type PanelBar } from './panels';

/** What the small charts show, and what things are called. */
export interface SmallMultiples {
  clusters: readonly number[];
  places: number;
  counts: Uint32Array;
  by: 'values' | 'clusters';
  shares: boolean;
  nameOf: (cluster: number) => string;
  valueOf: (place: number) => string;
  /** What a bar is, in words. */
  textOf: (bar: Bar) => string;
  titleOf: (name: string, total: number) => string;
}

/** `gap`: room for the axis of a chart and the title of the one below it. */
const CHART = { width: 190, height: 118, bar: 15, names: 104, gap: 50 };
/** Pixels of a letter of 11 px, about. */
const LETTER = 6.2;

/** The bars in the order in which the chart has them, for who picks one by its index. */
export function barsOf({ counts, clusters, places, by }: SmallMultiples): Bar[] {
  return panelsOf(counts, { clusters, places, by, perRow: 1 }).bars;
}

/** Small charts side by side on one scale: upright bars by number of the cluster, or lying ones by name of the value. */
export function smallMultiples(shown: SmallMultiples): FigurePlot {
  const { clusters, places, by, shares } = shown;
  const lying = by === 'clusters';
  const within = lying ? [...Array(places).keys()] : clusters;
  return (width, { Plot, theme, tick }) => {
    const room = lying ? width - CHART.names : width - 36;
    const perRow = Math.max(1, Math.floor(room / CHART.width));
    const { panels, bars } = panelsOf(shown.counts, { ...shown, perRow });
    const rows = Math.max(1, Math.ceil(panels.length / perRow));
    const chart = lying ? Math.max(48, within.length * CHART.bar + 8) : CHART.height;
    const across = room / perRow;
    const short = (text: string, pixels: number): string => {
      const most = Math.max(4, Math.floor(pixels / LETTER));
      return text.length > most ? `${text.slice(0, most - 1)}…` : text;
    };
    const facet = { fx: ({ panel }: PanelBar) => panel.column, fy: ({ panel }: PanelBar) => panel.row };
    const size = (bar: Bar): number => (shares ? bar.share : bar.count);
    const fill = (bar: Bar): string => clusterColour(bar.cluster, theme);
    const text = (bar: Bar): string => shown.textOf(bar);
    const step = tickStep(within.length, across * 0.9, 16);
    const title = (of: number): string => (lying ? shown.nameOf(of) : shown.valueOf(of));
    const measure = { grid: true, label: null, percent: shares };
    return {
      height: rows * (chart + CHART.gap) + 8,
      marginTop: 28,
      marginBottom: 30,
      marginLeft: lying ? CHART.names : 40,
      marginRight: lying ? 14 : 8,
      fx: { axis: null, domain: [...Array(Math.min(perRow, panels.length)).keys()], padding: 0.08 },
      fy: {
        axis: null,
        domain: [...Array(rows).keys()],
        padding: CHART.gap / (chart + CHART.gap),
        paddingOuter: 0,
      },
      [lying ? 'x' : 'y']: measure,
      [lying ? 'y' : 'x']: {
        domain: within,
        label: null,
        tickSize: 0,
        padding: 0.12,
        ...(lying && { tickFormat: (place: number) => short(shown.valueOf(place), CHART.names - 8) }),
      },
      marks: [
        // Below every chart: the lowest may be far out of sight.
        Plot.axisX({
          facetAnchor: null,
          label: null,
          tickSize: 0,
          ...(lying
            ? { tickFormat: tick }
            : { ticks: within.filter((_, i) => i % step === 0), tickFormat: String }),
        }),
        lying ? Plot.ruleX([0]) : Plot.ruleY([0]),
        lying
          ? Plot.barX(bars, {
              ...facet,
              x: size,
              y: 'place',
              fill,
              className: 'pick',
              ariaLabel: text,
              title: text,
            })
          : Plot.barY(bars, {
              ...facet,
              y: size,
              x: 'cluster',
              fill,
              className: 'pick',
              ariaLabel: text,
              title: text,
            }),
        Plot.text(panels, {
          fx: 'column',
          fy: 'row',
          frameAnchor: 'top-left',
          dy: -16,
          fill: 'var(--ink)',
          fontWeight: 600,
          text: (panel: { of: number; total: number }) =>
            short(shown.titleOf(title(panel.of), panel.total), across * 0.92),
        }),
      ],
    };
  };
}
