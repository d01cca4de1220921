import type { FigurePlot } from '../../widgets/figure/draw';
import type { FigureTable } from '../../widgets/figure/figure-files';
import type { Contrast, ContrastBin, ContrastValue } from './column-contrast';

/** Bars for this many values at most. */
export const MOST_VALUES = 10;
/** Letters of a value on the axis; the table beside the figure has them all. */
const LETTERS = 18;
const BAR = 11;
const RANGE_HEIGHT = 150;

export const COLOURS = { here: 'var(--accent)', rest: 'var(--line-strong)' } as const;

/** The values to show: over-represented ones first, then those most frequent here. */
export function shownValues(values: readonly ContrastValue[]): ContrastValue[] {
  const over = values.filter((value) => value.over).sort((a, b) => b.ratio - a.ratio || b.here - a.here);
  return [...over, ...values.filter((value) => !value.over)].slice(0, MOST_VALUES);
}

/** Shares of the values, a bar for the cluster and one for the others; shares of ranges as steps. */
export function contrastPlot(contrast: Contrast, nameOf: (value: string) => string): FigurePlot {
  return contrast.kind === 'values' ? barPlot(contrast, nameOf) : rangePlot(contrast);
}

/** Height of the chart in pixels, to be kept free until it is drawn. */
export function contrastHeight(contrast: Contrast): number {
  return contrast.kind === 'values' ? shownValues(contrast.values).length * (2 * BAR + 8) + 30 : RANGE_HEIGHT;
}

function barPlot(contrast: Contrast & { kind: 'values' }, nameOf: (value: string) => string): FigurePlot {
  const { values, hereN, restN } = contrast;
  const shown = shownValues(values);
  const bars = shown.flatMap((value, i) => [
    { i, side: 0, share: value.here / hereN, fill: COLOURS.here },
    { i, side: 1, share: value.rest / restN, fill: COLOURS.rest },
  ]);
  return (_, { Plot }) => ({
    height: contrastHeight(contrast),
    marginLeft: 14 + 6.6 * Math.min(LETTERS, Math.max(...shown.map(({ name }) => nameOf(name).length))),
    marginTop: 4,
    x: { label: null, percent: true, grid: true, ticks: 4 },
    y: { axis: null, domain: [0, 1], padding: 0 },
    fy: {
      label: null,
      padding: 0.22,
      domain: shown.map((_value, i) => i),
      tickFormat: (i: number) => cut(nameOf(shown[i].name)),
    },
    marks: [
      Plot.axisFy({ anchor: 'left', label: null, tickFormat: (i: number) => cut(nameOf(shown[i].name)) }),
      Plot.barX(bars, { x: 'share', y: 'side', fy: 'i', fill: 'fill' }),
      Plot.ruleX([0]),
    ],
  });
}

function rangePlot({ type, bins, hereN, restN }: Contrast & { kind: 'ranges' }): FigurePlot {
  const at = (value: number): number | Date => (type === 'date' ? new Date(value) : value);
  const of = (side: 'here' | 'rest', n: number) =>
    bins.map((bin) => ({ x1: at(bin.low), x2: at(bin.high), share: bin[side] / n }));
  return (_, { Plot }) => ({
    height: RANGE_HEIGHT,
    marginLeft: 36,
    marginTop: 8,
    x: { label: null, type: type === 'date' ? 'utc' : 'linear', ticks: 4 },
    y: { label: null, percent: true, grid: true, ticks: 3 },
    marks: [
      Plot.rectY(of('rest', restN), { x1: 'x1', x2: 'x2', y: 'share', fill: COLOURS.rest, inset: 0.5 }),
      Plot.rectY(of('here', hereN), {
        x1: 'x1',
        x2: 'x2',
        y: 'share',
        fill: COLOURS.here,
        fillOpacity: 0.35,
        stroke: COLOURS.here,
        inset: 0.5,
      }),
      Plot.ruleY([0]),
    ],
  });
}

/** Everything that was counted. */
export function contrastTable(contrast: Contrast): FigureTable {
  if (contrast.kind === 'values')
    return {
      columns: ['value', 'here', 'others', 'share_here', 'share_others', 'over_represented'],
      rows: contrast.values.map(({ name, here, rest, over }) => [
        name,
        here,
        rest,
        here / contrast.hereN,
        rest / contrast.restN,
        over ? 'yes' : 'no',
      ]),
    };
  const text = (value: number): string | number =>
    contrast.type === 'date' ? new Date(value).toISOString() : value;
  return {
    columns: ['from', 'to', 'here', 'others'],
    rows: contrast.bins.map(({ low, high, here, rest }: ContrastBin) => [text(low), text(high), here, rest]),
  };
}

function cut(name: string): string {
  const letters = Array.from(new Intl.Segmenter().segment(name), ({ segment }) => segment);
  return letters.length <= LETTERS ? name : `${letters.slice(0, LETTERS - 1).join('')}…`;
}
