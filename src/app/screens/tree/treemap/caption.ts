import type { Hierarchy } from '../../../../domain/hierarchy';
import type { Messages } from '../../../i18n/messages';
import { dataCaption, preparedWords, type CaptionProject } from '../../../widgets/figure/caption';
import { nodeName } from '../node-name';

type Tree = Pick<Hierarchy, 'nodes' | 'order' | 'by' | 'branching' | 'scaling' | 'pca' | 'nInit' | 'seed'>;

/** What is drawn of a node, of which data, by which method and seed, and what its colours say. */
export function treemapCaption(
  project: CaptionProject | null,
  tree: Tree,
  place: number,
  colour: string,
  m: Messages,
): string {
  const { by, branching, nInit, seed } = tree;
  const column = by === 'kmeans' ? null : by.column;
  const prepared = preparedWords(tree, m);
  return [
    m.hierarchy.drawn(nodeName(tree, place, m.study.tree), tree.nodes[place].size),
    ...(project ? [dataCaption(project, tree.order.length, m)] : []),
    m.hierarchy.method({ column, branching, prepared, nInit, seed }),
    colour,
  ]
    .filter(Boolean)
    .join(' ');
}
