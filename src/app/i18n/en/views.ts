import type { AnalysisProgress } from '../../../domain/progress';
import type { Criterion, Structure } from '../../widgets/k-verdict';
import { createFormat } from '../format';

const f = createFormat('en');
const significant = new Intl.NumberFormat('en', { minimumSignificantDigits: 3, maximumSignificantDigits: 3 })
  .format;
/** Two decimals, and no minus before a zero. */
const score = new Intl.NumberFormat('en', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  signDisplay: 'negative',
}).format;
/** Unlike a share, a ratio may pass 100 %. */
const ratioPercent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 }).format;
const images = (n: number): string => `${f.int(n)} ${f.plural(n, { one: 'image', other: 'images' })}`;
const clusters = (n: number): string => `${f.int(n)} ${f.plural(n, { one: 'cluster', other: 'clusters' })}`;
const left = (seconds: number | null): string =>
  seconds === null ? '' : `, about ${f.duration(seconds)} left`;

const criteria: Record<Criterion, string> = {
  calinskiHarabasz: 'Calinski-Harabasz',
  daviesBouldin: 'Davies-Bouldin',
  elbow: 'the elbow',
};
const stages: Record<AnalysisProgress['stage'], string> = {
  load: 'Reading the vectors',
  pca: 'Computing the map',
  kmeans: 'Forming clusters',
  silhouette: 'Scoring the clusters',
  neighbours: 'Finding nearest neighbours',
  layout: 'Laying out the map',
  quality: 'Judging the map',
};
const structures: Record<Structure, string> = {
  strong: 'the clusters are clearly apart',
  reasonable: 'the clusters are reasonably apart',
  weak: 'the clusters overlap; check them by eye',
  none: 'hardly any separation; treat the clusters as a way to browse',
};

export const views = {
  images,
  cluster: (number: number) => `Cluster ${number}`,
  percent: f.percent,
  int: f.int,
  number: (n: number) => significant(n),
  timesSign: (width: number, height: number) => `${f.int(width)} × ${f.int(height)} px`,
  retry: 'Try again',
  close: 'Close',
  working: ({ stage, fraction, secondsLeft }: AnalysisProgress) =>
    `${stages[stage]}: ${f.percent(fraction)}${left(secondsLeft)}`,

  state: {
    noImages: 'No images yet',
    noImagesText: 'Drop images or a folder anywhere in this window.',
    reading: 'Reading the first images',
    readingText: 'They appear here as soon as they are ready.',
    noClusters: 'No clusters yet',
    noClustersText: 'Clusters form by themselves once a few images are ready.',
    analysing: 'Analysing',
    failed: 'The analysis did not finish',
    failedText: 'The images and what was computed from them are kept.',
    noCluster: (number: number) => `There is no cluster ${number} now`,
    noClusterText: 'The number of clusters has changed since this page was opened.',
    allClusters: 'All clusters',
  },

  map: {
    title: 'Map',
    label:
      'Map of all images. Arrow keys move it, plus and minus zoom, 0 shows everything. The list says the same in words.',
    tools: 'Pointer',
    pan: 'Move',
    lasso: 'Lasso',
    box: 'Box',
    view: 'View',
    fit: 'Show everything',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    pictures: 'Pictures instead of dots',
    list: 'List',
    listLabel: 'The map as a list',
    legend: 'Legend',
    colourBy: 'Colour by',
    byCluster: 'Cluster',
    byFolder: 'Folder',
    byLevel: (level: number) => `Folder, level ${level}`,
    bySplit: 'Split (train, test …)',
    byClass: 'Class (innermost folder)',
    topFolder: '(no folder)',
    others: (n: number) => `Others: ${images(n)}`,
    pending: (n: number) => `${images(n)} not clustered yet`,
    axis: (number: number, share: number | undefined) =>
      share === undefined ? `PCA ${number}` : `PCA ${number} (${f.percent(share)})`,
    honesty: (share: number) =>
      `The map keeps ${f.percent(share)} of the variation: images that are close here can still differ.`,
    distance: (d: number) => `distance to centre ${significant(d)}`,
    lostTitle: 'The map stopped',
    lostText: 'The graphics device was lost. The list below says the same as the map.',
    noWebgl: 'The map cannot be drawn here',
    noWebglText:
      'WebGL 2 is missing or switched off in this browser. The list below says the same as the map.',
    selectCluster: (number: number, n: number) => `Select cluster ${number}, ${images(n)}`,
    selectCategory: (value: string, n: number) => `Select ${value}, ${images(n)}`,
    hint: 'Shift adds, Ctrl takes away.',
  },

  gallery: {
    noThumbnail: 'no preview',
    empty: 'No images here.',
  },

  detail: {
    enlarge: 'Show large',
    title: 'Image',
    previous: 'Previous image',
    next: 'Next image',
    select: 'Select',
    deselect: 'Deselect',
    path: 'File',
    folder: 'Folder',
    level: (level: number) => `Level ${level}`,
    size: 'Size',
    cluster: 'Cluster',
    noCluster: 'not clustered yet',
    distance: 'Distance to centre',
    duplicates: 'Same bytes as',
    small: 'The original cannot be shown here, so this is its thumbnail.',
    position: (index: number, n: number) => `${f.int(index + 1)} of ${f.int(n)}`,
    similar: 'Most similar',
    similarFailed: 'Similar images could not be found now.',
    similarNone: 'No other image yet.',
    selectSimilar: 'Select these',
  },

  inspector: {
    label: 'Selection',
    selected: (n: number) => `${f.int(n)} selected`,
    all: (n: number) => `All ${images(n)}`,
    clear: 'Clear',
    save: 'Save images',
    selectCluster: (number: number) => `Select cluster ${number}`,
    byCluster: 'By cluster',
    more: (n: number) => `and ${clusters(n)} more`,
    pointAt: 'Point at an image to see it here.',
  },

  clusters: {
    title: 'Clusters',
    summary: (k: number, n: number) => `${clusters(k)}, ${images(n)}`,
    share: (n: number, fraction: number) => `${images(n)}, ${f.percent(fraction)}`,
    mean: 'Mean image',
    meanOf: (of: number, n: number) =>
      of < n ? `Mean of ${f.int(of)} of ${images(n)}, evenly drawn` : `Mean of ${images(n)}`,
    meanFailed: 'The mean image could not be made.',
    medoid: 'Most central',
    medoidText: 'the image nearest the centre',
    select: 'Select',
    back: 'All clusters',
    previous: 'Previous cluster',
    next: 'Next cluster',
    selectAll: 'Select all',
    save: 'Save images',
    name: 'Name',
    namePlaceholder: 'Give it a name',
    note: 'Note',
    notePlaceholder: 'What is in it? What should be checked?',
    spread: 'Spread',
    spreadCompared: (ratio: number) =>
      ratio < 0.9
        ? `Tighter than the average cluster (${ratioPercent(ratio)} of its mean distance).`
        : ratio > 1.1
          ? `Looser than the average cluster (${ratioPercent(ratio)} of its mean distance).`
          : 'About as tight as the average cluster.',
    nearest: 'Nearest clusters',
    nearestText: (d: number) => `${significant(d)} between centres`,
    nearestNone: 'There is no other cluster.',
    strip: 'From typical to unusual',
    bandTypical: 'Typical',
    bandBorderline: 'Borderline',
    bandOutliers: 'Outliers',
    bandTypicalText: 'nearest to the centre',
    bandBorderlineText: 'the farther quarter',
    bandOutliersText: (n: number, fence: number) =>
      n
        ? `${images(n)} farther than ${significant(fence)} (upper quartile + 1.5 interquartile ranges)`
        : 'none: no image lies unusually far out',
    bandNone: 'none',
    members: 'All images',
    order: 'Order',
    nearFirst: 'Nearest first',
    farFirst: 'Farthest first',
  },

  k: {
    label: 'Number of clusters',
    k: 'Number of clusters, k',
    value: (k: number) => `k = ${k}`,
    clustersAt: (k: number, silhouette: string) => `${clusters(k)}, silhouette ${silhouette}`,
    score: (value: number) => (Number.isFinite(value) ? score(value) : '–'),
    precise: (value: number) => (Number.isFinite(value) ? f.decimal(value, 4) : '–'),
    large: (value: number) => (Number.isFinite(value) ? significant(value) : '–'),
    chosen: (k: number, runnerUp: number | null, tie: boolean) =>
      runnerUp === null
        ? `Best silhouette: k = ${k}.`
        : tie
          ? `Best silhouette: k = ${k}; ${runnerUp} is as good within the error.`
          : `Best silhouette: k = ${k}, then ${runnerUp}.`,
    agree: (names: Criterion[]) =>
      names.length
        ? `${capital(list(names.map((name) => criteria[name])))} ${names.length > 1 ? 'agree' : 'agrees'}.`
        : '',
    disagree: (others: { criterion: Criterion; k: number }[]) =>
      others.length
        ? `${capital(list(others.map(({ criterion, k }) => `${criteria[criterion]} says ${k}`)))}: look at the images.`
        : '',
    reading: (silhouette: number, structure: Structure) =>
      `Silhouette ${score(silhouette)}: ${structures[structure]}.`,
    use: (k: number) => `Use ${k}`,
    more: 'Curves',
    expand: 'Show the curves in full',
    collapse: 'Hide the curves',
    silhouette: 'Silhouette',
    silhouetteAbout:
      'From −1 to 1, higher is better. How much nearer images are to their own cluster than to the next.',
    silhouetteSample: (m: number, n: number) =>
      m < n
        ? `Estimated from ${f.int(m)} of ${images(n)}; the band is the standard error.`
        : `Exact, from ${images(n)}.`,
    elbow: 'Elbow (inertia)',
    elbowAbout:
      'From 0 up, lower is tighter, and it always falls with k: look for the bend, not for the lowest point.',
    calinski: 'Calinski-Harabasz',
    calinskiAbout:
      'From 0 up, higher is better. Separation over spread; it favours round clusters of similar size.',
    davies: 'Davies-Bouldin',
    daviesAbout: 'From 0 up, lower is better. How alike each cluster is to its closest neighbour.',
    table: 'All scores as a table',
    inertia: 'Inertia',
    error: 'Standard error',
    saveCsv: 'Scores as CSV',
    chart: (title: string, low: number, high: number, k: number, value: string) =>
      `${title} for k from ${low} to ${high}. At k = ${k}: ${value}.`,
    engine: (engine: 'webgpu' | 'cpu', adapter: string, seconds: number) =>
      engine === 'webgpu'
        ? `k-means on the graphics processor (${adapter}), ${f.duration(seconds)}.`
        : `k-means on the CPU, ${f.duration(seconds)}.`,
    memory: (rows: number, gpu: number) =>
      gpu > 0
        ? `At most ${f.bytes(gpu)} on the graphics processor and ${f.bytes(rows)} beside it.`
        : `At most ${f.bytes(rows)} of memory.`,
    scoredRows: (scored: number, n: number) =>
      `Too large to be in memory together: fitted by mini-batches. Inertia is of all ${f.int(n)} images, the other scores of ${f.int(scored)} of them, drawn at random.`,
    waiting: 'k is chosen once the images are clustered.',
  },
};

/** "a", "a and b", "a, b and c". */
function list(parts: string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(parts);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
