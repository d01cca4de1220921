import type { Stability } from '../../../domain/agreement';
import type { FigurePlot } from '../../widgets/figure/draw';
import { wholeTicks } from '../../widgets/score-plot';

/** Mean and lowest agreement of runs by k, rising; the k in use is marked. */
export function stabilityPlot(
  results: readonly Stability[],
  k: number | null,
  tip: (one: Stability) => string,
): FigurePlot {
  const ks = results.map((one) => one.k);
  const low = Math.min(0, ...results.map((one) => one.lowestAri));
  const padded: [number, number] = ks.length > 1 ? [ks[0], ks[ks.length - 1]] : [ks[0] - 1, ks[0] + 1];
  return (width, { Plot }) => ({
    height: 200,
    marginLeft: 40,
    marginBottom: 34,
    x: {
      label: 'k',
      labelAnchor: 'center',
      labelArrow: 'none',
      ticks: wholeTicks(ks, width - 52),
      domain: padded,
    },
    y: { label: null, grid: true, ticks: 5, domain: [low, 1] },
    marks: [
      k !== null && ks.includes(k)
        ? Plot.ruleX([k], { stroke: 'var(--accent)', strokeDasharray: '2 2' })
        : null,
      Plot.lineY(results, { x: 'k', y: 'lowestAri', stroke: 'var(--ink-3)', strokeDasharray: '4 3' }),
      Plot.dot(results, { x: 'k', y: 'lowestAri', r: 2.5, fill: 'var(--surface)', stroke: 'var(--ink-3)' }),
      Plot.lineY(results, { x: 'k', y: 'ari', stroke: 'var(--accent)', strokeWidth: 1.5 }),
      Plot.dot(results, { x: 'k', y: 'ari', r: 3, fill: 'var(--accent)' }),
      Plot.tip(results, Plot.pointerX({ x: 'k', y: 'ari', title: tip })),
    ],
  });
}
