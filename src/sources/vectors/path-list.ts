import { textAt } from '../../domain/table';
import { cannotRead } from '../fault';
import { readCsvTable } from '../table/csv-table';

/**
 * The paths of the rows of a file of vectors, in their order, from a table beside it (`images_paths.csv`): the column
 * `paths`, else the only column or the first of text. Errors: `read-file`.
 */
export async function readPathList(file: File): Promise<string[]> {
  const { n, columns } = await readCsvTable(file);
  const column =
    columns.find(({ name }) => /^(image[_ ]?)?paths?$/i.test(name)) ??
    (columns.length === 1 ? columns[0] : columns.find(({ type }) => type === 'text'));
  if (!column) throw cannotRead(file.name, 'line 1', 'it has no column of paths');
  return Array.from({ length: n }, (_, row) => textAt(column, row));
}
