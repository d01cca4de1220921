import type { Artifact } from './artifact';
import { csv, float32, numberText, type Cell, type CsvOptions } from './csv';
import { isoDate, recordBlocks, type OutColumn, type OutTable, type OutVectors } from './out-table';

/** A table as CSV, or as TSV by the delimiter: dates in ISO 8601, `true` and `false`, empty where there is nothing. */
export function tableCsv(table: OutTable, options: CsvOptions = {}): Artifact {
  const isTsv = options.delimiter === '\t';
  return {
    name: `${table.name}.${isTsv ? 'tsv' : 'csv'}`,
    type: isTsv ? 'text/tab-separated-values' : 'text/csv',
    chunks: csv(
      table.columns.map(({ name }) => name),
      records(table),
      options,
    ),
  };
}

function* records({ n, columns }: OutTable): Generator<Cell[]> {
  for (let record = 0; record < n; record++) yield columns.map((column) => cellOf(column, record));
}

function cellOf(column: OutColumn, record: number): Cell {
  if (column.type === 'text') return column.at(record);
  if (column.type === 'boolean') {
    const value = column.at(record);
    return value === null ? null : String(value);
  }
  const value = column.at(record);
  return column.type === 'date' ? isoDate(value) : column.type === 'float' ? float32(value) : value;
}

/** What a cell is called in a preview: as CSV writes it, without quotes. */
export function shownCell(column: OutColumn, record: number): string {
  const cell = cellOf(column, record);
  return cell === null || Number.isNaN(cell) ? '' : String(cell);
}

/** A cell in JSON; null where there is nothing, and for infinity, which JSON has no word for. */
export function cellJson(column: OutColumn, record: number): string {
  const cell = cellOf(column, record);
  if (typeof cell === 'number') return numberJson(cell);
  if (cell === null || cell === '') return 'null';
  return column.type === 'boolean' ? cell : JSON.stringify(cell);
}

const numberJson = (value: number): string => (Number.isFinite(value) ? numberText(value) : 'null');

/** Vector `i` of a block as a JSON array of the shortest numbers that read back as the same float32. */
export function vectorJson(data: Float32Array, i: number, d: number): string {
  const vector = data.subarray(i * d, (i + 1) * d);
  if (d > 0 && vector.every(Number.isNaN)) return 'null';
  let text = '[';
  for (let j = i * d; j < (i + 1) * d; j++) {
    if (j > i * d) text += ',';
    text += numberJson(float32(data[j]));
  }
  return `${text}]`;
}

/** One object for each record, in the order of the columns. */
async function* objects(table: OutTable, vectors: OutVectors | null): AsyncGenerator<string> {
  const names = table.columns.map(({ name }) => JSON.stringify(name));
  for await (const block of recordBlocks(table, vectors))
    for (let i = 0; i < block.n; i++) {
      const fields = table.columns.map((column, c) => `${names[c]}:${cellJson(column, block.first + i)}`);
      if (vectors && block.vectors)
        fields.push(`${JSON.stringify(vectors.name)}:${vectorJson(block.vectors, i, vectors.d)}`);
      yield `{${fields.join(',')}}`;
    }
}

/** A table as one JSON array of objects, one on a line. */
export function tableJson(table: OutTable, vectors: OutVectors | null = null): Artifact {
  async function* lines(): AsyncGenerator<string> {
    let before = '[\n';
    for await (const object of objects(table, vectors)) {
      yield before + object;
      before = ',\n';
    }
    yield before === '[\n' ? '[]\n' : '\n]\n';
  }
  return { name: `${table.name}.json`, type: 'application/json', chunks: encoded(lines()) };
}

/** A table as newline-delimited JSON. */
export function tableNdjson(table: OutTable, vectors: OutVectors | null = null): Artifact {
  async function* lines(): AsyncGenerator<string> {
    for await (const object of objects(table, vectors)) yield `${object}\n`;
  }
  return { name: `${table.name}.ndjson`, type: 'application/x-ndjson', chunks: encoded(lines()) };
}

/** Text as UTF-8, in chunks of about 64 kB. */
export async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let waiting = '';
  for await (const text of texts) {
    waiting += text;
    if (waiting.length < 65_536) continue;
    yield encoder.encode(waiting);
    waiting = '';
  }
  if (waiting) yield encoder.encode(waiting);
}
