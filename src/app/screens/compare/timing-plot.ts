import type { FigurePlot } from '../../widgets/figure/draw';
import type { Timing } from '../../../domain/timing';
import type { TimingSeries } from './timing-series';

export interface TimingWords {
  axis: string;
  seconds: string;
  run: (run: Timing) => string;
  exponent: (exponent: number) => string;
  /** Of a series. */
  colour: (series: number) => string;
}

/** Seconds against images, both logarithmic, with the power law of each series where there is one. */
export function timingPlot(series: readonly TimingSeries[], words: TimingWords): FigurePlot {
  const runs = series.flatMap(({ runs: of }, at) => of.map((run) => ({ run, at })));
  const lines = series.flatMap(({ runs: of, law }, at) => {
    if (!law) return [];
    const [from, to] = [of[0].n, of[of.length - 1].n];
    const seconds = (n: number): number => law.factor * n ** law.exponent;
    return [{ at, from, to, start: seconds(from), end: seconds(to), text: words.exponent(law.exponent) }];
  });
  type Line = (typeof lines)[number];
  type Dot = (typeof runs)[number];
  return (_width, { Plot }) => ({
    height: 320,
    marginLeft: 56,
    marginRight: 64,
    marginBottom: 38,
    x: { type: 'log', label: words.axis, labelAnchor: 'center', labelArrow: 'none', grid: true, nice: true },
    y: { type: 'log', label: words.seconds, labelArrow: 'none', grid: true, nice: true },
    color: { type: 'identity' },
    marks: [
      Plot.link(lines, {
        x1: 'from',
        x2: 'to',
        y1: 'start',
        y2: 'end',
        stroke: ({ at }: Line) => words.colour(at),
        strokeWidth: 1.5,
      }),
      Plot.dot(runs, {
        x: ({ run }: Dot) => run.n,
        y: ({ run }: Dot) => run.seconds,
        r: 3.5,
        fill: ({ at }: Dot) => words.colour(at),
        fillOpacity: 0.75,
      }),
      Plot.text(lines, {
        x: 'to',
        y: 'end',
        text: 'text',
        dx: 6,
        textAnchor: 'start',
        fill: ({ at }: Line) => words.colour(at),
        fontWeight: 600,
      }),
      Plot.tip(
        runs,
        Plot.pointer({
          x: ({ run }: Dot) => run.n,
          y: ({ run }: Dot) => run.seconds,
          title: ({ run }: Dot) => words.run(run),
        }),
      ),
    ],
  });
}
