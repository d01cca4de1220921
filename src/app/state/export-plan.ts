import type { Layout } from '../../exports/pictures';

/** What a person takes away with choices of their own. */
export const SUBJECTS = ['images', 'clusters', 'scores', 'vectors', 'pictures'] as const;
export type Subject = (typeof SUBJECTS)[number];

export type Format =
  'csv' | 'tsv' | 'json' | 'ndjson' | 'parquet' | 'bulk' | 'npy' | 'bundle' | 'zip' | 'folder';

const TABLE = ['csv', 'tsv', 'json', 'ndjson', 'parquet'] as const;
/** The first is proposed. */
export const FORMATS: Record<Subject, readonly Format[]> = {
  images: [...TABLE, 'bulk'],
  clusters: TABLE,
  scores: TABLE,
  vectors: ['npy', 'parquet', 'bundle'],
  pictures: ['zip', 'folder'],
};

export type RowChoice = 'all' | 'selection' | 'cluster';

/** One way to take things away, as the form holds it. */
export interface ExportPlan {
  subject: Subject;
  format: Format;
  rows: RowChoice;
  /** Where `rows` is `cluster`. */
  cluster: number;
  /** Keys of the columns of the table of images. */
  columns: string[];
  /** A record also for each file with the bytes of another. */
  duplicates: boolean;
  /** A vector in each record, where the format can hold one. */
  vectors: boolean;
  /** Text as it is, also where a spreadsheet would run it. */
  exact: boolean;
  /** A byte order mark, for Excel. */
  bom: boolean;
  /** Of the fields of documents, and the index they go to. */
  prefix: string;
  index: string;
  layout: Layout;
  /** Only so many images of each cluster, nearest its centre; null: all. */
  nearest: number | null;
  /** Pictures as PNG, whatever they were. */
  png: boolean;
  /** Only so many pictures, from the first; null: all. */
  first: number | null;
}

export const FIRST_PLAN: ExportPlan = {
  subject: 'images',
  format: 'csv',
  rows: 'all',
  cluster: 0,
  columns: ['path', 'cluster', 'cluster_name', 'distance'],
  duplicates: false,
  vectors: false,
  exact: false,
  bom: false,
  prefix: 'tessera_',
  index: '',
  layout: 'cluster',
  nearest: null,
  png: false,
  first: null,
};

export const isText = (format: Format): boolean => format === 'csv' || format === 'tsv';
export const holdsVectors = (format: Format): boolean =>
  ['parquet', 'json', 'ndjson', 'bulk'].includes(format);
/** Whether one chooses among the images; the bundle and the other subjects hold all there is. */
export const choosesRows = ({ subject, format }: Pick<ExportPlan, 'subject' | 'format'>): boolean =>
  (subject === 'images' || subject === 'vectors' || subject === 'pictures') && format !== 'bundle';

/** The plan for another subject: in the same format if it has that. */
export function withSubject(plan: ExportPlan, subject: Subject): ExportPlan {
  const formats = FORMATS[subject];
  return { ...plan, subject, format: formats.includes(plan.format) ? plan.format : formats[0] };
}

/** The rows that a plan takes of those there are, rising. */
export function rowsOf(
  { rows, cluster }: Pick<ExportPlan, 'rows' | 'cluster'>,
  from: { n: number; selected: Uint32Array; labels: ArrayLike<number> | null },
): Uint32Array {
  if (rows === 'selection') return from.selected.filter((row) => row < from.n);
  const all = Uint32Array.from({ length: from.n }, (_, row) => row);
  return rows === 'cluster' ? all.filter((row) => from.labels?.[row] === cluster) : all;
}

/** Of each cluster the rows nearest its centre, at most so many; rows of no cluster stay out. Rising. */
export function nearestRows(
  rows: Uint32Array,
  { labels, distances, k }: { labels: ArrayLike<number>; distances: ArrayLike<number>; k: number },
  count: number,
): Uint32Array {
  const members = Array.from({ length: k }, (): number[] => []);
  for (const row of rows) members[labels[row]]?.push(row);
  const chosen = members.flatMap((of) =>
    of.sort((a, b) => distances[a] - distances[b] || a - b).slice(0, count),
  );
  return Uint32Array.from(chosen).sort();
}
