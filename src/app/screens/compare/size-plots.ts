import { clustersOf, type Clustering } from '../../../domain/clustering';
import { PICK_CLASS, type FigurePlot } from '../../widgets/figure/draw';
import { wholeTicks } from '../../widgets/score-plot';

interface Bar {
  cluster: number;
  images: number;
}

/** By number; an edited clustering has gaps in its numbers. */
export function sizeBars(clustering: Pick<Clustering, 'k' | 'sizes' | 'base'>): Bar[] {
  const clusters = clustersOf(clustering).sort((a, b) => a - b);
  return clusters.map((cluster) => ({ cluster, images: clustering.sizes[cluster] }));
}

/** How many images each cluster has, the clusters by number; each bar can be picked. */
export function sizePlot(
  clustering: Pick<Clustering, 'k' | 'sizes' | 'base'>,
  words: { axis: string; bar: (bar: Bar) => string; colour: (cluster: number) => string },
): FigurePlot {
  const bars = sizeBars(clustering);
  const clusters = bars.map(({ cluster }) => cluster);
  return (width, { Plot }) => ({
    height: 220,
    marginLeft: 52,
    marginBottom: 34,
    x: {
      type: 'band',
      domain: clusters,
      label: words.axis,
      labelAnchor: 'center',
      labelArrow: 'none',
      ticks: wholeTicks(clusters, width - 64),
      padding: clusters.length > 60 ? 0 : 0.15,
    },
    y: { label: null, grid: true, ticks: 5 },
    marks: [
      Plot.barY(bars, {
        x: 'cluster',
        y: 'images',
        fill: ({ cluster }: Bar) => words.colour(cluster),
        className: PICK_CLASS,
        ariaLabel: words.bar,
        title: words.bar,
      }),
      Plot.ruleY([0], { stroke: 'var(--line-strong)' }),
    ],
    color: { type: 'identity' },
  });
}

interface SizeOfK {
  k: number;
  images: number;
}

/** Sizes of all clusters for each k, empty ones left out, by rising k. */
export function sizesByK(clusterings: readonly Pick<Clustering, 'k' | 'sizes'>[]): SizeOfK[] {
  return clusterings.flatMap(({ k, sizes }) =>
    Array.from(sizes, (images) => ({ k, images })).filter(({ images }) => images > 0),
  );
}

/** Spread over more than this, sizes need a logarithmic axis. */
const WIDE = 20;

/** The sizes for every k as dots, beside what equal clusters would have; the k in use stands out. */
export function sizesPlot(
  clusterings: readonly Pick<Clustering, 'k' | 'sizes'>[],
  k: number,
  tip: (size: SizeOfK) => string,
): FigurePlot {
  const sizes = sizesByK(clusterings);
  const ks = clusterings.map((one) => one.k);
  const total = clusterings[0].sizes.reduce((sum, images) => sum + images, 0);
  const extent = sizes.reduce(
    ([low, high], { images }) => [Math.min(low, images), Math.max(high, images)],
    [Infinity, 0],
  );
  const isWide = extent[1] > WIDE * extent[0];
  return (width, { Plot }) => ({
    height: 220,
    marginLeft: 52,
    marginBottom: 34,
    x: {
      label: 'k',
      labelAnchor: 'center',
      labelArrow: 'none',
      ticks: wholeTicks(ks, width - 64),
      domain: ks.length > 1 ? [ks[0], ks[ks.length - 1]] : [ks[0] - 1, ks[0] + 1],
    },
    y: { label: null, grid: true, type: isWide ? 'log' : 'linear', ticks: 5 },
    marks: [
      Plot.ruleX([k], { stroke: 'var(--accent)', strokeDasharray: '2 2' }),
      Plot.lineY(ks, {
        x: ks,
        y: ks.map((of) => total / of),
        stroke: 'var(--ink-3)',
        strokeDasharray: '4 3',
      }),
      Plot.dot(sizes, {
        x: 'k',
        y: 'images',
        r: 2.5,
        fill: (size: SizeOfK) => (size.k === k ? 'var(--accent)' : 'var(--ink-2)'),
        fillOpacity: 0.6,
      }),
      Plot.tip(sizes, Plot.pointer({ x: 'k', y: 'images', title: tip })),
    ],
    color: { type: 'identity' },
  });
}
