import { textAt, type Column } from '../domain/table';

/** Some rows of a table: row `from[i]` of its columns belongs to image `to[i]`. */
export interface Piece {
  columns: readonly Column[];
  to: Int32Array;
  from: Int32Array;
}

/**
 * One set of columns over n images from pieces that each cover some of them. A column that a piece lacks is empty there; one
 * with different types in different pieces becomes text. Texts that no image has are left out.
 */
export function alignColumns(pieces: readonly Piece[], n: number): Column[] {
  const byName = new Map<string, { column: Column; piece: Piece }[]>();
  for (const piece of pieces)
    for (const column of piece.columns) {
      const same = byName.get(column.name);
      if (same) same.push({ column, piece });
      else byName.set(column.name, [{ column, piece }]);
    }
  return [...byName].map(([name, parts]) => aligned(name, parts, n));
}

function aligned(name: string, parts: readonly { column: Column; piece: Piece }[], n: number): Column {
  const types = new Set(parts.filter(({ column }) => hasValue(column)).map(({ column }) => column.type));
  const [type = 'text', ...others] = types;
  if (type === 'text' || others.length > 0) return alignedText(name, parts, n);
  if (type === 'boolean') {
    const values = new Uint8Array(n).fill(2);
    for (const { column, piece } of parts) copy(column, piece, values);
    return { name, type, values };
  }
  const values = new Float64Array(n).fill(NaN);
  for (const { column, piece } of parts) copy(column, piece, values);
  return { name, type, values };
}

/** An empty column may be of another type than the rest: it says nothing. */
function copy(column: Column, { to, from }: Piece, values: Float64Array | Uint8Array): void {
  if (column.type === 'text' || !hasValue(column)) return;
  for (let i = 0; i < to.length; i++) values[to[i]] = column.values[from[i]];
}

function alignedText(name: string, parts: readonly { column: Column; piece: Piece }[], n: number): Column {
  const codes = new Uint32Array(n);
  const words = [''];
  const known = new Map([['', 0]]);
  const codeOf = (word: string): number => {
    let code = known.get(word);
    if (code === undefined) known.set(word, (code = words.push(word) - 1));
    return code;
  };
  for (const { column, piece } of parts) {
    const { to, from } = piece;
    if (column.type !== 'text') {
      for (let i = 0; i < to.length; i++) codes[to[i]] = codeOf(textAt(column, from[i]));
      continue;
    }
    const renamed = new Int32Array(column.words.length).fill(-1);
    for (let i = 0; i < to.length; i++) {
      const code = column.codes[from[i]];
      if (renamed[code] < 0) renamed[code] = codeOf(column.words[code]);
      codes[to[i]] = renamed[code];
    }
  }
  return { name, type: 'text', codes, words };
}

function hasValue(column: Column): boolean {
  if (column.type === 'text') return column.codes.some((code) => code !== 0);
  if (column.type === 'boolean') return column.values.some((value) => value !== 2);
  return column.values.some((value) => !Number.isNaN(value));
}

/**
 * A name of its own for every column of several groups: one that is empty, reserved or taken by a group before gets its
 * group's name as a prefix, and a number if that does not help.
 */
export function uniqueNames(
  groups: readonly { label: string; names: readonly string[] }[],
  isReserved: (name: string) => boolean,
): string[][] {
  const taken = new Set<string>();
  return groups.map(({ label, names }) =>
    names.map((name) => {
      const base = name.trim() === '' || taken.has(name) || isReserved(name) ? `${label}: ${name}` : name;
      let own = base;
      for (let times = 2; taken.has(own); times++) own = `${base} (${times})`;
      taken.add(own);
      return own;
    }),
  );
}
