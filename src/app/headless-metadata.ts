import { TesseraError } from '../domain/errors';
import type { JoinReport, TableSketch } from '../domain/metadata';
import type { Project, RowTable } from '../domain/project';
import type { JoinKey } from '../domain/table';
import type { Artifact } from '../exports/artifact';
import { columnsCsv } from '../exports/columns';
import type { JoinedTable } from '../exports/methods/facts';
import { MetadataJob } from '../jobs/metadata-job';
import { firstKey, keyFor } from './state/join-guess';
import { joinedTable } from './state/methods';

/** What became of a table of metadata. */
export interface MetadataFacts extends JoinKey {
  rows: number;
  columns: number;
  /** Oddities in the file that did not stop it from being read. */
  problems: number;
  images: number;
  matched: number;
  /** Images without a row, rows without an image, keys in several rows, rows that fit several images. */
  imagesWithoutRow: number;
  rowsWithoutImage: number;
  duplicateKeys: number;
  ambiguousRows: number;
}

/** Everything that is known of the images beside their pixels: read first, joined once the images are there. */
export class HeadlessMetadata {
  private readonly job = new MetadataJob();
  private held: { file: File; field: string | null; sketch: TableSketch } | null = null;

  /** Reads a table. Errors: `read-file`, also when it has no such column. */
  async read(file: File, field: string | null): Promise<void> {
    const sketch = await this.job.read(file, () => undefined);
    const names = sketch.columns.map(({ name }) => name);
    if (field !== null && !names.includes(field))
      throw new TesseraError(
        'read-file',
        `${file.name} has no column "${field}"; it has ${names.join(', ')}.`,
        {
          file: file.name,
          place: 'its header',
          reason: `there is no column "${field}"`,
        },
      );
    this.held = { file, field, sketch };
  }

  /** Joins the table, if there is one, and keeps it with the project. */
  async join(project: Project): Promise<MetadataFacts | null> {
    if (!this.held) return null;
    const { file, field, sketch } = this.held;
    const { choices } = await this.job.choices(project.id, null, () => undefined);
    const key = field === null ? firstKey(sketch, choices) : keyFor(field, choices);
    if (!key) return null;
    const report = await this.job.join(key);
    await this.job.keep(project.id, file.name, key);
    return factsOf(key, sketch, report);
  }

  /** columns.csv, when anything is known of any image, and the tables as the methods page tells of them. */
  async known(
    project: Project,
    { paths }: RowTable,
  ): Promise<{ artifacts: Artifact[]; tables: JoinedTable[] }> {
    const { columns, tables } = await this.job.columns(project.id, false);
    return {
      artifacts: columns.length > 0 ? [columnsCsv(paths, columns)] : [],
      tables: tables.map(joinedTable),
    };
  }

  stop(): void {
    this.job.stop();
  }
}

function factsOf(
  key: JoinKey,
  { rows, columns, problemCount }: TableSketch,
  report: JoinReport,
): MetadataFacts {
  const { images, matched, lists } = report;
  return {
    ...key,
    rows,
    columns: columns.length,
    problems: problemCount,
    images,
    matched,
    imagesWithoutRow: lists.images.count,
    rowsWithoutImage: lists.rows.count,
    duplicateKeys: lists.duplicates.count,
    ambiguousRows: lists.ambiguous.count,
  };
}
