import type { Column } from '../../domain/table';
import { Fields } from '../fields';
import { real } from './format';

/** Values of a column on one line. */
const PART = 16_384;
/** Longest column name and longest text of a cell, in characters. */
const LONGEST_NAME = 100_000;
const LONGEST_WORD = 50 << 20;
/** Characters of words on one line. */
const WORDS = 1 << 20;

/** NaN, which is where there is none, as null; -0 by its name, for JSON writers lose the sign. */
const cell = (value: number): number | string | null =>
  Number.isNaN(value) ? null : Object.is(value, -0) ? '-0' : real(value);

/** Columns of any table as lines: what a column is, then its values some at a time. */
export function* columnLines(columns: readonly Column[]): Generator<object> {
  for (const column of columns) {
    const { name, type } = column;
    if (type === 'text') {
      yield { column: name, type, count: column.codes.length, words: column.words.length };
      yield* wordLines(column.words);
      yield* parts(column.codes, 'codes', Number);
    } else {
      yield { column: name, type, count: column.values.length };
      yield* parts(column.values, 'values', type === 'boolean' ? Number : cell);
    }
  }
}

function* wordLines(words: readonly string[]): Generator<object> {
  let line: string[] = [];
  let length = 0;
  for (const word of words) {
    line.push(word);
    length += word.length + 4;
    if (length < WORDS && line.length < PART) continue;
    yield { words: line };
    line = [];
    length = 0;
  }
  if (line.length) yield { words: line };
}

function* parts(
  values: Float64Array | Uint8Array | Uint32Array,
  key: string,
  cellOf: (value: number) => unknown,
): Generator<object> {
  for (let at = 0; at < values.length; at += PART)
    yield { [key]: Array.from(values.subarray(at, at + PART), cellOf) };
}

type Lines = AsyncIterator<unknown>;

/** `count` columns of `n` values each from the lines that `columnLines` made. Throws a sentence for anything else. */
export async function readColumns(lines: Lines, where: string, count: number, n: number): Promise<Column[]> {
  const columns: Column[] = [];
  for (let i = 0; i < count; i++) columns.push(await readColumn(lines, where, n));
  return columns;
}

async function readColumn(lines: Lines, where: string, n: number): Promise<Column> {
  const head = await next(lines, where);
  const name = head.longText('column', LONGEST_NAME);
  const type = head.oneOf('type', ['number', 'date', 'boolean', 'text']);
  if (head.integer('count', 0, 2 ** 31) !== n) throw head.wrong('count', String(n));
  if (type === 'text') {
    const words = await readWords(lines, where, head.integer('words', 0, 2 ** 31));
    const isCode = (value: unknown): value is number => isWhole(value, words.length - 1);
    return { name, type, words, codes: Uint32Array.from(await take(lines, where, 'codes', n, isCode)) };
  }
  if (type === 'boolean') {
    const isFlag = (value: unknown): value is number => isWhole(value, 2);
    return { name, type, values: Uint8Array.from(await take(lines, where, 'values', n, isFlag)) };
  }
  return { name, type, values: Float64Array.from(await take(lines, where, 'values', n, isCell), numberOf) };
}

const isWhole = (value: unknown, most: number): boolean =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most;

type Cell = number | null | '-0' | 'Infinity' | '-Infinity';
const isCell = (value: unknown): value is Cell =>
  value === null ||
  typeof value === 'number' ||
  value === '-0' ||
  value === 'Infinity' ||
  value === '-Infinity';
const numberOf = (value: Cell): number => (value === null ? NaN : Number(value));

async function readWords(lines: Lines, where: string, count: number): Promise<string[]> {
  const isWord = (value: unknown): value is string =>
    typeof value === 'string' && value.length <= LONGEST_WORD;
  const words = await take(lines, where, 'words', count, isWord);
  if (count > 0 && words[0] !== '') throw new Error(`${where}: the first word of a column is not empty`);
  return words;
}

/** `count` values from as many lines as they are on. */
async function take<T>(
  lines: Lines,
  where: string,
  key: string,
  count: number,
  isRight: (value: unknown) => value is T,
): Promise<T[]> {
  const all: T[] = [];
  while (all.length < count) {
    const line = await next(lines, where);
    const part = line.value(key);
    if (!Array.isArray(part) || part.length === 0 || part.length > count - all.length || !part.every(isRight))
      throw line.wrong(key, 'what its column needs');
    for (const value of part) all.push(value);
  }
  return all;
}

async function next(lines: Lines, where: string): Promise<Fields> {
  const { done, value } = await lines.next();
  if (done) throw new Error(`${where} ends too early`);
  return new Fields(value, where);
}
