import Papa from 'papaparse';
import { cannotRead } from '../fault';
import { readBytes } from '../file-bytes';
import { textOf, type TextEncodingName } from './encoding';
import { isNumberText } from './values';
import type { Problems } from './problems';

/** How a table is written in a text file. */
export interface Dialect {
  delimiter: string;
  newline: '\n' | '\r\n' | '\r';
  /** The first row holds the names of the columns. */
  header: boolean;
  /** Characters before it: a line that only names the delimiter. */
  skip: number;
}

/** Rows of one piece of a file, and the line each begins on (from 1). */
export interface CsvRows {
  rows: string[][];
  lines: number[];
}

/** Longest row (characters); a quote that is never closed would be one. */
const MAX_ROW = 8 << 20;
const HEAD = 1 << 18;
/** A sign that no text holds, for files of one column. */
const NONE = '\x1f';

const DELIMITERS = [',', '\t', ';', '|'];

/**
 * Tells the dialect from the first rows: the delimiter that cuts most of them into as many cells as the first, and at least
 * two; a header when these are names.
 */
export async function sniffDialect(file: File, encoding: TextEncodingName): Promise<Dialect> {
  const bytes = await readBytes(file, 0, Math.min(file.size, HEAD));
  const head = new TextDecoder(encoding).decode(bytes);
  const [named = '', sign] = /^"?sep=(.)"?(?:\r\n|\n|\r)/.exec(head) ?? [];
  const body = head.slice(named.length);
  const newline = newlineOf(body);
  let best = { delimiter: NONE, first: parseHead(body, NONE, newline)[0] ?? [''], score: 0 };
  for (const delimiter of sign ? [sign] : DELIMITERS) {
    const [first = [], ...rows] = parseHead(body, delimiter, newline);
    if (first.length < 2) continue;
    const alike = rows.filter(({ length }) => length === first.length).length / Math.max(rows.length, 1);
    const score = sign || rows.length === 0 ? 1 : alike;
    if (score > best.score || (score === best.score && first.length > best.first.length))
      best = { delimiter, first, score };
  }
  return { delimiter: best.delimiter, newline, header: isHeader(best.first), skip: named.length };
}

function parseHead(text: string, delimiter: string, newline: string): string[][] {
  const { data } = Papa.parse<string[]>(text, { preview: 50, delimiter, newline: newline as '\n' });
  return data.filter((row) => row.length > 1 || row[0] !== '');
}

function newlineOf(text: string): Dialect['newline'] {
  const both = text.split('\r\n').length;
  const single = text.split('\n').length;
  if (single === 1) return text.includes('\r') ? '\r' : '\n';
  return both * 2 > single ? '\r\n' : '\n';
}

/** Numbers are no names, but for those that count columns from 0 or 1, or are years. */
function isHeader(cells: readonly string[]): boolean {
  const numbers = cells.filter(isNumberText).map(Number);
  const counts = numbers.length > 1 && numbers[0] >= 0 && numbers[0] <= 1;
  return (
    numbers.every((value) => Number.isInteger(value) && value >= 1900 && value <= 2100) ||
    (counts && numbers.every((value, i) => value === numbers[0] + i))
  );
}

/**
 * The rows of a text table, those of a piece of the file at a time (RFC 4180 with any delimiter); empty rows are left out.
 * Errors: `read-file` for a row of more than 8 Mi characters; `NotUtf8`.
 */
export async function* csvRows(
  file: File,
  encoding: TextEncodingName,
  { delimiter, newline, skip }: Dialect,
  problems: Problems,
  chunk?: number,
): AsyncGenerator<CsvRows> {
  const parser = new Papa.Parser({ delimiter, newline });
  let rest = '';
  let line = skip > 0 ? 2 : 1;
  let toSkip = skip;

  const parse = (last: boolean): CsvRows => {
    const { data, errors, meta } = parser.parse(rest, 0, !last) as Papa.ParseResult<string[]>;
    const quoted = rest.includes('"');
    rest = rest.slice(meta.cursor);
    const rows: string[][] = [];
    const lines: number[] = [];
    const starts: number[] = [];
    for (const row of data) {
      starts.push(line);
      // A file may mix line ends.
      const end = row.length - 1;
      if (newline === '\n' && !quoted && row[end].endsWith('\r')) row[end] = row[end].slice(0, -1);
      if (row.length > 1 || row[0] !== '') {
        rows.push(row);
        lines.push(line);
      }
      line += 1 + (quoted ? breaks(row, newline) : 0);
    }
    for (const { type, row = 0 } of errors)
      if (type === 'Quotes')
        problems.add(
          starts[Math.min(row, starts.length - 1)] ?? line,
          'a quote is not closed, or text follows it',
        );
    return { rows, lines };
  };

  for await (const text of textOf(file, encoding, chunk)) {
    rest += toSkip > 0 ? text.slice(toSkip) : text;
    toSkip = Math.max(0, toSkip - text.length);
    const some = parse(false);
    if (rest.length > MAX_ROW)
      throw cannotRead(
        file.name,
        `line ${line}`,
        'this row has more than 8 million characters; a quote may not be closed',
      );
    if (some.rows.length > 0) yield some;
  }
  const some = parse(true);
  if (some.rows.length > 0) yield some;
}

function breaks(row: readonly string[], newline: string): number {
  let count = 0;
  for (const cell of row)
    for (let at = cell.indexOf(newline); at >= 0; at = cell.indexOf(newline, at + 1)) count++;
  return count;
}
