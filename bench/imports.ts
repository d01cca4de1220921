import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HeadlessEvent } from '../src/app/headless';
import { writeRecords, writeVectors } from './import-files';
import { archivesTable, vectorFormatsTable } from './import-formats';
import { watchImport } from './import-page';
import type { Lab } from './lab';
import { round, type Cell, type Result, type Table } from './report';

const MIB = 2 ** 20;
/** Of larger files (MiB) only the listing is measured: embedding takes as long for each picture, however many there are. */
const MOST_EMBEDDED = 1000;

export interface ImportSizes {
  /** MiB of each NDJSON file. */
  megabytes: readonly number[];
  /** Vectors in the large `.npy` file, and in each of the other formats. */
  vectors: number;
  formats: number;
  /** Pictures in each archive. */
  pictures: number;
}

/** What ways in take: time and memory, on files that are made for it. What is 0, or has no sizes, is left as it was measured last. */
export async function benchImports(
  lab: Lab,
  { megabytes, vectors, formats, pictures }: ImportSizes,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-imports-'));
  try {
    const tables = [];
    if (vectors > 0) tables.push(await vectorsTable(lab, folder, vectors));
    if (megabytes.length > 0) tables.push(await recordsTable(lab, folder, megabytes));
    if (formats > 0) tables.push(await vectorFormatsTable(lab, folder, formats));
    if (pictures > 0) tables.push(await archivesTable(lab, folder, pictures));
    return { name: 'imports', tables, isPart: true };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function recordsTable(lab: Lab, folder: string, megabytes: readonly number[]): Promise<Table> {
  const rows: Cell[][] = [];
  for (const size of megabytes) {
    const file = join(folder, `rays-${size}.ndjson`);
    const records = await writeRecords(file, size * MIB);
    let images = 0;
    const stageOf = (event: HeadlessEvent): string | null => {
      if (event.type !== 'embed') return null;
      images = event.progress.counts.embedded;
      return event.progress.state === 'done' || size > MOST_EMBEDDED ? 'end' : 'embed';
    };
    const options = { shape: { kind: 'lines', path: [] }, imageField: 'frame_content' } as const;
    const take = { paths: ['rays.ndjson'], records: { ...options, shape: { ...options.shape, path: [] } } };
    const { seconds, peaks } = await watchImport(lab, { given: file }, take, 'list', stageOf);
    const of = (found: Map<string, number>, stage: string): number => round(found.get(stage) ?? 0);
    rows.push([
      ...[round(statSync(file).size / MIB), records, images || '-', of(seconds, 'list')],
      ...[
        of(seconds, 'embed') || '-',
        Math.round(peaks.get('list') ?? 0),
        Math.round(peaks.get('embed') ?? 0) || '-',
      ],
    ]);
    rmSync(file);
  }
  return {
    title: 'NDJSON with base64 pictures of 96 x 96, to every picture kept and embedded as raw pixels',
    columns: [
      ...['MiB', 'records', 'images', 'seconds to list them', 'seconds to embed them'],
      ...['peak MiB above start while listing', 'peak MiB above start while embedding'],
    ],
    rows,
  };
}

async function vectorsTable(lab: Lab, folder: string, n: number): Promise<Table> {
  const d = 512;
  const [descriptors, paths] = [join(folder, 'vectors.npy'), join(folder, 'paths.csv')];
  await writeVectors(descriptors, paths, n, d);
  const size = statSync(descriptors).size / MIB;
  const stageOf = (event: HeadlessEvent): string | null => {
    if (event.type === 'vectors') return event.fraction < 1 ? 'take' : 'books';
    return event.type === 'analysis' ? 'end' : null;
  };
  const { seconds, peaks } = await watchImport(lab, { descriptors, paths }, null, 'names', stageOf);
  const stages = [
    ['names', 'rows made of the paths'],
    ['take', 'vectors into the store'],
    ['books', 'counted, read back, opened for the analysis'],
  ];
  rmSync(descriptors);
  return {
    title: `${n} x ${d} float32 from a .npy file (${round(size)} MiB) with a list of paths, without the images`,
    columns: ['stage', 'seconds', 'peak resident MiB above start, all browser processes'],
    rows: stages.map(([stage, title]) => [
      title,
      round(seconds.get(stage) ?? 0),
      Math.round(peaks.get(stage) ?? 0),
    ]),
  };
}
