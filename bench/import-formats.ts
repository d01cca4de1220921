import { statSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { HeadlessEvent } from '../src/app/headless';
import { gzip, writeTar, writeZip } from './archive-files';
import { writePaths } from './import-files';
import { saveProject, watchImport, type Watched } from './import-page';
import type { Lab } from './lab';
import { round, type Cell, type Table } from './report';
import { VECTOR_FORMATS } from './vector-files';

const MIB = 2 ** 20;

const sizeOf = (path: string): number => round(statSync(path).size / MIB);
const highest = ({ peaks }: Watched): number => Math.round(Math.max(0, ...peaks.values()));
const total = ({ seconds }: Watched): number =>
  round([...seconds.values()].reduce((sum, value) => sum + value, 0));

/** Pictures in archives, and a whole project in its file. */
export async function archivesTable(lab: Lab, folder: string, pictures: number): Promise<Table> {
  const rows: Cell[][] = [];
  const [zip, tar, packed] = ['set.zip', 'set.tar', 'set.tar.gz'].map((name) => join(folder, name));
  await writeZip(zip, pictures);
  await writeTar(tar, pictures);
  await gzip(tar, packed);
  const stageOf = (event: HeadlessEvent): string | null =>
    event.type === 'embed' && event.progress.state === 'done' ? 'end' : null;
  for (const [title, path] of [
    ['ZIP', zip],
    ['TAR', tar],
    ['TAR.GZ', packed],
  ]) {
    const name = path.slice(folder.length + 1);
    const watched = await watchImport(lab, { given: path }, { paths: [name], records: null }, 'all', stageOf);
    rows.push([title, sizeOf(path), total(watched), highest(watched)]);
  }
  const project = join(folder, 'set.tessera');
  await saveProject(lab, zip, project);
  const opened = await watchImport(lab, { project }, null, 'all', () => null, { project: true });
  rows.push(['project file with its images', sizeOf(project), total(opened), highest(opened)]);
  [zip, tar, packed, project].forEach((path) => rmSync(path));
  return {
    title: `${pictures} pictures of 96 x 96 in an archive, to every picture kept and embedded as raw pixels`,
    columns: ['file', 'MiB', 'seconds', 'peak resident MiB above start, all browser processes'],
    rows,
  };
}

/** The same vectors in every format that is read. */
export async function vectorFormatsTable(lab: Lab, folder: string, n: number): Promise<Table> {
  const d = 512;
  const rows: Cell[][] = [];
  const paths = join(folder, 'paths.csv');
  await writePaths(paths, n);
  const stageOf = ({ type }: HeadlessEvent): string | null => (type === 'analysis' ? 'end' : null);
  for (const { title, file, hasPaths, write } of VECTOR_FORMATS) {
    const path = join(folder, file);
    await write(path, n, d);
    const inputs = { descriptors: path, ...(!hasPaths && { paths }) };
    const watched = await watchImport(lab, inputs, null, 'all', stageOf);
    rows.push([title, sizeOf(path), total(watched), highest(watched)]);
    rmSync(path);
  }
  return {
    title: `${n} x ${d} numbers in other formats (${round((n * d * 4) / MIB)} MiB as float32), without the images`,
    columns: ['file', 'MiB', 'seconds', 'peak resident MiB above start, all browser processes'],
    rows,
  };
}
