export type Cell = string | number | null;

export interface CsvOptions {
  /** Starts the file with a byte order mark, which Excel needs to read UTF-8. */
  bom?: boolean;
  /** Between cells; a comma if nothing is said. */
  delimiter?: ',' | '\t';
  /** Text stays as it is, also what a spreadsheet would run as a formula. */
  exact?: boolean;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
/** What a spreadsheet would run as a formula, behind any apostrophes already there so that reading can undo it. */
const RUNS = /^'*[=+\-@\t\r\n＝＋－＠]/;
const HELD = /^'+[=+\-@\t\r\n＝＋－＠]/;

const held = (text: string): string => (RUNS.test(text) && !NUMBER.test(text) ? `'${text}` : text);

/** A number as every reader takes it for one: `inf` for infinity, nothing for NaN. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return '';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0';
  // Sixteen digits and more without an exponent are taken for names by some readers, and are too large for others.
  return Math.abs(value) > Number.MAX_SAFE_INTEGER ? value.toExponential() : String(value);
}

function cellText(cell: Cell, exact: boolean): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return numberText(cell);
  const text = exact ? cell : held(cell);
  // Quoted for every delimiter: programs that guess it count them.
  return /[",;|\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * One record of RFC 4180, line end included. Text that a spreadsheet would run as a formula gets a leading apostrophe,
 * unless it is to be `exact`; numbers never do. NaN and null become empty cells, infinity `inf`.
 */
export function csvRow(
  cells: readonly Cell[],
  { delimiter = ',', exact = false }: Pick<CsvOptions, 'delimiter' | 'exact'> = {},
): string {
  const line = cells.map((cell) => cellText(cell, exact)).join(delimiter);
  // A record of one empty cell would be a blank line, which readers drop.
  return `${line || '""'}\r\n`;
}

/** A table as UTF-8 bytes, in chunks of about 64 kB; the rows are pulled as they are written. */
export async function* csv(
  header: readonly string[],
  rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>,
  options: CsvOptions = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let text = (options.bom ? '\uFEFF' : '') + csvRow(header, options);
  for await (const row of rows) {
    text += csvRow(row, options);
    if (text.length < 65_536) continue;
    yield encoder.encode(text);
    text = '';
  }
  if (text) yield encoder.encode(text);
}

/** The shortest decimal that reads back as the same float32, as a number. */
export function float32(value: number): number {
  if (value === 0) return value;
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}

/** Reads what `csv` writes: records of cells, header first, the apostrophes against formulas taken off again. */
export function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  const cells = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/y;
  cells.lastIndex = text.startsWith('\uFEFF') ? 1 : 0;
  while (cells.lastIndex < text.length || record.length > 0) {
    const at = cells.lastIndex;
    const match = cells.exec(text);
    if (!match) throw new Error(`Not CSV at character ${at}.`);
    const raw = match[1].startsWith('"') ? match[1].slice(1, -1).replaceAll('""', '"') : match[1];
    record.push(HELD.test(raw) ? raw.slice(1) : raw);
    if (match[2] === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}
