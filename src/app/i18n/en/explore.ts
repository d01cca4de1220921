import { calendarFormat } from '../calendar-format';
import { createFormat } from '../format';

const f = createFormat('en');
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;
const images = (n: number): string => (n === 0 ? 'no images' : count(n, 'image', 'images'));
const share = (fraction: number): string => `${f.decimal(100 * fraction, 1)}%`;
const significant = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 }).format;

/** Clusters beside the columns of images. */
export const explore = {
  title: 'Explore',
  tabs: 'Parts of Explore',
  tab: { means: 'Mean images', distributions: 'Distributions', groupings: 'Groupings' },
  calendar: calendarFormat('en'),
  range: (low: string, high: string) => `${low} – ${high}`,
  others: (n: number) => count(n, 'other', 'others'),
  cut: {
    ranges: (column: string) => `${column}, in ranges`,
    quantiles: (column: string) => `${column}, in equal parts`,
    year: (column: string) => `${column}, by year`,
    month: (column: string) => `${column}, by month`,
    day: (column: string) => `${column}, by day`,
  },
  by: 'By column',
  most: 'Values shown',
  largest: (n: number) => `the ${n} largest`,
  corner: (column: string) => `Cluster ↓ · ${column} →`,
  clusterOrder: 'Clusters by',
  clusterOrders: { count: 'size', name: 'number' },
  valueOrder: 'Values by',
  valueOrders: { count: 'size', name: 'name' },
  noColumns: 'Nothing groups these images yet',
  noColumnsText:
    'All lie in one folder and no column has values that repeat. Drop a table (CSV, JSON, Parquet) that tells more of them.',

  means: {
    label: 'Mean images',
    save: 'Save the grid',
    drawing: 'Computing the mean images',
    figure: (column: string) => `Mean images by cluster and ${column}`,
    files: {
      svg: 'picture with sharp text, with its caption',
      png: 'picture at twice the size, with its caption',
      csv: 'numbers of images',
    },
    all: 'All',
    cell: (cluster: string, value: string, n: number) => `${cluster}, ${value}: ${images(n)}`,
    about:
      'Pixel by pixel mean of the thumbnails, centred on each other and cropped to a square; of more than 2,000 images, 2,000 evenly spread.',
  },

  timeline: {
    column: 'Dates',
    from: 'From',
    to: 'To',
    all: 'All dates',
    hint: 'Drag to choose a span. Its ends move by the arrow keys, with Shift both. Heights are square roots of counts.',
    counted: (some: number, all: number) => `${f.int(some)} of ${images(all)} counted.`,
    undated: (n: number) => `${count(n, 'image has', 'images have')} no date.`,
  },

  charts: {
    of: 'A chart for each',
    byValue: 'Value',
    byCluster: 'Cluster',
    show: 'Show',
    counts: 'Counts',
    shares: 'Shares',
    chartOrder: 'Charts by',
    barOrder: 'Bars by',
    cluster: 'Cluster',
    title: (name: string, total: number) => `${name} · ${f.int(total)}`,
    bar: (cluster: string, value: string, n: number, fraction: number) =>
      `${cluster}, ${value}: ${images(n)}, ${share(fraction)}`,
    titleByValue: (column: string) => `Clusters for each value of ${column}`,
    titleByCluster: (column: string) => `Values of ${column} in each cluster`,
    caption: (n: number) => `Counted: ${images(n)}.`,
    within: (column: string, from: string, to: string) => `${column} from ${from} to ${to}.`,
    hint: 'A bar selects its images. Arrow keys walk from bar to bar.',
    empty: 'No image is in this span of time.',
  },

  board: {
    title: 'What the columns are',
    category: 'Category',
    hashtag: 'Hashtag',
    unused: 'Not used',
    about: {
      category: 'One value for each image.',
      hashtag: 'Several values, split at , ; | # or lists in brackets.',
      unused: 'Drag a column, or use its menu.',
    },
    to: { category: 'To Category', hashtag: 'To Hashtag', unused: 'Do not use' },
    move: (column: string) => `Move ${column}`,
    none: 'None',
  },

  values: {
    title: 'Values',
    search: 'Search values',
    role: { category: 'Category', hashtag: 'Hashtag' },
    none: 'Nothing found.',
    nothing: 'Assign a column above.',
    more: (n: number) => `${f.int(n)} more`,
  },

  spread: {
    choose: 'Choose a value',
    chooseText: 'Its share in every cluster appears here, and where it stands out.',
    clusters: 'Clusters',
    view: 'In view',
    table: 'The value in each cluster',
    share: 'Share',
    lift: 'Lift',
    q: 'p, corrected',
    pValue: 'p',
    with: 'Images with the value',
    size: 'Images',
    mark: 'Stands out',
    about: {
      part: 'Sort by number',
      share: 'Images with the value, of those with any value of the column',
      lift: 'The share here divided by the share of all: 2 is twice as frequent',
      q: 'Fisher’s exact test, corrected for all clusters shown',
    },
    of: (n: number, size: number, fraction: number) => `${f.int(n)} of ${f.int(size)}, ${share(fraction)}`,
    bar: (part: string, n: number, size: number, fraction: number) =>
      `${part}: ${f.int(n)} of ${images(size)}, ${share(fraction)}`,
    liftOf: (lift: number) => (Number.isFinite(lift) ? `× ${f.decimal(lift, 2)}` : '–'),
    p: (p: number) => (p < 0.0001 ? '< 0.0001' : significant(p)),
    marks: { over: 'more frequent than elsewhere', under: 'less frequent than elsewhere' },
    select: (part: string, n: number) => `Select ${images(n)} of ${part}`,
    selectAll: (n: number) => `Select ${images(n)}`,
    overall: (n: number, all: number, fraction: number) =>
      `${f.int(n)} of ${images(all)} that have a value: ${share(fraction)}. The dashed line marks this share.`,
    test: (n: number, column: string, parts: number, rate: number) =>
      `Marked: Fisher’s exact test (hypergeometric, two-sided) of each cluster against the others among the ${images(n)} with a value of ${column}, corrected for ${count(parts, 'test', 'tests')} by Benjamini and Hochberg, at ${f.percent(rate)}.`,
    figure: (column: string, value: string) => `${column}: ${value}`,
  },
};
