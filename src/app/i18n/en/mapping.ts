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
  pictures: { near: 'Pictures when near', always: 'Pictures always', never: 'Dots only' },

  scoresGroup: 'Scores',
  columnsGroup: 'Columns',
  scores: {
    distance: 'Distance to own centre',
    ratio: 'Distance, relative to the cluster’s mean',
    pixels: 'Image size, megapixels',
  },
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
  showAll: 'Show all',
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
