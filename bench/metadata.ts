import { projectColumns } from '../src/pipeline/project-columns';
import { joinCandidates } from '../src/sources/table/join';
import { readTable } from '../src/sources/table/read-table';
import { round, type Cell, type Result } from './report';

/** Eight columns of all types; every second row is of an image, in one of 50 folders. */
function sheet(rows: number): File {
  const lines = ['file,kind,count,share,digit,when,note,flag'];
  for (let i = 0; i < rows; i++) {
    const day = String(1 + (i % 28)).padStart(2, '0');
    const flag = i % 2 === 0;
    lines.push(`img_${i}.jpg,k${i % 12},${i},${i / 3},${i % 7},2024-01-${day},note number ${i},${flag}`);
  }
  return new File([lines.join('\n')], 'sheet.csv');
}

/** Reads a CSV, finds its key among half as many images, and aligns its columns with them; in Node, on one core. */
export async function benchMetadata(sizes: readonly number[]): Promise<Result> {
  const table: Cell[][] = [];
  for (const rows of sizes) {
    const file = sheet(rows);
    const paths = Array.from({ length: rows / 2 }, (_, i) => `set/day ${i % 50}/img_${2 * i}.jpg`);
    const step = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
      const [cpu, start] = [process.cpuUsage(), performance.now()];
      const result = await work();
      const seconds = process.cpuUsage(cpu).user / 1e6;
      const wall = (performance.now() - start) / 1000;
      table.push([rows, name, round(wall), round(seconds), Math.round(process.memoryUsage().rss / 1e6)]);
      return result;
    };
    const sheetTable = await step(`read ${Math.round(file.size / 1e6)} MB of CSV`, () => readTable(file));
    const [best] = await step('find the key', () => joinCandidates(paths, sheetTable));
    const images = { paths, seqs: paths.map((_, i) => i), others: new Map() };
    const kept = { id: 'sheet', name: file.name, key: best, table: sheetTable };
    await step('join and align', () => projectColumns(images, { records: [], facts: [], tables: [kept] }));
  }
  const columns = ['rows', 'step', 'seconds', 'CPU seconds', 'resident MB after'];
  return {
    name: 'metadata',
    tables: [{ title: 'A table joined to half as many images', columns, rows: table }],
  };
}
