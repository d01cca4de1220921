import type { Column, Table } from '../../domain/table';
import { cannotRead } from '../fault';
import { csvRows, sniffDialect, type Dialect } from './csv';
import { NotUtf8, sniffEncoding, type TextEncodingName } from './encoding';
import { Problems } from './problems';
import { KindFinder, valueOf, type TextKind } from './values';
import { Words } from './words';

export interface CsvOptions extends Partial<Dialect> {
  /** Bytes read at once. */
  chunk?: number;
}

/** What a first pass over a text table tells. */
export interface CsvScan {
  encoding: TextEncodingName;
  dialect: Dialect;
  n: number;
  names: string[];
  kinds: TextKind[];
  problems: Problems;
}

/**
 * Reads CSV, TSV or any text table: one pass tells how many rows there are and what kind all values of a column are, a second fills
 * columns of the right size. Holds a piece of the file, and the columns: 8 bytes per number or date, 1 per
 * boolean, 4 per text and each different text once. Errors: `read-file`.
 */
export async function readCsvTable(file: File, options: CsvOptions = {}): Promise<Table> {
  const scan = await scanCsv(file, options);
  const { n, names, kinds, problems } = scan;
  const fillers = kinds.map((kind, i) => filler(names[i], kind, n));
  let row = 0;
  for await (const rows of dataRows(file, scan, options.chunk))
    for (const cells of rows) {
      for (let i = 0; i < fillers.length; i++) fillers[i].set(row, cells[i] ?? '');
      row++;
    }
  return {
    n,
    columns: fillers.map(({ column }) => column),
    problems: problems.first,
    problemCount: problems.count,
  };
}

/** The first pass. Text that is not UTF-8 is read as Windows-1252, and that is a problem of the whole file. */
export async function scanCsv(file: File, options: CsvOptions = {}): Promise<CsvScan> {
  if (file.size === 0) throw cannotRead(file.name, 'byte 0', 'it is empty');
  const encoding = await sniffEncoding(file);
  try {
    return await scan(file, encoding, options, new Problems());
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw error;
    const problems = new Problems();
    problems.add(0, 'it is not UTF-8 and was read as Windows-1252; names with accents may be wrong');
    return scan(file, 'windows-1252', options, problems);
  }
}

async function scan(
  file: File,
  encoding: TextEncodingName,
  { chunk, ...given }: CsvOptions,
  problems: Problems,
): Promise<CsvScan> {
  const dialect = { ...(await sniffDialect(file, encoding)), ...given };
  let names: string[] | null = null;
  let finders: KindFinder[] = [];
  let n = 0;
  for await (const { rows, lines } of csvRows(file, encoding, dialect, problems, chunk))
    for (let r = 0; r < rows.length; r++) {
      const cells = rows[r];
      if (!names) {
        if (cells.some((cell) => cell.includes('\0')))
          throw cannotRead(file.name, `line ${lines[r]}`, 'it is not a text table: it holds zero bytes');
        names = columnNames(dialect.header ? cells : cells.map(() => ''));
        finders = names.map(() => new KindFinder(dialect.delimiter !== ','));
        if (dialect.header) continue;
      }
      n++;
      if (cells.length !== names.length)
        problems.add(lines[r], `it has ${cells.length} cells instead of ${names.length}`);
      for (let i = 0; i < finders.length; i++) finders[i].add(cells[i] ?? '');
    }
  if (!names || n === 0) throw cannotRead(file.name, 'the whole file', 'it holds no rows');
  // Semicolons are there because commas are taken.
  const decimalComma = dialect.delimiter === ';' || finders.some(({ showsComma }) => showsComma);
  const kinds = finders.map((finder) => finder.kind(decimalComma));
  return { encoding, dialect, n, names, kinds, problems };
}

/** The rows below the header, in the second pass. */
export async function* dataRows(
  file: File,
  { encoding, dialect }: Pick<CsvScan, 'encoding' | 'dialect'>,
  chunk?: number,
): AsyncGenerator<string[][]> {
  let isHeader = dialect.header;
  // Problems were told in the first pass.
  for await (const { rows } of csvRows(file, encoding, dialect, new Problems(), chunk)) {
    yield isHeader ? rows.slice(1) : rows;
    isHeader = false;
  }
}

/** Every column with a name of its own. */
function columnNames(cells: readonly string[]): string[] {
  const seen = new Set<string>();
  return cells.map((cell, i) => {
    const base = cell.trim() || `column ${i + 1}`;
    let name = base;
    for (let times = 2; seen.has(name); times++) name = `${base} (${times})`;
    seen.add(name);
    return name;
  });
}

interface Filler {
  column: Column;
  set(row: number, text: string): void;
}

function filler(name: string, kind: TextKind, n: number): Filler {
  if (kind === 'text') {
    const words = new Words();
    const codes = new Uint32Array(n);
    return {
      column: { name, type: 'text', codes, words: words.list },
      set: (row, text) => (codes[row] = words.code(text)),
    };
  }
  if (kind === 'boolean') {
    const values = new Uint8Array(n);
    return {
      column: { name, type: 'boolean', values },
      set(row, text) {
        const value = valueOf(text, kind);
        values[row] = Number.isNaN(value) ? 2 : value;
      },
    };
  }
  const values = new Float64Array(n);
  const type = kind === 'date' || kind === 'epoch' ? 'date' : 'number';
  return { column: { name, type, values }, set: (row, text) => (values[row] = valueOf(text, kind)) };
}
