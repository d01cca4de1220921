import type { Clustering, ClusterNote } from '../../domain/clustering';
import type { RowTable } from '../../domain/project';
import type { Column } from '../../domain/table';
import type { ClusterPage, Metadata, Views } from '../i18n/messages';
import { clusterAt } from '../screens/clusters/members';
import { shownValue } from '../widgets/column-value';

/** What the texts of a contact sheet are made of. */
export interface CaptionSources {
  rows: RowTable;
  clustering: Clustering | null;
  notes: ReadonlyMap<number, ClusterNote>;
  columns: readonly Column[];
}

export interface CaptionWords {
  sheet: ClusterPage['sheet'];
  views: Views;
  metadata: Metadata;
}

/** What a line of a caption can say of an image. */
export interface CaptionField {
  key: string;
  name: string;
  textOf(row: number): string;
}

/** Everything a caption can say; columns by their own names, with keys that no field of ours has. */
export function captionFields(
  { rows, clustering, notes, columns }: CaptionSources,
  { sheet, views, metadata }: CaptionWords,
): CaptionField[] {
  const names = sheet.captionFields;
  const clusterText = (row: number): string => {
    const cluster = clusterAt(clustering, row);
    return cluster === undefined ? '' : nameOfCluster(cluster, notes, views);
  };
  const distanceText = (row: number): string => {
    const distance = clustering?.distances[row] ?? NaN;
    return Number.isNaN(distance) ? '' : sheet.distanceOf(distance);
  };
  const sizeText = (row: number): string =>
    rows.widths[row] > 0 ? views.timesSign(rows.widths[row], rows.heights[row]) : '';
  const own: CaptionField[] = [
    { key: 'name', name: names.name, textOf: (row) => fileName(rows.paths[row] ?? '') },
    { key: 'path', name: names.path, textOf: (row) => rows.paths[row] ?? '' },
    { key: 'cluster', name: names.cluster, textOf: clusterText },
    { key: 'distance', name: names.distance, textOf: distanceText },
    { key: 'size', name: names.size, textOf: sizeText },
  ];
  return [
    ...own.filter(({ key }) => clustering !== null || (key !== 'cluster' && key !== 'distance')),
    ...columns.map((column) => ({
      key: `column ${column.name}`,
      name: column.name,
      textOf: (row: number) => shownValue(column, row, metadata),
    })),
  ];
}

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** As people call a cluster, with its number; the number alone otherwise. */
export function nameOfCluster(
  cluster: number,
  notes: ReadonlyMap<number, ClusterNote>,
  { cluster: numbered }: Pick<Views, 'cluster'>,
): string {
  const name = notes.get(cluster)?.name;
  return name ? `${numbered(cluster)}: ${name}` : numbered(cluster);
}
