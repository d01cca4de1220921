import type { Column, JoinKey, Problem } from './table';

/** Where a column comes from: JSON records, the pictures themselves (EXIF), or a table of metadata. */
export type ColumnSource = { kind: 'record' } | { kind: 'exif' } | { kind: 'table'; id: string };

/** A column of the project: value i is that of image (row) i. Its name is like that of no other column. */
export interface ProjectColumn {
  source: ColumnSource;
  column: Column;
  /** Images with a value, and how many different values there are; above `MOST_DISTINCT` they are not counted further. */
  filled: number;
  distinct: number;
}

export const MOST_DISTINCT = 1000;

/** A column of a table before it is joined to anything. */
export interface ColumnSketch {
  name: string;
  type: Column['type'];
  filled: number;
  /** The first different values, as text. */
  samples: string[];
}

/** What a table holds, for those who do not hold the table. */
export interface TableSketch {
  rows: number;
  columns: ColumnSketch[];
  problems: Problem[];
  problemCount: number;
}

/** Everything that finds no partner in a join, and keys that are in several rows. */
export const JOIN_LISTS = ['images', 'rows', 'duplicates', 'ambiguous'] as const;
export type JoinList = (typeof JOIN_LISTS)[number];

/** What a key joins. */
export interface JoinReport {
  images: number;
  matched: number;
  /** How many of each, and the first of them: what it is, and where (a row, from 1 without the header). */
  lists: Record<JoinList, { count: number; first: { what: string; where: string }[] }>;
}

/** A way to join, and how many images find a row by it. */
export interface JoinChoice extends JoinKey {
  matched: number;
}

/** A table that is kept with a project, and what its key joins now. */
export interface TableEntry {
  id: string;
  name: string;
  addedAt: number;
  key: JoinKey;
  rows: number;
  report: JoinReport;
}

export type ReportFraction = (fraction: number) => void;

/** Exposed by workers/metadata.worker.ts through Comlink. Callbacks are Comlink proxies. */
export interface MetadataService {
  /** Reads a table and holds it until the next. Errors: `read-file`. */
  read(file: File, report: ReportFraction): Promise<TableSketch>;
  /** Holds a table that is kept. Errors: `store` when it is gone. */
  open(projectId: string, tableId: string): Promise<TableSketch>;
  /** For each column of the table that is held its best way to join, best first; `except` is the path of the table itself. */
  choices(
    projectId: string,
    except: string | null,
    report: ReportFraction,
  ): Promise<{ images: number; choices: JoinChoice[] }>;
  /** What the held table joins by a key. */
  join(key: JoinKey): Promise<JoinReport>;
  /** One list of the last join, whole, as CSV. */
  list(kind: JoinList): Promise<Uint8Array<ArrayBuffer>>;
  /** Keeps the held table with the project; gives its id. Errors: `quota`, `store`. */
  keep(projectId: string, name: string, key: JoinKey): Promise<string>;
  changeKey(projectId: string, tableId: string, key: JoinKey): Promise<void>;
  /** Takes a table away; until the project is opened again it can be brought back. */
  remove(projectId: string, tableId: string): Promise<void>;
  restore(projectId: string, tableId: string): Promise<void>;
  /** All columns by image row, and the tables. `purge` lets go of what was removed before. */
  columns(projectId: string, purge: boolean): Promise<{ columns: ProjectColumn[]; tables: TableEntry[] }>;
}
