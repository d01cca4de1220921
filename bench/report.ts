import { mkdirSync, writeFileSync } from 'node:fs';
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

/** Writes bench/results/<name>.json and prints the tables. */
export function report({ name, tables }: Result, machine: Machine): void {
  mkdirSync('bench/results', { recursive: true });
  writeFileSync(`bench/results/${name}.json`, JSON.stringify({ name, machine, tables }, null, 2) + '\n');
  console.log(`\n${tables.map(markdown).join('\n')}`);
}
