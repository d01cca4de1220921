import { specKey } from '../../domain/spec';
import type { Column } from '../../domain/table';
import type { Artifact } from '../../exports/artifact';
import { tableBulk, type BulkOptions } from '../../exports/bulk';
import { clustersTable } from '../../exports/clusters';
import { embeddingsBundle, matrixNpy } from '../../exports/embeddings';
import { imageRecords } from '../../exports/image-records';
import { outColumn, type OutTable, type OutVectors } from '../../exports/out-table';
import { tableParquet } from '../../exports/parquet';
import { picturesZip, wantedPath, type LayoutOptions, type Picture } from '../../exports/pictures';
import { pngImages } from '../../exports/png-images';
import { scoresTable } from '../../exports/scores';
import { tableCsv, tableJson, tableNdjson } from '../../exports/text-tables';
import { storedVectors } from '../../jobs/vectors';
import { columnChoices, type ColumnChoice } from './export-columns';
import { holdsVectors, nearestRows, rowsOf, type ExportPlan } from './export-plan';
import { clustersOf, matrix, missing, pictures, type ExportHost } from './exports';

/** The session, and the columns that came with its images. */
export interface Exported {
  session: ExportHost;
  metadata: readonly Column[];
}

/** A plan with what it is about: made anew when either changes, cheap to make. */
export interface Prepared {
  plan: ExportPlan;
  from: Exported;
  /** The rows of the images it takes, rising. */
  rows: Uint32Array;
  /** What is written; of pictures, how their manifest begins. */
  table: OutTable;
  /** The row of each record, where records are images. */
  recordRows: Uint32Array;
  ids: BulkOptions['ids'];
}

/** The columns that the table of images can have. */
export function choicesOf({ session, metadata }: Exported): ColumnChoice[] {
  const { rows, clustering, notes } = session;
  return columnChoices({ rows, clustering, notes, metadata });
}

/** Throws `too-few-images` where there is nothing yet of what the plan is about. */
export function prepare(plan: ExportPlan, from: Exported, choices: readonly ColumnChoice[]): Prepared {
  const { session, metadata } = from;
  const { rows: all, clustering, sweep, notes } = session;
  const rows = plannedRows(plan, session);
  const records = imageRecords(all, rows, plan.subject === 'images' && plan.duplicates);
  const rowOf = (record: number): number => records.rows[record];
  const chosen = choices.filter(({ key }) => plan.columns.includes(key) && !isId(plan, key));
  const idColumn = metadata.find((column) => column.name === '_id' && column.type === 'text');
  const ids = idColumn ? outColumn(idColumn, rowOf) : null;
  const tables: Record<ExportPlan['subject'], () => OutTable> = {
    images: () => ({ name: 'images', n: records.n, columns: chosen.map((choice) => choice.of(records)) }),
    clusters: () => clustersTable(all, clustering ?? missing(), notes),
    scores: () => scoresTable(sweep ?? missing(), clustering),
    vectors: () => ({
      name: 'embeddings',
      n: records.n,
      columns: [{ name: 'path', type: 'text', at: records.path }],
    }),
    pictures: () => wantedPaths(plan, session, rows),
  };
  return {
    plan,
    from,
    rows,
    table: tables[plan.subject](),
    recordRows: records.rows,
    ids: ids?.type === 'text' ? ids : null,
  };
}

/** Documents have their id outside of their fields. */
const isId = ({ format }: ExportPlan, key: string): boolean => format === 'bulk' && key === '_id';

function plannedRows(plan: ExportPlan, { rows, selection, clustering }: ExportHost): Uint32Array {
  const labels = clustering?.labels ?? null;
  const chosen = rowsOf(plan, { n: rows.n, selected: selection.rows, labels });
  if (plan.subject !== 'pictures') return chosen;
  const near = plan.nearest !== null && clustering ? nearestRows(chosen, clustering, plan.nearest) : chosen;
  return near.subarray(0, plan.first ?? near.length);
}

/** Where pictures should go, before any of them is in the way of another. */
function wantedPaths(plan: ExportPlan, session: ExportHost, rows: Uint32Array): OutTable {
  const layout = layoutOf(plan, session);
  const picture = (record: number): Picture =>
    picturesOf({ plan, from: { session }, rows: rows.subarray(record, record + 1) }).next().value as Picture;
  return {
    name: 'manifest',
    n: rows.length,
    columns: [
      { name: 'path', type: 'text', at: (record) => session.rows.paths[rows[record]] },
      { name: 'target', type: 'text', at: (record) => wantedPath(picture(record), layout).join('/') },
    ],
  };
}

type Encode = (original: Blob) => Promise<Blob>;

/** The pictures of a plan, to be read one by one; `encode` makes PNG of those that are to be. */
export function picturesOf(
  { plan, from, rows }: Pick<Prepared, 'plan' | 'rows'> & { from: Pick<Exported, 'session'> },
  encode: Encode = (original) => Promise.resolve(original),
): Generator<Picture> {
  const all = pictures(from.session, rows);
  return plan.png ? pngImages(all, encode) : all;
}

/** The file of a plan that ends in one; `done` is told of each picture. Errors: `store`. */
export async function fileOf(
  prepared: Prepared,
  done?: (pictures: number) => void,
  toPng?: Encode,
): Promise<Artifact> {
  const { plan, from, table, rows, recordRows } = prepared;
  const { session } = from;
  if (plan.subject === 'pictures')
    return picturesZip(picturesOf(prepared, toPng), layoutOf(plan, session), 'images.zip', done);
  if (plan.format === 'bundle')
    return embeddingsBundle(session.rows, await matrix(session), (session.project ?? missing()).spec);
  if (plan.format === 'npy') {
    const { d, blocks } = await vectorsOf(session, rows);
    return matrixNpy({ rows: rows.length, dim: d, chunks: blocks() });
  }
  const vectors = writesVectors(plan) ? await vectorsOf(session, recordRows) : null;
  return encode(table, prepared, vectors);
}

/** Whether each record of the plan's table has its vector beside it. */
export function writesVectors({ subject, format, vectors }: ExportPlan): boolean {
  if (!holdsVectors(format)) return false;
  return subject === 'vectors' || (subject === 'images' && vectors);
}

/** A table in the format of the plan. */
export function encode(table: OutTable, { plan, ids }: Prepared, vectors: OutVectors | null): Artifact {
  const { format, exact, bom, prefix, index } = plan;
  switch (format) {
    case 'tsv':
      return tableCsv(table, { delimiter: '\t', exact });
    case 'json':
      return tableJson(table, vectors);
    case 'ndjson':
      return tableNdjson(table, vectors);
    case 'parquet':
      return tableParquet(table, vectors);
    case 'bulk':
      return tableBulk(table, { prefix, index, ids }, vectors);
    default:
      return tableCsv(table, { exact, bom });
  }
}

async function vectorsOf({ project, rows: all }: ExportHost, rows: Uint32Array): Promise<OutVectors> {
  const { id, spec } = project ?? missing();
  const { n, d, blocks } = await storedVectors(id, specKey(spec), all.n);
  const isAll = rows.length === n && rows.every((row, i) => row === i);
  return { name: 'vector', d, blocks: () => (isAll ? blocks() : blocks(rows)) };
}

export function layoutOf({ layout }: ExportPlan, { clustering }: ExportHost): LayoutOptions {
  return { layout, clusters: clustersOf(clustering) };
}
