import type { Table } from '../../domain/table';
import { readJson } from '../json/read-json';
import { sniffJson } from '../json/sniff-json';
import { GrowingTable } from './growing';
import { Problems } from './problems';

/** Reads the fields of JSON records as columns, in one pass; pictures are left out. Errors: `read-file`. */
export async function readJsonTable(file: File): Promise<Table> {
  const { shape, imageField } = await sniffJson(file);
  const table = new GrowingTable();
  const problems = new Problems();
  let n = 0;
  for await (const records of readJson(file, { shape, imageField }))
    for (const { line, columns, fault } of records) {
      if (fault !== undefined) problems.add(line, fault);
      else {
        columns.forEach((value, name) => table.set(n, name, value));
        n++;
      }
    }
  return { n, columns: table.finish(n), problems: problems.first, problemCount: problems.count };
}
