import { createFormat } from '../format';

const f = createFormat('en');
const images = (n: number): string => `${f.int(n)} ${f.plural(n, { one: 'image', other: 'images' })}`;
const clusters = (n: number): string => `${f.int(n)} ${f.plural(n, { one: 'cluster', other: 'clusters' })}`;

/** The map: what colours it, what is let through, what is found on it. */
export const mapping = {
  spaceLabel:
    'Map of all images in space. Arrow keys turn it, with Shift they move it, plus and minus zoom, 0 shows everything. The list says the same in words.',
  overview: 'Overview: show everything again',

  mode: 'Selecting',
  modes: { replace: 'New selection', add: 'Add to the selection', subtract: 'Take from the selection' },
  modeHints: {
    replace: 'What is drawn becomes the selection.',
    add: 'What is drawn is added to the selection (or hold Shift).',
    subtract: 'What is drawn is taken from the selection (or hold Alt or Ctrl).',
  },
  pictures: { near: 'When near', always: 'Always', never: 'Never' },

  layout: {
    label: 'Layout',
    method: 'Method',
    methods: { pca: 'PCA', umap: 'UMAP', tsne: 't-SNE' },
    about: {
      pca: 'The directions of most variation; at once. Distances count.',
      umap: 'Neighbours together, groups apart; takes a while.',
      tsne: 'Neighbours together in many small groups; takes longest.',
    },
    options: {
      neighbours: 'Neighbours',
      minDist: 'Minimum distance',
      perplexity: 'Perplexity',
      seed: 'Seed',
    },
    space: '3-D',
    again: 'Lay out again',
    againHint: 'Forgets where the images lie and lays out all of them together.',
    cancel: 'Cancel',
    failed: 'The layout did not finish.',
    meaning: {
      umap: 'UMAP keeps neighbourhoods: what lies close together is alike. How far groups are apart, how large and how dense they are means little.',
      tsne: 't-SNE keeps neighbourhoods: what lies close together is alike. How far groups are apart, how large and how dense they are means nothing.',
    },
    trust: (trust: number, recall: number, k: number) =>
      `Trustworthiness ${f.decimal(trust, 2)} of 1: ${f.percent(recall)} of the ${f.int(k)} nearest images are also nearest here.`,
    judged: (sample: number, n: number) =>
      sample < n ? `Judged on ${f.int(sample)} of ${images(n)}.` : `Judged on all ${images(n)}.`,
    tooFew: 'Too few images to judge how well neighbours were kept.',
    neighboursFound: (recall: number, sample: number) =>
      `Neighbours were sought approximately: ${f.percent(recall)} of the true ones were found, measured on ${images(sample)}.`,
    reduced: (components: number, share: number) =>
      `Made from ${f.int(components)} principal components, which hold ${f.percent(share)} of the variation.`,
    added: (n: number) => `${images(n)} came later and were added to this layout.`,
    short: (method: string, dims: number, trust: number | null) =>
      trust === null
        ? `${method}, ${dims}-D`
        : `${method}, ${dims}-D, trustworthiness ${f.decimal(trust, 2)}`,
    shortPca: (share: number) => `PCA, 3-D (${f.percent(share)})`,
  },

  scoresGroup: 'Scores',
  columnsGroup: 'Columns',
  scores: {
    distance: 'Distance to own centre',
    ratio: 'Distance, relative to the cluster’s mean',
    silhouette: 'Silhouette',
    pixels: 'Image size, megapixels',
  },
  sampled: (m: number) => `Each estimated from ${images(m)}.`,
  making: 'Silhouettes',
  range: (low: string, high: string) => `${low} to ${high}`,
  noCluster: 'In no cluster',
  noClusterCount: (n: number) => `${images(n)} in no cluster`,
  otherValues: 'Other values',

  only: (name: string, n: number) => `Show only ${name}, ${images(n)}`,
  onlyShort: 'Only',
  onlyHint: 'Greys out all others; with Shift or Ctrl, several are shown.',
  filter: 'Filter',
  onlyShown: 'Only',
  more: (names: string, n: number) => `${names} and ${f.int(n)} more`,
  of: (n: number, all: number) => `${f.int(n)} of ${images(all)}`,
  selectShown: 'Select',
  clearFilter: 'Clear the filter',
  showAll: 'Show all in colour',
  colouredBy: (title: string) => `Coloured by: ${title}.`,
  filtered: (n: number, all: number) => `${f.int(n)} of ${images(all)} are shown, the others are grey.`,
  greyed: (n: number) => `${images(n)}, grey`,

  search: 'Search the map',
  searchPlaceholder: 'Search  /',
  searchHint: 'A part of the name, column:value, size:>10, taken:2024-03, #7 for cluster 7',
  found: 'Found',
  foundCount: (rows: number, k: number) => (k ? `${images(rows)}, ${clusters(k)}` : images(rows)),
  foundNothing: 'Nothing found.',
  foundMore: (n: number) => `and ${images(n)} more`,
  selectFound: (n: number) => `Select ${images(n)}`,
};
