import { clustersOf, noneOf, type Clustering, type Sweep } from '../../domain/clustering';
import type { Hierarchy } from '../../domain/hierarchy';
import { groupsOf, type Groupers } from './column-groups';
import { depthOf, levelLabels } from './tree-walk';

/** One way to sort the images that can be compared with another. */
export type Source =
  | { kind: 'clusters'; k: number }
  /** Those of a k as they were edited by hand. */
  | { kind: 'edited'; k: number; clusters: number }
  /** The nodes of one level of the tree that was split by `by`. */
  | { kind: 'level'; by: string; depth: number; parts: number }
  | { kind: 'column'; column: string };

/** Labels of the first n rows (`noneOf` them for none), numbered 0, 1, … without gaps, and what to call each; a number is the cluster's own. */
export interface Labelling {
  labels: ArrayLike<number>;
  names: readonly (string | number)[];
}

export function idOf(source: Source): string {
  if (source.kind === 'clusters') return `k:${source.k}`;
  if (source.kind === 'edited') return `edited:${source.k}`;
  return source.kind === 'level' ? `level:${source.depth}:${source.by}` : `column:${source.column}`;
}

/** What there is to compare over the first n rows: the clusters edited by hand, every k as it was fitted, every level below the root of the trees that cover them, every column. */
export function sourcesOf(
  sweep: Sweep | null,
  trees: ReadonlyMap<string, Hierarchy>,
  columns: readonly string[],
  n: number,
  edited: Clustering | null = null,
): Source[] {
  const levels = [...trees].flatMap(([by, tree]) =>
    Array.from({ length: tree.n < n ? 0 : depthOf(tree) }, (_, i): Source => {
      const depth = i + 1;
      return { kind: 'level', by, depth, parts: levelLabels(tree, depth).parts.length };
    }),
  );
  const own: Source[] = edited?.base
    ? [{ kind: 'edited', k: edited.base.k, clusters: clustersOf(edited).length }]
    : [];
  return [
    ...own,
    ...(sweep?.clusterings ?? []).map(({ k }): Source => ({ kind: 'clusters', k })),
    ...levels,
    ...columns.map((column): Source => ({ kind: 'column', column })),
  ];
}

/** The labels of a source over the first n rows; null when it is not there (any more) or covers fewer rows. */
export function labellingOf(
  source: Source,
  n: number,
  from: Groupers & {
    sweep: Sweep | null;
    edited?: Clustering | null;
    trees: ReadonlyMap<string, Hierarchy>;
  },
): Labelling | null {
  if (source.kind === 'column') {
    const { of, names } = groupsOf(source.column, from, n);
    return of.length < n ? null : { labels: of, names };
  }
  if (source.kind === 'clusters' || source.kind === 'edited') {
    const clustering =
      source.kind === 'edited' ? from.edited : from.sweep?.clusterings.find(({ k }) => k === source.k);
    if (!clustering || clustering.labels.length < n) return null;
    return gapless(
      clustering.labels.subarray(0, n),
      Array.from({ length: clustering.k }, (_, c) => c),
    );
  }
  const tree = from.trees.get(source.by);
  if (!tree || tree.n < n) return null;
  const { labels, parts } = levelLabels(tree, source.depth);
  return gapless(
    labels.subarray(0, n),
    parts.map(({ id, name }) => (name ? `${id} ${name}` : id)),
  );
}

const NONE = noneOf(new Uint32Array());

/** Two labellings over the rows that both have a label for; the others have none on either side. */
export function inCommon(first: Labelling, second: Labelling): [Labelling, Labelling] {
  const [none, other] = [noneOf(first.labels), noneOf(second.labels)];
  let gaps = false;
  for (let row = 0; row < first.labels.length && !gaps; row++)
    gaps = first.labels[row] === none || second.labels[row] === other;
  if (!gaps) return [first, second];
  const over = ({ labels, names }: Labelling): Labelling =>
    gapless(
      Uint32Array.from(labels, (label, row) =>
        first.labels[row] === none || second.labels[row] === other ? NONE : label,
      ),
      names,
    );
  return [over(first), over(second)];
}

/** The same labels without the numbers that no row has. */
function gapless(labels: ArrayLike<number>, names: readonly (string | number)[]): Labelling {
  const used = new Uint8Array(names.length);
  const none = noneOf(labels);
  for (let row = 0; row < labels.length; row++) if (labels[row] !== none) used[labels[row]] = 1;
  if (used.every((flag) => flag === 1)) return { labels, names };
  const renamed = new Uint32Array(names.length);
  let next = 0;
  used.forEach((flag, label) => {
    if (flag) renamed[label] = next++;
  });
  return {
    labels: Uint32Array.from(labels, (label) => (label === none ? NONE : renamed[label])),
    names: names.filter((_, i) => used[i]),
  };
}
