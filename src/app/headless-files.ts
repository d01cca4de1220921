import type { Clustering, ClusterNote } from '../domain/clustering';
import type { Project, RowTable } from '../domain/project';
import type { Artifact } from '../exports/artifact';
import { labelsTable } from '../exports/labels';
import type { OutTable } from '../exports/out-table';
import { tableParquet } from '../exports/parquet';
import { picturesZip, type Layout } from '../exports/pictures';
import { tableCsv, tableJson, tableNdjson } from '../exports/text-tables';
import { pictures } from './state/exports';

/** What labels are also written as; `labels.csv` always is, since the run is accounted for by it. */
export type LabelFormat = 'csv' | 'tsv' | 'json' | 'ndjson' | 'parquet';

export interface FileRequest {
  formats: LabelFormat[];
  /** The images as images.zip: a folder for each cluster, or the folders they came in. */
  imagesOut: Layout | null;
}

const WRITERS: Record<LabelFormat, (table: OutTable) => Artifact> = {
  csv: tableCsv,
  tsv: (table) => tableCsv(table, { delimiter: '\t' }),
  json: tableJson,
  ndjson: tableNdjson,
  parquet: tableParquet,
};

/** The labels in every format asked for, and the images. */
export function labelFiles(
  project: Project,
  rows: RowTable,
  clustering: Clustering,
  names: ReadonlyMap<number, ClusterNote> | null,
  { formats, imagesOut }: FileRequest,
): Artifact[] {
  const table = labelsTable(rows, clustering, { notes: names ?? undefined });
  const all = [...new Set<LabelFormat>(['csv', ...formats])];
  const host = { project, rows, clustering, notes: names ?? new Map<number, ClusterNote>() };
  const chosen = Uint32Array.from(rows.paths.keys());
  return [
    ...all.map((format) => WRITERS[format](table)),
    ...(imagesOut
      ? [picturesZip(pictures(host, chosen), { layout: imagesOut, clusters: clustering.k })]
      : []),
  ];
}
