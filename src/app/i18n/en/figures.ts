import type { Scaling } from '../../../domain/clustering';
import { createFormat } from '../format';

const f = createFormat('en');
const images = (n: number): string => `${f.int(n)} ${f.plural(n, { one: 'image', other: 'images' })}`;

const scalings: Record<Exclude<Scaling, 'none'>, string> = {
  l2: 'rows scaled to length 1',
  standard: 'columns standardised',
  minmax: 'columns scaled to 0…1',
};

/** A share of the variance, and in how many dimensions it lies; null: in more than are known. */
interface Level {
  share: number;
  dimensions: number | null;
}

export const figures = {
  failed: 'The chart could not be loaded.',
  again: 'Try again',
  save: {
    label: (title: string) => `Save figure: ${title}`,
    svg: 'SVG',
    png: 'PNG',
    csv: 'CSV',
    about: {
      svg: 'drawing, with its caption',
      png: 'picture at twice the size, with its caption',
      csv: 'the numbers',
    },
    onWhite: 'On white, for papers',
  },
  numbers: {
    label: 'Numbers',
    of: (title: string) => `Numbers of ${title}`,
    first: (n: number) => `The first ${f.int(n)} rows. The CSV file has all.`,
  },
  curves: {
    inUse: (k: number) => `k = ${f.int(k)}, in use`,
    best: (k: number) => `k = ${f.int(k)}, its own best`,
    point: (k: number, value: string, error: string | null) =>
      `k = ${f.int(k)}: ${value}${error === null ? '' : ` ± ${error}`}`,
  },
  /** The figures of the screen Compare. */
  more: 'More figures',
  tabs: {
    agreement: 'Two ways to sort',
    choice: 'Choice of k',
    clusters: 'Clusters',
    variance: 'Variance',
    time: 'Time taken',
    about: {
      agreement: 'Two ways to sort the same images, side by side.',
      choice:
        'What each index says of the number of clusters. Click a curve, or use the arrow keys, to take another k.',
      clusters: 'How large the clusters are, and how well each image fits its own.',
      variance: 'How many dimensions the vectors really have.',
      time: 'How long runs took, in this browser and of this project.',
    },
  },
  flow: {
    title: 'Flow between the two',
    summary: (rows: number, columns: number) =>
      `${f.int(rows)} bars at the left, ${f.int(columns)} at the right, and bands as high as the images they share.`,
    band: (row: string, column: string, n: number) => `${row} → ${column}: ${images(n)}`,
    node: (name: string, n: number) => `${name}: ${images(n)}`,
    others: (n: number) => `${f.int(n)} others`,
    method: (first: string, second: string, ari: string, nmi: string) =>
      `Left: ${first}; right: ${second}. Adjusted Rand index ${ari}, normalised mutual information ${nmi}.`,
  },
  sizes: {
    title: (k: number) => `Images of each cluster, k = ${f.int(k)}`,
    all: 'Sizes of the clusters for each k',
    axis: 'cluster',
    bar: (cluster: string, n: number) => `${cluster}: ${images(n)}`,
    ofK: (k: number, n: number) => `k = ${f.int(k)}: ${images(n)}`,
    cluster: 'a cluster',
    equal: 'if all were equal',
    range: (k: number, low: number, high: number) => `k = ${f.int(k)}: from ${f.int(low)} to ${images(high)}`,
  },
  silhouettes: {
    title: (k: number) => `Silhouettes by cluster, k = ${f.int(k)}`,
    about:
      'How much nearer each image is to its own cluster than to the next: 1 is deep inside, 0 on the border, below 0 nearer to another cluster.',
    exact: 'Exact, from all images.',
    sampled: (n: number) =>
      `Estimated: each image is compared with ${f.int(n)} others, drawn at random from all clusters.`,
    axis: 'silhouette',
    mean: (value: string) => `mean of all images, ${value}`,
    band: (cluster: string, n: number, mean: string, negative: number) =>
      `${cluster}: ${images(n)}, mean silhouette ${mean}${negative === 0 ? '' : `, ${f.int(negative)} below 0`}`,
    selectNegative: (n: number) => `Select ${images(n)} nearer to another cluster`,
    find: 'Compute the silhouettes',
    finding: 'Computing the silhouettes',
    all: 'Compute them exactly',
  },
  variance: {
    about:
      'Principal components turn the vectors so that the first axis holds as much of their variance as one axis can, the second as much as is left, and so on.',
    find: 'Find the components',
    finding: 'Finding the components',
    none: 'All images have the same vector: there is no variance to explain.',
    scree: 'Variance of each component',
    cumulative: 'Variance of the first components together',
    axis: 'component',
    percent: (share: number) => `${f.decimal(100 * share, share > 0 && share < 0.01 ? 1 : 0)}%`,
    component: (component: number, share: number) =>
      `component ${f.int(component)}: ${f.decimal(100 * share, 2)}% of the variance`,
    together: (component: number, share: number) =>
      component === 1
        ? `the first alone: ${f.decimal(100 * share, 1)}%`
        : `the first ${f.int(component)}: ${f.decimal(100 * share, 1)}%`,
    levels: (levels: Level[], d: number) => {
      const reached = levels.filter(({ dimensions }) => dimensions !== null);
      if (reached.length === 0)
        return `None of the usual shares is reached by the components that were found (of ${f.int(d)} numbers).`;
      const parts = reached.map(
        ({ share, dimensions }) => `${f.int(100 * share)}% of the variance in ${f.int(dimensions!)}`,
      );
      return `Of ${f.int(d)} numbers for each image: ${list(parts)}.`;
    },
    chosen: (dimensions: number) =>
      `This clustering uses ${f.int(dimensions)} ${f.plural(dimensions, { one: 'dimension', other: 'dimensions' })}.`,
    notReduced: 'This clustering uses the vectors as they are, without a reduction.',
    leading: (found: number, rank: number) =>
      `Only the leading ${f.int(found)} of ${f.int(rank)} components were computed.`,
    kept: 'kept',
    leftOut: 'left out',
    inUse: (dimensions: number) => `in use: ${f.int(dimensions)}`,
    method: 'Method: principal components of the covariance',
    exact: 'No random choice is made.',
  },
  time: {
    title: 'Time taken by size',
    about:
      'Each dot is a run in this browser, or one that is kept with the project; each colour is the same work by the same engine in the same browser.',
    noLaw: 'A line shows how the time grows, once there are three runs of different sizes.',
    none: 'No run has been timed yet. Every clustering and every set that is embedded adds a dot.',
    axis: 'images',
    seconds: 'seconds',
    embedding: (network: string, engine: string, device: string) =>
      `Embedding${network && `, ${network}`}, ${engineName(engine, device)}`,
    clustering: (d: number, low: number, high: number, starts: number, engine: string, device: string) =>
      `Clustering, ${f.int(d)} numbers, ${low === high ? `k = ${f.int(low)}` : `k ${f.int(low)}–${f.int(high)}`}, ${f.int(starts)} ${f.plural(starts, { one: 'start', other: 'starts' })}, ${engineName(engine, device)}`,
    run: (n: number, seconds: number, at: number, what: string) =>
      `${images(n)} in ${f.decimal(seconds, seconds < 10 ? 2 : 0)} s\n${what}\n${f.dateTime(at)}`,
    caption: (n: number, hasLaw: boolean) =>
      `Data: ${f.int(n)} ${f.plural(n, { one: 'run', other: 'runs' })} of this browser, of all projects, and of those kept with the project. Method: wall-clock seconds${hasLaw ? '; the lines are power laws, fitted by least squares in logarithms' : ''}. Seed: that of each run.`,
    elsewhere: (what: string, browser: string) => `${what}, another browser (${browser})`,
    clear: 'Forget these times',
    cleared: 'The times are forgotten.',
  },
  /** The parts of a caption; each is a sentence. */
  caption: {
    data: (n: number, project: string, descriptor: string) =>
      `Data: ${images(n)} of “${project}”, ${descriptor}.`,
    kmeans: (low: number, high: number, starts: number) =>
      `Method: k-means, ${low === high ? `k = ${f.int(low)}` : `k from ${f.int(low)} to ${f.int(high)}`}, best of ${f.int(starts)} ${f.plural(starts, { one: 'start', other: 'starts' })}`,
    model: (name: string) => `Method: nearest centre of the saved model “${name}”.`,
    scaling: (scaling: Exclude<Scaling, 'none'>) => scalings[scaling],
    pca: (dimensions: number) => `reduced by PCA to ${f.int(dimensions)} dimensions`,
    scored: (n: number) => `scores of ${images(n)} drawn at random`,
    seed: (seed: number) => `Seed: ${seed}.`,
    /** Follows the method of a figure that shows edited clusters. */
    edited: (clusters: number) =>
      `Edited by hand afterwards, to ${f.int(clusters)} ${f.plural(clusters, { one: 'cluster', other: 'clusters' })}.`,
  },
};

/** "a", "a and b", "a, b and c". */
function list(parts: string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(parts);
}

const ENGINES: Record<string, string> = { webgpu: 'GPU', cpu: 'CPU', wasm: 'CPU', pixels: 'CPU' };
function engineName(engine: string, device: string): string {
  const name = ENGINES[engine] ?? engine;
  return device ? `${name} (${device})` : name;
}
