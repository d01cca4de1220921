import { TesseraError } from '../../domain/errors';
import type { Table } from '../../domain/table';
import type { ArchiveEntry } from '../archive';
import { GrowingTable } from '../table/growing';
import { Problems } from '../table/problems';
import { readJsonImages } from './json-images';
import type { JsonOptions } from './read-json';

/** The pictures of a JSON file and what it says of them: row i belongs to entry i. */
export interface JsonSet {
  entries: ArchiveEntry[];
  table: Table;
}

/**
 * Lists the pictures of a JSON file and fills a table with everything else, in one pass. Holds the table and a line per
 * picture. Of a file that breaks off, what came before is kept, and one more entry, with an empty path, says where.
 * Errors: `read-file` when not one record can be read.
 */
export async function readJsonSet(file: File, options: JsonOptions): Promise<JsonSet> {
  const entries: ArchiveEntry[] = [];
  const growing = new GrowingTable();
  const problems = new Problems();
  let broken: TesseraError | null = null;
  try {
    for await (const images of readJsonImages(file, options))
      for (const { entry, record } of images) {
        record.columns.forEach((value, name) => growing.set(entries.length, name, value));
        if (record.fault !== undefined) problems.add(record.line, record.fault);
        entries.push(entry);
      }
  } catch (error) {
    if (!(error instanceof TesseraError) || entries.length === 0) throw error;
    broken = error;
  }
  const n = entries.length;
  if (broken) {
    const detail = `${broken.params['place']}: ${broken.params['reason']}`;
    problems.add(0, detail);
    const read = (): Promise<Blob> => Promise.reject(new Error(detail));
    entries.push({ path: '', size: 0, modified: file.lastModified, skip: { code: 'record', detail }, read });
  }
  return {
    entries,
    table: { n, columns: growing.finish(n), problems: problems.first, problemCount: problems.count },
  };
}
