import type { Clustering } from '../../../../domain/clustering';
import type { Hierarchy, Parts } from '../../../../domain/hierarchy';
import { toHex } from '../../../state/colour';
import { clusterColour, NOISE_GREY, rampRgb, type Theme } from '../../../state/palette';
import { rowsOf } from '../../../state/tree-walk';

/** What colours the tiles: the cluster that most images of a node are in, or the share of them with a value of a column. */
export type TintBy = { kind: 'cluster' } | { kind: 'value'; column: string; value: string };

export interface Tint {
  colour: string;
  /** The cluster most are in; null when it is not about clusters, and where no image has one. */
  cluster: number | null;
  /** Of the images of the node, 0..1. */
  share: number;
}

type Tree = Pick<Hierarchy, 'nodes' | 'order'>;

/** The cluster that most images of a node are in (the lowest of equals), and how many of them. */
export function mainCluster(
  tree: Tree,
  place: number,
  { labels, k }: Pick<Clustering, 'labels' | 'k'>,
): { cluster: number | null; share: number } {
  const counts = new Uint32Array(k);
  const rows = rowsOf(tree as Hierarchy, place);
  for (const row of rows) if (labels[row] < k) counts[labels[row]]++;
  let cluster = 0;
  for (let c = 1; c < k; c++) if (counts[c] > counts[cluster]) cluster = c;
  const share = k > 0 && rows.length > 0 ? counts[cluster] / rows.length : 0;
  return { cluster: share > 0 ? cluster : null, share };
}

/** The share of the images of a node that have this value, 0..1. */
export function shareOfValue(tree: Tree, place: number, { names, of }: Parts, value: string): number {
  const code = names.indexOf(value);
  const rows = rowsOf(tree as Hierarchy, place);
  let count = 0;
  for (const row of rows) if (row < of.length && of[row] === code) count++;
  return rows.length > 0 ? count / rows.length : 0;
}

/** The tint of each node asked for; counted once each. */
export function tinter(
  tree: Hierarchy,
  theme: Theme,
  by: TintBy,
  given: { clustering: Clustering | null; parts: Parts | null },
): (place: number) => Tint {
  const known = new Map<number, Tint>();
  const make = (place: number): Tint => {
    if (by.kind === 'value' && given.parts) {
      const share = shareOfValue(tree, place, given.parts, by.value);
      return { colour: rampHex(share, theme), cluster: null, share };
    }
    const none = { cluster: null, share: 0 };
    const { cluster, share } = given.clustering ? mainCluster(tree, place, given.clustering) : none;
    return { colour: cluster === null ? NOISE_GREY[theme] : clusterColour(cluster, theme), cluster, share };
  };
  return (place) => {
    const tint = known.get(place) ?? make(place);
    known.set(place, tint);
    return tint;
  };
}

/** The colour of a share on the scale. */
export function rampHex(share: number, theme: Theme): string {
  const [r, g, b] = rampRgb(share, theme);
  return toHex([r / 255, g / 255, b / 255]);
}

/** The values of a column by how many images have them, most first. */
export function valuesByCount({ names, of }: Parts): { value: string; count: number }[] {
  const counts = new Uint32Array(names.length);
  for (const code of of) counts[code]++;
  return names
    .map((value, code) => ({ value, count: counts[code] }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
