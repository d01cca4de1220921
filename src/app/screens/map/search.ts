import { pathValue } from '../../../domain/path-columns';
import type { Column } from '../../../domain/table';

/** What a person typed into the search box. */
export type Query =
  | { kind: 'nothing' }
  /** `cluster:7`, `cluster:name`, `#7`. */
  | { kind: 'cluster'; text: string }
  /** `column:value`, with a column that there is. */
  | { kind: 'column'; column: string; value: string }
  | { kind: 'text'; text: string };

/** Reads what was typed; `columns` are the names that can stand before the colon. A colon after another word is text. */
export function parseQuery(typed: string, columns: readonly string[]): Query {
  const text = typed.trim();
  if (text === '') return { kind: 'nothing' };
  const number = /^#(\d{1,5})$/.exec(text);
  if (number) return { kind: 'cluster', text: number[1] };
  const lower = text.toLowerCase();
  // The longest name first: one may begin with another and a colon.
  const byLength = [...columns].sort((a, b) => b.length - a.length);
  const column = byLength.find((name) => lower.startsWith(`${name.toLowerCase()}:`));
  if (column !== undefined) {
    const value = text.slice(column.length + 1).trim();
    return value === '' ? { kind: 'nothing' } : { kind: 'column', column, value };
  }
  const cluster = /^cluster:\s*(.*)$/i.exec(text);
  if (cluster) return cluster[1] === '' ? { kind: 'nothing' } : { kind: 'cluster', text: cluster[1] };
  return { kind: 'text', text };
}

/** Those of the clusters that have this number, or this text in their name. */
export function clustersFound(
  text: string,
  clusters: readonly number[],
  nameOf: (cluster: number) => string,
): number[] {
  const wanted = text.trim().toLowerCase();
  const number = /^\d+$/.test(wanted) ? Number(wanted) : -1;
  return clusters.filter((cluster) => cluster === number || nameOf(cluster).toLowerCase().includes(wanted));
}

type Test = (row: number) => boolean;

/** Whether the path of a row holds a text; case does not count. */
export function pathTest(paths: readonly string[], text: string): Test {
  const wanted = text.toLowerCase();
  return (row) => paths[row].toLowerCase().includes(wanted);
}

/** Whether what a path says for one of its columns (`folder`, `class` …) holds a text. */
export function pathColumnTest(paths: readonly string[], column: string, text: string): Test {
  const wanted = text.toLowerCase();
  return (row) => pathValue(paths[row], column).toLowerCase().includes(wanted);
}

/**
 * Whether the value of a row fits: texts that hold the value; numbers equal to it, or `>3`, `<=3`, `2..5`; dates that begin
 * like it (`2024-03`), and the same comparisons; `true`, `false` of booleans. Rows beyond the column fit nothing.
 */
export function columnTest(column: Column, value: string): Test {
  if (column.type === 'text') {
    const wanted = value.toLowerCase();
    const fits = Uint8Array.from(column.words, (word) => (word.toLowerCase().includes(wanted) ? 1 : 0));
    return (row) => fits[column.codes[row]] === 1;
  }
  const { values } = column;
  if (column.type === 'boolean') {
    const flag = ['false', 'true'].findIndex((word) => word.startsWith(value.toLowerCase()));
    return (row) => flag >= 0 && values[row] === flag;
  }
  const range = rangeOf(value, column.type === 'date' ? spanOfDate : spanOfNumber);
  return (row) => range !== null && values[row] >= range[0] && values[row] <= range[1];
}

type Span = readonly [number, number];

/** From where to where values fit, both included; null when the text is no value. */
function rangeOf(text: string, spanOf: (text: string) => Span | null): Span | null {
  const between = /^(.+?)\.\.(.+)$/.exec(text);
  if (between) {
    const [low, high] = [spanOf(between[1]), spanOf(between[2])];
    return low && high && [low[0], high[1]];
  }
  const compared = /^(>=|<=|>|<)\s*(.+)$/.exec(text);
  const span = spanOf(compared ? compared[2] : text);
  if (!span || !compared) return span;
  if (compared[1] === '>=') return [span[0], Infinity];
  if (compared[1] === '<=') return [-Infinity, span[1]];
  return compared[1] === '>' ? [justAbove(span[1]), Infinity] : [-Infinity, -justAbove(-span[0])];
}

/** The next larger number that is told apart. */
const justAbove = (value: number): number =>
  value + Math.max(Math.abs(value) * Number.EPSILON, Number.MIN_VALUE);

function spanOfNumber(text: string): Span | null {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() !== '' && Number.isFinite(value) ? [value, value] : null;
}

/** All moments of a year, a month, a day or a minute, in UTC. */
function spanOfDate(text: string): Span | null {
  const parts = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?(?:[T ](\d{1,2}):(\d{2}))?$/.exec(text.trim());
  if (!parts) return null;
  const [year, month, day, hour, minute] = parts.slice(1).map((part) => (part ? Number(part) : undefined));
  if (year === undefined) return null;
  const from = Date.UTC(year, (month ?? 1) - 1, day ?? 1, hour ?? 0, minute ?? 0);
  const to =
    minute !== undefined
      ? from + 60_000
      : day !== undefined
        ? from + 86_400_000
        : Date.UTC(month === undefined ? year + 1 : year, month ?? 0, 1);
  return [from, to - 1];
}

const SLICE = 20_000;

/** The rows that pass a test, ascending; lets others have the thread now and then. Null when `signal` ended it. */
export async function rowsWhere(
  n: number,
  test: Test,
  signal: AbortSignal,
  pause: () => Promise<void>,
): Promise<Uint32Array | null> {
  const found = new Uint32Array(n);
  let count = 0;
  for (let from = 0; from < n; from += SLICE) {
    if (from > 0) await pause();
    if (signal.aborted) return null;
    const to = Math.min(from + SLICE, n);
    for (let row = from; row < to; row++) if (test(row)) found[count++] = row;
  }
  return found.slice(0, count);
}

/** A value of a column that a text is found in, and the images that have it. */
export interface ValueFound {
  column: string;
  value: string;
  size: number;
}

/** The values of text columns that hold a text, those of most images first, at most `most`. */
export function valuesFound(columns: readonly Column[], text: string, most: number): ValueFound[] {
  const wanted = text.toLowerCase();
  const found: ValueFound[] = [];
  for (const column of columns) {
    if (column.type !== 'text') continue;
    const fits = column.words.map((word) => word !== '' && word.toLowerCase().includes(wanted));
    if (!fits.includes(true)) continue;
    const sizes = new Uint32Array(column.words.length);
    for (const code of column.codes) sizes[code]++;
    column.words.forEach((value, code) => {
      if (fits[code] && sizes[code] > 0) found.push({ column: column.name, value, size: sizes[code] });
    });
  }
  return found.sort((a, b) => b.size - a.size || (a.value < b.value ? -1 : 1)).slice(0, most);
}
