import { PICK_CLASS, type FigurePlot } from '../../widgets/figure/draw';
import type { SilhouetteBand, SilhouetteBands } from './silhouette-bands';

/** Height of the whole, and of the gap between two clusters. */
const HEIGHT = { least: 280, most: 720, ofCluster: 22 };
const GAP = 4;
/** Bands lower than this have no number beside them. */
const LEAST_NAMED = 9;
const MARGIN = { top: 8, bottom: 34, left: 40, right: 12 };

export interface SilhouetteWords {
  axis: string;
  band: (band: SilhouetteBand) => string;
  colour: (cluster: number) => string;
}

export function silhouetteHeight({ bands }: SilhouetteBands): number {
  return Math.min(Math.max(HEIGHT.least, HEIGHT.ofCluster * bands.length + 60), HEIGHT.most);
}

interface Step {
  cluster: number;
  /** Pixels from the top. */
  y: number;
  value: number;
}

interface Placed {
  steps: Step[];
  labels: { cluster: number; y: number; height: number }[];
  room: number;
}

/** Where each cluster's area lies: as high as it has images. A pick gives the index of one of the steps. */
export function placedSteps(found: SilhouetteBands): Placed {
  const room = silhouetteHeight(found) - MARGIN.top - MARGIN.bottom;
  const gaps = Math.max(found.bands.length - 1, 0);
  const gap = Math.min(GAP, (0.3 * room) / Math.max(gaps, 1));
  const perRow = (room - gap * gaps) / Math.max(found.n, 1);
  const steps: Step[] = [];
  const labels: Placed['labels'] = [];
  let top = 0;
  for (const { cluster, size, points } of found.bands) {
    const height = size * perRow;
    for (const { at, value } of points) steps.push({ cluster, y: top + at * perRow, value });
    labels.push({ cluster, y: top + height / 2, height });
    top += height + gap;
  }
  return { steps, labels, room };
}

/** Each cluster's silhouettes as a filled area, one below the other, with the mean of all as a line. */
export function silhouettePlot(found: SilhouetteBands, words: SilhouetteWords): FigurePlot {
  const height = silhouetteHeight(found);
  const { steps, labels, room } = placedSteps(found);
  const bandOf = new Map(found.bands.map((band) => [band.cluster, band]));
  const named = ({ cluster }: Step): string => words.band(bandOf.get(cluster)!);
  const low = Math.min(0, ...found.bands.map(({ points }) => points[points.length - 1].value));
  return (_width, { Plot }) => ({
    height,
    marginTop: MARGIN.top,
    marginBottom: MARGIN.bottom,
    marginLeft: MARGIN.left,
    marginRight: MARGIN.right,
    x: {
      domain: [low, 1],
      label: words.axis,
      labelAnchor: 'center',
      labelArrow: 'none',
      grid: true,
      ticks: 6,
    },
    y: { domain: [0, room], range: [MARGIN.top, height - MARGIN.bottom], axis: null },
    color: { type: 'identity' },
    marks: [
      Plot.areaX(steps, {
        y: 'y',
        x1: 0,
        x2: 'value',
        z: 'cluster',
        // Downwards it is this one that holds a value from its place to the next.
        curve: 'step-before',
        fill: ({ cluster }: Step) => words.colour(cluster),
        className: PICK_CLASS,
        ariaLabel: named,
        title: named,
      }),
      Plot.ruleX([0], { stroke: 'var(--line-strong)' }),
      Plot.ruleX([found.mean], { stroke: 'var(--danger)', strokeDasharray: '4 3', strokeWidth: 1.5 }),
      Plot.text(
        labels.filter((label) => label.height >= LEAST_NAMED),
        {
          x: low,
          y: 'y',
          dx: -8,
          textAnchor: 'end',
          text: ({ cluster }: { cluster: number }) => String(cluster),
          fill: 'var(--ink)',
        },
      ),
    ],
  });
}
