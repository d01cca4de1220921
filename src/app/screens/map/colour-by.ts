import type { Parts } from '../../../domain/hierarchy';
import type { Categories } from './point-colours';
import { SCORES, type Score } from './scores';

/** The cluster, a score, or a column: of the path as `pathValue` names it ('folder', 'folder_1', 'split', 'class' …) or of the metadata. */
export type ColourBy = 'cluster' | `score:${Score}` | `column:${string}`;

/** What a choice names, if it is among what there is; the clusters otherwise. */
export function sourceOf(
  by: ColourBy,
  columns: readonly string[],
): { kind: 'cluster' } | { kind: 'score'; score: Score } | { kind: 'column'; column: string } {
  const column = by.startsWith('column:') ? by.slice('column:'.length) : null;
  if (column !== null && columns.includes(column)) return { kind: 'column', column };
  const score = SCORES.find((name) => by === `score:${name}`);
  return score ? { kind: 'score', score } : { kind: 'cluster' };
}

export interface Category {
  value: string;
  size: number;
}

const MAX_COLOURS = 30;

/** Categories of a column, the most frequent first; those beyond the palette share the code `count`. */
export function categoriesOf({ names, of }: Parts): Categories & { values: Category[]; others: number } {
  const sizes = new Uint32Array(names.length);
  for (const part of of) sizes[part]++;
  const order = [...names.keys()].sort((a, b) => sizes[b] - sizes[a] || (names[a] < names[b] ? -1 : 1));
  const values = order.slice(0, MAX_COLOURS).map((part) => ({ value: names[part], size: sizes[part] }));
  const codeOf = new Uint16Array(names.length);
  order.forEach((part, place) => (codeOf[part] = Math.min(place, values.length)));
  const codes = Uint16Array.from(of, (part) => codeOf[part]);
  const coloured = values.reduce((sum, { size }) => sum + size, 0);
  return { codes, count: values.length, values, others: of.length - coloured };
}
