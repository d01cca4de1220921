import { pathValue } from '../../../domain/path-columns';
import type { Column, DateColumn, NumberColumn, TextColumn } from '../../../domain/table';
import type { Groupers } from '../../state/column-groups';
import { binEdges, binOf, quantileEdges } from './bins';
import type { Cut, DateStep } from './cuts';

/** What a group of images has in common by a column. */
export type Value =
  | { kind: 'none' }
  | { kind: 'text'; text: string }
  | { kind: 'flag'; is: boolean }
  | { kind: 'number'; value: number }
  /** low <= x < high, in the last range x <= high. */
  | { kind: 'range'; low: number; high: number; last: boolean }
  /** A span of time from here on, in UTC. */
  | { kind: 'date'; from: number; step: DateStep }
  /** So many values that are not shown by themselves. */
  | { kind: 'others'; values: number };

/** The first n images by the values of a column: image i has `values[of[i]]`. In natural order, no value last. */
export interface Values {
  values: readonly Value[];
  of: Uint32Array;
}

const NONE: Value = { kind: 'none' };
const natural = new Intl.Collator('en', { numeric: true }).compare;
const byText = (a: string, b: string): number => natural(a, b) || (a < b ? -1 : 1);

/** The first n images by a cut of a column, in O(n); images beyond the end of the column have no value. Null: no such column. */
export function valuesOf(cut: Cut, { paths, columns }: Groupers, n: number): Values | null {
  const found = columns.find(({ column }) => column.name === cut.column)?.column;
  if (!found) return pathValues(paths, cut.column, n);
  if (found.type === 'text') return textValues(found, n);
  if (found.type === 'date' && cut.step !== 'value' && cut.step !== 'ranges' && cut.step !== 'quantiles')
    return dateValues(found, cut.step, n);
  if (found.type === 'number' && (cut.step === 'ranges' || cut.step === 'quantiles'))
    return rangeValues(found, cut.step, n);
  return plainValues(found, n);
}

function pathValues(paths: readonly string[], column: string, n: number): Values {
  const { folders, of } = foldersOf(paths, n);
  const texts = new Map<string, number>();
  const codeOf = folders.map((folder) => {
    const text = pathValue(folder, column);
    const code = texts.get(text) ?? texts.size;
    texts.set(text, code);
    return code;
  });
  return inTextOrder(
    [...texts.keys()],
    of.map((folder) => codeOf[folder]),
  );
}

const known = new WeakMap<readonly string[], { folders: string[]; of: Uint32Array }>();

/** The folders of the first n paths, each once. Folders are few and images many, so that all columns of paths start from them. */
function foldersOf(paths: readonly string[], n: number): { folders: string[]; of: Uint32Array } {
  const kept = known.get(paths);
  if (kept?.of.length === n) return kept;
  const codes = new Map<string, number>();
  const of = new Uint32Array(n);
  for (let row = 0; row < n; row++) {
    const path = paths[row] ?? '';
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    let code = codes.get(folder);
    if (code === undefined) codes.set(folder, (code = codes.size));
    of[row] = code;
  }
  const found = { folders: [...codes.keys()], of };
  known.set(paths, found);
  return found;
}

function textValues({ codes, words }: TextColumn, n: number): Values {
  const all = new Uint32Array(n);
  all.set(codes.subarray(0, n));
  return inTextOrder(words, all);
}

/** Values that are texts, those that no row has left out. */
function inTextOrder(words: readonly string[], codes: Uint32Array): Values {
  const used = new Uint8Array(words.length);
  for (const code of codes) used[code] = 1;
  const order = [...words.keys()].filter((code) => used[code] === 1);
  order.sort((a, b) =>
    words[a] === '' || words[b] === ''
      ? Number(words[a] === '') - Number(words[b] === '')
      : byText(words[a], words[b]),
  );
  return placed(
    order,
    order.map((code): Value => (words[code] === '' ? NONE : { kind: 'text', text: words[code] })),
    codes,
    words.length,
  );
}

/** Each value of its own: numbers, exact times, yes and no. */
function plainValues(column: Exclude<Column, TextColumn>, n: number): Values {
  const { values } = column;
  const none = column.type === 'boolean' ? 2 : NaN;
  const seen = new Map<number, number>();
  const codes = new Uint32Array(n);
  for (let row = 0; row < n; row++) {
    const value = row < values.length ? values[row] : none;
    let code = seen.get(value);
    if (code === undefined) seen.set(value, (code = seen.size));
    codes[row] = code;
  }
  const isNone = (value: number): boolean => Object.is(value, none);
  const found = [...seen.keys()];
  const order = [...found.keys()].sort((a, b) =>
    isNone(found[a]) || isNone(found[b])
      ? Number(isNone(found[a])) - Number(isNone(found[b]))
      : found[a] - found[b],
  );
  const named = (value: number): Value => {
    if (isNone(value)) return NONE;
    if (column.type === 'boolean') return { kind: 'flag', is: value === 1 };
    return column.type === 'date' ? { kind: 'date', from: value, step: 'moment' } : { kind: 'number', value };
  };
  return placed(
    order,
    order.map((code) => named(found[code])),
    codes,
    found.length,
  );
}

const DAY = 86_400_000;

/** Days are few and times many: the calendar is asked once for each day. */
function dateValues({ values }: DateColumn, step: DateStep, n: number): Values {
  const days = new Map<number, number>();
  const starts = new Map<number, number>();
  const codes = new Uint32Array(n);
  for (let row = 0; row < n; row++) {
    const day = row < values.length ? Math.floor(values[row] / DAY) : NaN;
    let code = days.get(day);
    if (code === undefined) {
      const start = startOf(day * DAY, step);
      code = starts.get(start) ?? starts.size;
      starts.set(start, code);
      days.set(day, code);
    }
    codes[row] = code;
  }
  const found = [...starts.keys()];
  const order = [...found.keys()].sort((a, b) =>
    Number.isNaN(found[a]) || Number.isNaN(found[b])
      ? Number(Number.isNaN(found[a])) - Number(Number.isNaN(found[b]))
      : found[a] - found[b],
  );
  return placed(
    order,
    order.map((code): Value =>
      Number.isNaN(found[code]) ? NONE : { kind: 'date', from: found[code], step },
    ),
    codes,
    found.length,
  );
}

/** The beginning of the day, month or year of a time, UTC; NaN of NaN. */
export function startOf(time: number, step: DateStep): number {
  const date = new Date(time);
  if (step === 'year') return Date.UTC(date.getUTCFullYear(), 0);
  if (step === 'month') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  return step === 'day' ? Math.floor(time / DAY) * DAY : time;
}

function rangeValues({ values }: NumberColumn, step: 'ranges' | 'quantiles', n: number): Values {
  const shown = values.subarray(0, n);
  const edges = step === 'ranges' ? binEdges(shown) : quantileEdges(shown);
  const bins = Math.max(edges.length - 1, 0);
  const codes = new Uint32Array(n).fill(bins);
  for (let row = 0; row < shown.length; row++)
    if (!Number.isNaN(shown[row])) codes[row] = binOf(shown[row], edges);
  const used = new Uint8Array(bins + 1);
  for (const code of codes) used[code] = 1;
  // A range that holds nothing is a gap in the numbers, which is worth seeing; only the lack of a value is left out.
  const order = Array.from({ length: bins + used[bins] }, (_, bin) => bin);
  const named = (bin: number): Value =>
    bin === bins ? NONE : { kind: 'range', low: edges[bin], high: edges[bin + 1], last: bin === bins - 1 };
  return placed(order, order.map(named), codes, bins + 1);
}

/** Codes renumbered to their place in the order. */
function placed(order: readonly number[], values: Value[], codes: Uint32Array, size: number): Values {
  const place = new Uint32Array(size);
  order.forEach((code, i) => (place[code] = i));
  return { values, of: codes.map((code) => place[code]) };
}
