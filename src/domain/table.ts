/** A column of n values; row i of every column of a table belongs to the same record. */
export interface NumberColumn {
  name: string;
  type: 'number';
  /** NaN where there is none. */
  values: Float64Array;
}

export interface DateColumn {
  name: string;
  type: 'date';
  /** Milliseconds since 1970-01-01 UTC (a time without a zone counts as UTC); NaN where there is none. */
  values: Float64Array;
}

export interface BooleanColumn {
  name: string;
  type: 'boolean';
  /** 0, 1, or 2 where there is none. */
  values: Uint8Array;
}

export interface TextColumn {
  name: string;
  type: 'text';
  /** Row i says `words[codes[i]]`. */
  codes: Uint32Array;
  /** Each text once; the first is '', which is also said where there is none. */
  words: string[];
}

export type Column = NumberColumn | DateColumn | BooleanColumn | TextColumn;

/** What was odd in a file and did not stop it from being read. */
export interface Problem {
  /** From 1, as an editor counts; 0 when it is about the whole file. */
  line: number;
  reason: string;
}

/** Metadata in columns. `problems` holds the first ones only, `problemCount` counts all. */
export interface Table {
  n: number;
  columns: Column[];
  problems: Problem[];
  problemCount: number;
}

/** The value of a row as text, '' where there is none; dates in ISO 8601. */
export function textAt(column: Column, row: number): string {
  if (column.type === 'text') return column.words[column.codes[row]];
  const value = column.values[row];
  if (column.type === 'boolean') return ['false', 'true', ''][value];
  if (Number.isNaN(value)) return '';
  return column.type === 'date' ? new Date(value).toISOString() : String(value);
}

/** How the values of a column lead to images. */
export interface JoinKey {
  column: string;
  /** `path`: the whole path; `suffix`: one ends with the other, at a slash; `name`: the file name, wherever it is. */
  by: 'path' | 'suffix' | 'name';
  /** Whether extensions have to agree. */
  extension: boolean;
  ignoreCase: boolean;
}
