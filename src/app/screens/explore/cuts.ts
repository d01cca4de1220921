import type { ProjectColumn } from '../../../domain/metadata';
import { pathGroupNames, type Groupers } from '../../state/column-groups';
import { spanOf } from './bins';
import { startOf } from './values';

export type DateStep = 'year' | 'month' | 'day' | 'moment';

/** How the values of a column make groups: each by itself, numbers in ranges, dates by the calendar. */
export interface Cut {
  column: string;
  step: 'value' | 'ranges' | 'quantiles' | Exclude<DateStep, 'moment'>;
}

/** More values than this, each by itself, are no groups unless they are texts. */
const MOST_NUMBERS = 1000;
/** Fewer different numbers than this need no ranges. */
const FEW = 12;
const DATE_STEPS = ['year', 'month', 'day'] as const;

export const cutId = ({ column, step }: Cut): string => `${step}:${column}`;

/** All cuts that make more than one group, and groups of more than one image; those of the paths first. */
export function cutsOf({ paths, columns }: Groupers): Cut[] {
  return [
    ...pathGroupNames(paths).map((column): Cut => ({ column, step: 'value' })),
    ...columns.flatMap(columnCuts),
  ];
}

/** More groups than this are too many to be looked at one beside the other. */
const FEW_GROUPS = 24;

/**
 * The cut that is taken where none was chosen: of what came with the images, which says more than their folders, and of few
 * values if there is such a column.
 */
export function proposedCut(cuts: readonly Cut[], columns: readonly ProjectColumn[]): Cut | null {
  const own = cuts.filter(
    ({ step, column }) => step === 'value' && columns.some((one) => one.column.name === column),
  );
  const few = own.find(
    ({ column }) => columns.find((one) => one.column.name === column)!.distinct <= FEW_GROUPS,
  );
  return few ?? own[0] ?? cuts[0] ?? null;
}

/** The one cut of a column whose groups are read best; null when it makes none. */
export function mainCut(one: ProjectColumn): Cut | null {
  const cuts = columnCuts(one);
  const rank = ['value', 'month', 'day', 'quantiles', 'year', 'ranges'];
  return cuts.sort((a, b) => rank.indexOf(a.step) - rank.indexOf(b.step))[0] ?? null;
}

function columnCuts({ column, filled, distinct }: ProjectColumn): Cut[] {
  const { name } = column;
  const length = column.type === 'text' ? column.codes.length : column.values.length;
  const different = column.type === 'text' ? column.words.length - 1 : distinct;
  const repeats = different <= Math.max(filled / 2, 2);
  const isSplit = different + (filled < length ? 1 : 0) > 1;
  if (filled === 0 || !isSplit) return [];
  const cuts: Cut[] = [];
  if (column.type === 'date') {
    const { low, high } = spanOf(column.values);
    for (const step of DATE_STEPS)
      if (startOf(low, step) !== startOf(high, step)) cuts.push({ column: name, step });
    return cuts;
  }
  if (repeats && (column.type !== 'number' || distinct <= MOST_NUMBERS))
    cuts.push({ column: name, step: 'value' });
  if (column.type === 'number' && distinct >= FEW)
    cuts.push({ column: name, step: 'ranges' }, { column: name, step: 'quantiles' });
  return cuts;
}
