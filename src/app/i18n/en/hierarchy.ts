import { createFormat } from '../format';

const f = createFormat('en');
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;
const images = (n: number): string => count(n, 'image', 'images');

/** How a tree was made. */
export interface TreeMethod {
  column: string | null;
  branching: number | null;
  prepared: readonly string[];
  nInit: number;
  seed: number;
}

/** The tree as a treemap and as an outline. */
export const hierarchy = {
  treemap: 'Treemap',
  cards: 'Cards',
  shownAs: 'Children shown as',
  outline: 'Outline',
  pictures: 'Pictures',
  colourBy: 'Colour',
  byCluster: (k: number) => `Cluster, k = ${k}`,
  byClusterNone: 'Cluster',
  shareOfColumn: (column: string) => `Share: ${column}`,
  value: 'Value',
  noValue: '(none)',
  valueCount: (value: string, n: number) => `${value} (${f.int(n)})`,
  scale: (low: string, high: string) => `${low} to ${high} of the images`,
  figure: (name: string) => `Treemap of ${name}`,
  treemapLabel: (name: string, n: number) => `${name} by area: ${count(n, 'child', 'children')}`,
  keys: 'Arrow keys move, Enter opens, Space selects the images, Backspace goes up.',
  node: (name: string, n: number, fraction: number) => `${name}: ${images(n)}, ${f.percent(fraction)}`,
  children: (n: number) => count(n, 'child', 'children'),
  mostly: (cluster: string, fraction: number) => `${f.percent(fraction)} in ${cluster}`,
  withValue: (value: string, fraction: number) => `${f.percent(fraction)} with ${value}`,
  selected: (n: number) => `${f.int(n)} selected`,
  hidden: (nodes: number, n: number) =>
    `${count(nodes, 'child', 'children')} with ${images(n)} too small to draw: see the outline.`,
  outlineLabel: 'Outline of the tree',
  expandAll: 'Open all',
  collapseAll: 'Close all',
  drawn: (name: string, n: number) => `${name}, ${images(n)}: area by number of images, two levels.`,
  /** `column`: what the first level is split by, if not by likeness; `prepared`: what was done to the vectors first. */
  method: ({ column, branching, prepared, nInit, seed }: TreeMethod) =>
    [
      `Method: ${column === null ? 'hierarchical k-means' : `k-means within each value of ${column}`}`,
      ...(branching === null ? [] : [`at most ${branching} children a node`]),
      ...prepared,
      `best of ${count(nInit, 'start', 'starts')}`,
    ].join(', ') + `. Seed: ${seed}.`,
  edited:
    'The tree was made of the images as they are and keeps its branches when clusters are edited by hand. Colours, and the cluster that most images of a node are in, are as edited.',
  colourCluster: (k: number) => `Colour: the cluster that most images are in (k = ${k}).`,
  colourShare: (column: string, value: string) => `Colour: share of ${column} = ${value}.`,
};
