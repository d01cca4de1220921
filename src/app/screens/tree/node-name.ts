import type { Hierarchy } from '../../../domain/hierarchy';
import type { Study } from '../../i18n/messages';

/** What a node is called: by the person or its column's value, else by its id; the root is all images. */
export function nodeName(
  { nodes, by }: Pick<Hierarchy, 'nodes' | 'by'>,
  place: number,
  t: Study['tree'],
): string {
  const { id, name, depth } = nodes[place];
  if (name) return name;
  if (depth === 0) return t.root;
  // A part of a column keeps its value as a name; an empty one is the absent value.
  return by !== 'kmeans' && depth === 1 ? t.noValue : id;
}
