import { mkdtempSync, openAsBlob, rmSync, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectColumns } from '../src/pipeline/project-columns';
import { joinCandidates } from '../src/sources/table/join';
import { readTable } from '../src/sources/table/read-table';

/** What one step took: seconds, CPU seconds, and the most memory (MB) so far above that before the first. */
export interface MetadataStep {
  name: string;
  seconds: number;
  cpu: number;
  peak: number;
}

/** Eight columns of all types; every second row is of an image, in one of 50 folders. */
async function writeSheet(path: string, rows: number): Promise<void> {
  const out = createWriteStream(path);
  out.write('file,kind,count,share,digit,when,note,flag\n');
  for (let i = 0; i < rows; i++) {
    const day = String(1 + (i % 28)).padStart(2, '0');
    const line = `img_${i}.jpg,k${i % 12},${i},${i / 3},${i % 7},2024-01-${day},note number ${i},${i % 2 === 0}\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

/** In a process of its own, so that nothing else is in its memory: the steps as JSON on the standard output. */
async function run(rows: number, folder: string): Promise<MetadataStep[]> {
  const path = join(folder, 'sheet.csv');
  await writeSheet(path, rows);
  const file = new File([await openAsBlob(path)], 'sheet.csv');
  const paths = Array.from({ length: rows / 2 }, (_, i) => `set/day ${i % 50}/img_${2 * i}.jpg`);
  const before = process.memoryUsage().rss;
  const steps: MetadataStep[] = [];
  const step = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
    const [cpu, start] = [process.cpuUsage(), performance.now()];
    const result = await work();
    const seconds = (performance.now() - start) / 1000;
    const peak = (process.resourceUsage().maxRSS * 1024 - before) / 1e6;
    steps.push({ name, seconds, cpu: process.cpuUsage(cpu).user / 1e6, peak });
    return result;
  };
  const table = await step(`read ${Math.round(file.size / 1e6)} MB of CSV`, () => readTable(file));
  const [best] = await step('find the key', () => joinCandidates(paths, table));
  const images = { paths, seqs: paths.map((_, i) => i), others: new Map() };
  const kept = { id: 'sheet', name: file.name, key: best, table };
  await step('join and align', () => projectColumns(images, { records: [], facts: [], tables: [kept] }));
  return steps;
}

const folder = mkdtempSync(join(tmpdir(), 'tessera-metadata-'));
try {
  console.log(JSON.stringify(await run(Number(process.argv[2]), folder)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
