import type { Column } from '../../../domain/table';
import { textAt } from '../../../domain/table';

/** The images of each value of a column: value v has `rows[starts[v]] .. rows[starts[v + 1] - 1]`, ascending. */
export interface Grouping {
  names: readonly string[];
  starts: Uint32Array;
  rows: Uint32Array;
}

const SEPARATORS = /[,;|#]/;

/** The tags that a text says: a JSON list, or parts between , ; | #. Each once, trimmed, empty ones left out. */
export function tagsOf(text: string): string[] {
  const trimmed = text.trim();
  const list = listIn(trimmed);
  const parts = list ?? trimmed.split(SEPARATORS);
  return [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))];
}

/** Whether some of the texts say more than one tag, so that they are lists rather than values. */
export function looksLikeTags(words: readonly string[], asked = 500): boolean {
  const some = words.slice(1, asked + 1);
  const lists = some.filter((word) => word.length < 2000 && tagsOf(word).length > 1);
  return some.length > 0 && lists.length >= some.length / 4;
}

/** What stands between [ and ], as JSON or as other languages print lists of texts; null for a text of another form. */
function listIn(text: string): string[] | null {
  if (!text.startsWith('[') || !text.endsWith(']')) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed))
      return parsed.filter((item) => ['string', 'number', 'boolean'].includes(typeof item)).map(String);
  } catch {
    // Lists as Python prints them: ['a', 'b'].
  }
  return text
    .slice(1, -1)
    .split(/[,;|]/)
    .map((part) => part.trim().replace(/^(['"])(.*)\1$/, '$2'));
}

/** The images of each tag among the first n, tags in the order in which they are first said. Each different text is read once. */
export function groupByTags(column: Column, n: number): Grouping {
  const names: string[] = [];
  const codes = new Map<string, number>();
  const codesOf = (text: string): number[] =>
    tagsOf(text).map((tag) => {
      const code = codes.get(tag) ?? names.push(tag) - 1;
      codes.set(tag, code);
      return code;
    });
  const { of, texts } = readEach(column, n, codesOf);
  const starts = inverseStarts(of, texts, names.length);
  const next = starts.slice();
  const rows = new Uint32Array(starts[names.length]);
  for (let row = 0; row < of.length; row++) for (const tag of texts[of[row]]) rows[next[tag]++] = row;
  return { names, starts, rows };
}

/** What each different value of a column reads as, and which of them each row has. */
function readEach<T>(column: Column, n: number, read: (text: string) => T): { of: Uint32Array; texts: T[] } {
  if (column.type === 'text') return { of: column.codes.subarray(0, n), texts: column.words.map(read) };
  const of = new Uint32Array(Math.min(column.values.length, n));
  const seen = new Map<number, number>();
  const texts: T[] = [];
  for (let row = 0; row < of.length; row++) {
    const value = column.values[row];
    let code = seen.get(value);
    if (code === undefined) seen.set(value, (code = texts.push(read(textAt(column, row))) - 1));
    of[row] = code;
  }
  return { of, texts };
}

function inverseStarts(of: Uint32Array, texts: readonly (readonly number[])[], tags: number): Uint32Array {
  const times = new Uint32Array(texts.length);
  for (const text of of) times[text]++;
  const starts = new Uint32Array(tags + 1);
  texts.forEach((all, text) => {
    for (const tag of all) starts[tag + 1] += times[text];
  });
  for (let tag = 0; tag < tags; tag++) starts[tag + 1] += starts[tag];
  return starts;
}

/** The images of each group, of images in one group each; `of[row]` not below `groups` is in none. */
export function groupByValue(of: Uint32Array, groups: number): Pick<Grouping, 'starts' | 'rows'> {
  const starts = new Uint32Array(groups + 1);
  for (const group of of) if (group < groups) starts[group + 1]++;
  for (let group = 0; group < groups; group++) starts[group + 1] += starts[group];
  const next = starts.slice();
  const rows = new Uint32Array(starts[groups]);
  for (let row = 0; row < of.length; row++) if (of[row] < groups) rows[next[of[row]]++] = row;
  return { starts, rows };
}
