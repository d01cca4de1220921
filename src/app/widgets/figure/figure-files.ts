import { csv, type Cell } from '../../../exports/csv';
import type { Artifact } from '../../../exports/artifact';
import { safeName } from '../../../exports/safe-name';

/** The numbers that a figure shows. */
export interface FigureTable {
  columns: readonly string[];
  rows: Iterable<readonly Cell[]>;
}

const MOST_LETTERS = 80;

/** `Silhouette: k = 5…30` as `silhouette-k-5-30`; letters of any language stay, and what file systems forbid never gets in. */
export function fileStem(name: string): string {
  const plain = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Mark}\p{Number}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return safeName([...plain].slice(0, MOST_LETTERS).join('') || 'figure');
}

export function tableFile(name: string, { columns, rows }: FigureTable): Artifact {
  return { name: `${fileStem(name)}.csv`, type: 'text/csv', chunks: csv(columns, rows) };
}

export function svgFile(name: string, svg: string): Artifact {
  return {
    name: `${fileStem(name)}.svg`,
    type: 'image/svg+xml',
    chunks: once(() => Promise.resolve(new TextEncoder().encode(svg))),
  };
}

/** A picture that is made when it is asked for. */
export function pngFile(name: string, make: () => Promise<Uint8Array<ArrayBuffer>>): Artifact {
  return { name: `${fileStem(name)}.png`, type: 'image/png', chunks: once(make) };
}

async function* once(make: () => Promise<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield await make();
}
