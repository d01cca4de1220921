import type { DescriptorReader } from '../../domain/descriptors';
import { cannotRead } from '../fault';
import { dataRows, scanCsv, type CsvScan } from '../table/csv-table';
import { valueOf } from '../table/values';
import { Words } from '../table/words';
import { MAX_D, blockOf, rowsPerBlock } from './blocks';

/**
 * Vectors in a text table: all its numeric columns in their order; the first column of text, one called like a path before
 * others, names the rows. One pass tells the columns, a second names the rows, `blocks()` is a third; a piece of the file
 * is held. Errors: `read-file`.
 */
export async function openTextVectors(file: File): Promise<DescriptorReader> {
  const scan = await scanCsv(file);
  const { kinds, names: columns, dialect, n } = scan;
  const numeric = kinds.flatMap((kind, i) => (kind === 'number' || kind === 'comma-number' ? [i] : []));
  const d = numeric.length;
  if (d < 2) throw cannotRead(file.name, 'line 1', 'a vector needs at least two columns of numbers');
  if (d > MAX_D) throw cannotRead(file.name, 'line 1', `it has ${d} columns of numbers, more than ${MAX_D}`);
  const texts = kinds.flatMap((kind, i) => (kind === 'text' ? [i] : []));
  const naming = texts.find((i) => /path|file|image|name/i.test(columns[i])) ?? texts[0];
  const names = naming === undefined ? null : await textColumn(file, scan, naming);
  return { n, d, dtype: 'f8', names, blocks };

  async function* blocks(): ReturnType<DescriptorReader['blocks']> {
    const step = rowsPerBlock(d);
    let row0 = 0;
    let data = new Float32Array(Math.min(step, n) * d);
    let at = 0;
    for await (const rows of dataRows(file, { encoding: scan.encoding, dialect }))
      for (const cells of rows) {
        for (const i of numeric) data[at++] = valueOf(cells[i] ?? '', kinds[i]);
        if (at < data.length) continue;
        yield blockOf(row0, d, data);
        row0 += data.length / d;
        data = new Float32Array(Math.min(step, n - row0) * d);
        at = 0;
      }
  }
}

async function textColumn(file: File, scan: CsvScan, column: number): Promise<string[]> {
  const words = new Words();
  const names: string[] = [];
  for await (const rows of dataRows(file, scan))
    for (const cells of rows) names.push(words.list[words.code(cells[column] ?? '')]);
  return names;
}
