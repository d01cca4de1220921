import type { Categories } from './point-colours';
import { STEPS } from './ramp';

/** Parts of a scale that the legend shows and filters by. */
export const PARTS = 8;

/** Groups of the legend that the map shows in colour, all others grey; null: everything is shown. */
export type Shown = ReadonlySet<number> | null;

/** How many groups the legend tells apart; the group with this number is that of the rows without a colour of their own. */
export function groupCount({ count, ramp }: Pick<Categories, 'count' | 'ramp'>): number {
  return ramp ? PARTS : count;
}

/** The group of each code, those beyond the last category in the last place. */
function groupTable(categories: Categories): Uint16Array {
  const { count, ramp } = categories;
  const rest = groupCount(categories);
  return Uint16Array.from({ length: count + 1 }, (_, code) =>
    code >= count ? rest : ramp ? Math.floor((code * PARTS) / STEPS) : code,
  );
}

/** The group of a row; rows beyond the codes are in none of their own. */
export function groupAt(categories: Categories, row: number): number {
  const { codes, count, ramp } = categories;
  const code = row < codes.length ? codes[row] : count;
  if (code >= count) return groupCount(categories);
  return ramp ? Math.floor((code * PARTS) / STEPS) : code;
}

/** Rows of each group, the last place being that of the rows without a colour of their own. */
export function groupSizes(categories: Categories, n: number): Uint32Array {
  const { codes, count } = categories;
  const table = groupTable(categories);
  const rest = table[count];
  const sizes = new Uint32Array(rest + 1);
  const known = Math.min(n, codes.length);
  for (let row = 0; row < known; row++) sizes[codes[row] < count ? table[codes[row]] : rest]++;
  sizes[rest] += n - known;
  return sizes;
}

/** n flags: 1 where the row is in a group that is shown. */
export function passing(categories: Categories, n: number, shown: ReadonlySet<number>): Uint8Array {
  const { codes, count } = categories;
  const table = groupTable(categories);
  const flags = Uint8Array.from(table, (group) => (shown.has(group) ? 1 : 0));
  const mask = new Uint8Array(n).fill(flags[count]);
  const known = Math.min(n, codes.length);
  for (let row = 0; row < known; row++) mask[row] = flags[Math.min(codes[row], count)];
  return mask;
}

/** The rows of one group, ascending. */
export function rowsOfGroup(categories: Categories, n: number, group: number): Uint32Array {
  return rowsPassing(passing(categories, n, new Set([group])));
}

/** The rows whose flag is set, ascending. */
export function rowsPassing(mask: Uint8Array): Uint32Array {
  let count = 0;
  for (const flag of mask) count += flag;
  const rows = new Uint32Array(count);
  let next = 0;
  for (let row = 0; row < mask.length; row++) if (mask[row]) rows[next++] = row;
  return rows;
}

/** After an entry was pressed: that group alone, or everything when it was alone already. */
export function only(shown: Shown, group: number): Shown {
  return shown?.size === 1 && shown.has(group) ? null : new Set([group]);
}

/** After an entry was pressed with Shift or Ctrl: added to those shown, or taken from them. None, or all of `groups`, is everything. */
export function toggled(shown: Shown, group: number, groups: number): Shown {
  const next = new Set(shown ?? []);
  if (!next.delete(group)) next.add(group);
  return next.size === 0 || next.size === groups ? null : next;
}
