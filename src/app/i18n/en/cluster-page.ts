import type { LayoutProblem } from '../../../exports/contact-sheet/layout';
import { createFormat } from '../format';

const f = createFormat('en');
const significant = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 }).format;
const score = new Intl.NumberFormat('en', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  signDisplay: 'negative',
}).format;
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;
const images = (n: number): string => count(n, 'image', 'images');

const problems: Record<LayoutProblem, string> = {
  'page-small': 'A page has at least 200 pixels each way.',
  'page-large': 'No browser draws a page this large: choose fewer dots per inch or fewer pixels.',
  'cells-small': 'The pictures would be too small to see: choose fewer columns or a larger page.',
};

/** The page of a cluster, and contact sheets. */
export const clusterPage = {
  pixels: {
    label: 'All pictures in one',
    mean: 'Mean',
    median: 'Median',
    spread: 'Spread',
    made: (which: 'mean' | 'median' | 'spread', of: number, asked: number) =>
      `${{ mean: 'Mean', median: 'Median', spread: 'Standard deviation' }[which]} of ${of < asked ? `${f.int(of)} of ` : ''}${images(asked)}`,
    drawn: 'evenly drawn',
    failed: (n: number) => `${images(n)} without a picture here left out`,
    spreadText: (value: number) =>
      `White is the most there can be (127.5 of 255); on average ${significant(value)}.`,
    aligned: 'Pixel by pixel, centred, cropped to the median shape.',
    originals: 'From the original files',
    none: 'None of the pictures can be had here.',
    busy: 'Laying the pictures over each other',
  },
  medoid: {
    title: 'Medoid',
    exact: (distance: number) => `smallest mean distance to the others (${significant(distance)})`,
    sampled: (distance: number, m: number) =>
      `mean distance to the others ${significant(distance)}; found by way of ${images(m)} of the cluster`,
    waiting: 'the image nearest the centre, until the medoid is found',
  },
  numbers: {
    title: 'Numbers',
    size: 'Images',
    mean: 'Mean distance',
    high: '95th percentile',
    far: 'Farthest',
    distances: 'to the centre, in the units of the descriptor',
    silhouette: 'Silhouette',
    silhouetteOf: (mean: number) => score(mean),
    silhouetteText:
      'From −1 to 1, higher is better: how much nearer the images are to their own cluster than to the next.',
    negative: (n: number, of: number) =>
      n === 0
        ? 'Every image is nearer to its own cluster than to any other.'
        : `${images(n)} of ${f.int(of)} nearer to another cluster on average.`,
    exact: 'Exact, all images compared.',
    sampled: (m: number) => `Estimated: each image compared with ${f.int(m)}, drawn from all clusters.`,
    makeExact: 'Compute exactly',
    busy: 'Silhouettes',
    again: 'Try again',
    profile: 'Silhouettes of the images, highest first',
  },
  strip: {
    borderline: (cluster: string, gap: number) => `${cluster} is only ${significant(gap)} farther`,
    crossed: (cluster: string, gap: number) => `${cluster} is ${significant(gap)} nearer`,
    borderlineText: 'the next centre is hardly farther than the own',
    next: (cluster: string) => `Next: ${cluster}`,
  },
  order: { border: 'Borderline first' },
  show: { label: 'Show', images: 'Images', list: 'List', columns: 'Columns' },
  list: {
    label: 'Images of the cluster with what is known of them',
    file: 'File',
    distance: 'Distance',
    silhouette: 'Silhouette',
    next: 'Next cluster',
  },
  contrast: {
    none: 'Nothing is known of the images beside their pixels: add a table, or give folders.',
    here: 'this cluster',
    rest: 'all others',
    caption: (column: string, here: number, rest: number, cluster: string, rule: string) =>
      `${column}: share of ${images(here)} of ${cluster} and of ${images(rest)} of the other clusters that have a value. ${rule}`,
    over: (values: string[]) => `Over-represented: ${values.join(', ')}.`,
    nothingOver: 'No value is over-represented.',
    value: (name: string, ratio: number) => `${name} (${significant(ratio)} times as frequent)`,
    onlyHere: (name: string) => `${name} (only here)`,
    test: (rate: number) =>
      `Over-represented: Fisher’s exact test, two-sided, false discovery rate of ${f.percent(rate)} at most (Benjamini-Hochberg).`,
    medians: (here: string, rest: string) => `Median ${here}; among the others ${rest}.`,
    others: (n: number) => count(n, 'other value', 'other values'),
    ordered: 'Columns that differ most from the other clusters come first.',
    more: (n: number) => count(n, 'more column', 'more columns'),
  },
  sheet: {
    action: 'Contact sheet…',
    title: 'Contact sheet',
    about:
      'Pages of pictures with captions of your choice, as PNG: of a cluster, the selection or all clusters.',
    what: 'Images',
    ofCluster: (name: string, n: number) => `${name}, ${images(n)}`,
    ofSelection: (n: number) => `The selection, ${images(n)}`,
    ofClusters: (k: number, n: number) => `All ${count(k, 'cluster', 'clusters')}, ${images(n)}`,
    order: 'Order',
    orders: {
      near: 'Nearest the centre first',
      far: 'Farthest from the centre first',
      row: 'As they came',
    },
    most: 'At most, of each',
    mostAll: 'all',
    page: 'Page',
    pixels: 'In pixels',
    landscape: 'Landscape',
    dpi: 'Dots per inch',
    width: 'Width',
    height: 'Height',
    columns: 'Pictures a row',
    fit: 'Pictures',
    fits: { whole: 'Whole', crop: 'Cropped to squares' },
    captions: 'Captions',
    captionFields: {
      name: 'File name',
      path: 'Path',
      cluster: 'Cluster',
      distance: 'Distance',
      size: 'Size in pixels',
    },
    distanceOf: (distance: number) => `d = ${significant(distance)}`,
    save: 'Save',
    asZip: 'ZIP of PNGs',
    asFolder: 'PNGs into a folder',
    format: 'As',
    summary: (pages: number, pictures: number, width: number, height: number) =>
      `${count(pages, 'page', 'pages')}, ${images(pictures)}, ${f.int(width)} × ${f.int(height)} px`,
    preview: 'Preview of page 1',
    previewBusy: 'Drawing the preview',
    previewFailed: 'The preview could not be drawn.',
    nothing: 'No image is chosen.',
    problems,
    busy: 'Drawing pages',
    saved: (file: string) => `${file} saved.`,
    savedPages: (pages: number) => `${count(pages, 'page', 'pages')} saved.`,
    missing: (n: number) => `${images(n)} without a picture here: a grey square stands for each.`,
    none: 'no picture',
    heading: (name: string, n: number) => `${name} · ${images(n)}`,
    footer: (project: string, how: string, order: string) => `${project} · ${how} · ${order}`,
    kmeans: (k: number, seed: number, descriptor: string) => `k-means, k = ${k}, seed ${seed}, ${descriptor}`,
    model: (k: number, name: string) => `labelled by the model “${name}”, k = ${k}`,
    unclustered: 'not clustered',
    pageOf: (page: number, pages: number) => `${f.int(page)} / ${f.int(pages)}`,
    file: (subject: string) => `contact sheet ${subject}`,
    selection: 'Selection',
  },
};
