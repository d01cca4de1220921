import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Machine } from './machine';

export type Cell = string | number;

/** One table of a benchmark: the same rows go to the terminal and into the JSON file. */
export interface Table {
  title: string;
  columns: string[];
  rows: Cell[][];
}

export interface Result {
  name: string;
  tables: Table[];
  /** Not all of it need be measured at once: what was measured on the same machine before stays. */
  isPart?: boolean;
}

/** Three significant digits; whole numbers as they are. */
export function round(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(3));
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function markdown({ title, columns, rows }: Table): string {
  const line = (cells: Cell[]) => `| ${cells.map(String).join(' | ')} |`;
  return [`### ${title}`, '', line(columns), line(columns.map(() => '---')), ...rows.map(line), ''].join(
    '\n',
  );
}

/**
 * Tables with what was measured before: those of other titles, and rows with another first cell where the columns are the
 * same. Rows that begin with numbers are in their order.
 */
export function merged(before: readonly Table[], now: readonly Table[]): Table[] {
  const joined = now.map((table): Table => {
    const old = before.find(
      ({ title, columns }) => title === table.title && String(columns) === String(table.columns),
    );
    const kept = (old?.rows ?? []).filter(([first]) => !table.rows.some((row) => row[0] === first));
    const rows = [...kept, ...table.rows];
    if (rows.every(([first]) => typeof first === 'number')) rows.sort((a, b) => Number(a[0]) - Number(b[0]));
    return { ...table, rows };
  });
  const titles = new Set(now.map(({ title }) => title));
  return [...before.filter(({ title }) => !titles.has(title)), ...joined];
}

/** Tables of an earlier run on the same machine and browser. */
function earlier(path: string, machine: Machine): Table[] {
  if (!existsSync(path)) return [];
  const before = JSON.parse(readFileSync(path, 'utf8')) as { machine: Machine; tables: Table[] };
  const isSame = (['cpu', 'cores', 'memoryGB', 'browser'] as const).every(
    (key) => before.machine[key] === machine[key],
  );
  return isSame ? before.tables : [];
}

/** Writes bench/results/<name>.json and prints the tables. */
export function report({ name, tables, isPart = false }: Result, machine: Machine): void {
  mkdirSync('bench/results', { recursive: true });
  const path = `bench/results/${name}.json`;
  const all = isPart ? merged(earlier(path, machine), tables) : tables;
  writeFileSync(path, JSON.stringify({ name, machine, tables: all }, null, 2) + '\n');
  console.log(`\n${tables.map(markdown).join('\n')}`);
}
