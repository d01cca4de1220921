import type { Table } from '../../domain/table';
import { cannotRead } from '../fault';
import { JSON_NAME } from '../json/json-images';
import { isPacked } from '../json/text-source';
import { readCsvTable } from './csv-table';
import { readJsonTable } from './json-table';
import { Metered } from './metered';
import { readParquetTable } from './parquet';

/**
 * A table of metadata as columns: Parquet, JSON in any shape that `sniffJson` knows, or text with any delimiter; told apart by
 * content. `report` is told how much of it is read. Errors: `read-file`.
 */
export async function readTable(file: File, report?: (fraction: number) => void): Promise<Table> {
  if (file.size === 0) throw cannotRead(file.name, 'byte 0', 'it is empty');
  const head = new Uint8Array(await file.slice(0, 64).arrayBuffer());
  const text = new TextDecoder().decode(head).trimStart();
  const packed = await isPacked(file);
  if (packed && !JSON_NAME.test(file.name))
    throw cannotRead(
      file.name,
      'byte 0',
      'it is packed with gzip, which is read of JSON only: unpack it first',
    );
  const metered = (passes: number): File => (report ? new Metered(file, passes, report) : file);
  if (text.startsWith('PAR1')) return readParquetTable(metered(1));
  if (packed || (/^[[{]/.test(text) && !/\.(csv|tsv|tab|txt)$/i.test(file.name)))
    return readJsonTable(metered(1));
  return readCsvTable(metered(2));
}
