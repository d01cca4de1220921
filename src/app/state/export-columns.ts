import type { Clustering, ClusterNote } from '../../domain/clustering';
import { pathColumnNames, pathValue } from '../../domain/path-columns';
import type { RowTable } from '../../domain/project';
import type { Column } from '../../domain/table';
import type { ImageRecords } from '../../exports/image-records';
import { outColumn, type OutColumn } from '../../exports/out-table';
import { clusterOrNone, editColumns } from '../../exports/labels';

/** Where a column of the table of images comes from. */
export type ColumnGroup = 'image' | 'cluster' | 'path' | 'metadata';

/** A column that can be chosen. */
export interface ColumnChoice {
  /** Of the choice; also the name in the file, but for metadata named like a column of ours. */
  key: string;
  group: ColumnGroup;
  of(records: ImageRecords): OutColumn;
}

export interface ColumnSources {
  rows: RowTable;
  clustering: Clustering | null;
  notes: ReadonlyMap<number, ClusterNote>;
  metadata: readonly Column[];
}

/** All columns that there are for the images, in the order of the file. */
export function columnChoices({ rows, clustering, notes, metadata }: ColumnSources): ColumnChoice[] {
  const image: ColumnChoice[] = [
    text('path', 'image', ({ path }) => path),
    text('duplicate_of', 'image', ({ duplicateOf }) => duplicateOf),
    text(
      'sha256',
      'image',
      ({ rows: of }) =>
        (record) =>
          rows.hashes[of[record]],
    ),
    integer('width', 'image', (row) => rows.widths[row]),
    integer('height', 'image', (row) => rows.heights[row]),
    integer('row', 'image', (row) => row),
  ];
  const own = [...image, ...clusterColumns(clustering, notes), ...pathColumns(rows.paths)];
  const taken = new Set(own.map(({ key }) => key));
  return [
    ...own,
    ...metadata.map((column): ColumnChoice => {
      let key = column.name;
      for (let times = 2; taken.has(key); times++) key = `${column.name} (${times})`;
      taken.add(key);
      const named = { ...column, name: key };
      return { key, group: 'metadata', of: ({ rows: of }) => outColumn(named, (record) => of[record]) };
    }),
  ];
}

function clusterColumns(
  clustering: Clustering | null,
  notes: ReadonlyMap<number, ClusterNote>,
): ColumnChoice[] {
  if (!clustering) return [];
  const { labels, distances } = clustering;
  return [
    // Rows that came after the clustering have no label yet, those without a vector none at all.
    integer('cluster', 'cluster', (row) => clusterOrNone(labels[row])),
    text(
      'cluster_name',
      'cluster',
      ({ rows: of }) =>
        (record) =>
          notes.get(labels[of[record]])?.name ?? '',
    ),
    ...editColumns(clustering, (row) => row).map(({ name: key }, i): ColumnChoice => ({
      key,
      group: 'cluster',
      of: ({ rows: of }) => editColumns(clustering, (record) => of[record])[i],
    })),
    {
      key: 'distance',
      group: 'cluster',
      of: ({ rows: of }) => ({
        name: 'distance',
        type: 'float',
        at: (record) => distances[of[record]] ?? NaN,
      }),
    },
  ];
}

function pathColumns(paths: readonly string[]): ColumnChoice[] {
  return pathColumnNames(paths).map((name) =>
    text(
      name,
      'path',
      ({ path }) =>
        (record) =>
          pathValue(path(record), name),
    ),
  );
}

function text(
  key: string,
  group: ColumnGroup,
  at: (records: ImageRecords) => (record: number) => string,
): ColumnChoice {
  return { key, group, of: (records) => ({ name: key, type: 'text', at: at(records) }) };
}

function integer(key: string, group: ColumnGroup, at: (row: number) => number): ColumnChoice {
  return { key, group, of: ({ rows }) => ({ name: key, type: 'integer', at: (record) => at(rows[record]) }) };
}
