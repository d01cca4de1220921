import type { ImageFacts } from '../domain/facts';
import type { Column, DateColumn, NumberColumn, TextColumn } from '../domain/table';
import { database, keysUnder } from './open';
import type { FactChunk } from './schema';

type FactColumn = NumberColumn | DateColumn | TextColumn;

/** The columns of what pictures say of themselves, in the order in which they are shown. */
export const FACT_COLUMNS: readonly { fact: keyof ImageFacts; name: string; type: FactColumn['type'] }[] = [
  { fact: 'taken', name: 'date taken', type: 'date' },
  { fact: 'make', name: 'camera make', type: 'text' },
  { fact: 'model', name: 'camera model', type: 'text' },
  { fact: 'lens', name: 'lens', type: 'text' },
  { fact: 'latitude', name: 'latitude', type: 'number' },
  { fact: 'longitude', name: 'longitude', type: 'number' },
  { fact: 'altitude', name: 'altitude (m)', type: 'number' },
  { fact: 'exposure', name: 'exposure time (s)', type: 'number' },
  { fact: 'fNumber', name: 'f-number', type: 'number' },
  { fact: 'iso', name: 'ISO', type: 'number' },
  { fact: 'focalLength', name: 'focal length (mm)', type: 'number' },
  { fact: 'software', name: 'software', type: 'text' },
];

/** Rows `row0` … as a chunk of the columns that any of them has; null when none says anything. */
export function packFacts(row0: number, facts: readonly (ImageFacts | null | undefined)[]): FactChunk | null {
  const columns = FACT_COLUMNS.filter(({ fact }) => facts.some((one) => one?.[fact] !== undefined)).map(
    (kind) => filled(kind, facts),
  );
  return columns.length ? { row0, n: facts.length, columns } : null;
}

/** What row `row0 + i` of a chunk says; null when it says nothing. */
export function factsAt(chunk: FactChunk, i: number): ImageFacts | null {
  const facts = FACT_COLUMNS.flatMap(({ fact, name }) => {
    const column = chunk.columns.find((one) => one.name === name);
    const value = column?.type === 'text' ? column.words[column.codes[i]] : column?.values[i];
    return value === undefined || value === '' || Number.isNaN(value) ? [] : [[fact, value]];
  });
  return facts.length ? (Object.fromEntries(facts) as ImageFacts) : null;
}

/** The chunk a row's facts are in, or null when it has none. */
export async function readFactChunk(projectId: string, row: number): Promise<FactChunk | null> {
  const range = IDBKeyRange.bound([projectId, 0], [projectId, row]);
  const cursor = await (await database()).transaction('facts').store.openCursor(range, 'prev');
  return cursor && row < cursor.value.row0 + cursor.value.n ? cursor.value : null;
}

/**
 * What the first `n` rows of a project say of themselves, in columns of n values; columns that are empty throughout are
 * left out, so that a project without EXIF has none.
 */
export async function loadFacts(projectId: string, n: number): Promise<Column[]> {
  const chunks = await (await database()).getAll('facts', keysUnder(projectId));
  return FACT_COLUMNS.flatMap(({ name, type }) => {
    const parts = chunks.flatMap(({ row0, columns }) => {
      const column = columns.find((one) => one.name === name);
      return column && row0 < n ? [{ row0, column }] : [];
    });
    if (parts.length === 0) return [];
    return [type === 'text' ? joinTexts(name, parts, n) : joinNumbers({ name, type }, parts, n)];
  });
}

interface Part {
  row0: number;
  column: Column;
}

function joinNumbers(
  { name, type }: { name: string; type: 'number' | 'date' },
  parts: Part[],
  n: number,
): Column {
  const values = new Float64Array(n).fill(NaN);
  for (const { row0, column } of parts)
    if (column.type === type) values.set(column.values.subarray(0, n - row0), row0);
  return { name, type, values };
}

function joinTexts(name: string, parts: Part[], n: number): Column {
  const codes = new Uint32Array(n);
  const words = new Words();
  for (const { row0, column } of parts) {
    if (column.type !== 'text') continue;
    const codeOf = column.words.map((word) => words.code(word));
    column.codes.subarray(0, n - row0).forEach((code, i) => (codes[row0 + i] = codeOf[code]));
  }
  return { name, type: 'text', codes, words: words.list };
}

function filled(
  { fact, name, type }: (typeof FACT_COLUMNS)[number],
  facts: readonly (ImageFacts | null | undefined)[],
): FactColumn {
  if (type !== 'text')
    return { name, type, values: Float64Array.from(facts, (one) => Number(one?.[fact] ?? NaN)) };
  const words = new Words();
  return {
    name,
    type,
    codes: Uint32Array.from(facts, (one) => words.code(String(one?.[fact] ?? ''))),
    words: words.list,
  };
}

/** Each text once, the empty one first. */
class Words {
  readonly list = [''];
  private readonly codes = new Map([['', 0]]);

  code(word: string): number {
    const known = this.codes.get(word);
    if (known !== undefined) return known;
    this.codes.set(word, this.list.length);
    return this.list.push(word) - 1;
  }
}
