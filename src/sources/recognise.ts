import type { DroppedFile } from '../domain/files';
import { textAt, type Column } from '../domain/table';
import { JSON_NAME } from './json/json-images';
import { sniffJson } from './json/sniff-json';
import { textSource } from './json/text-source';
import { readCsvTable } from './table/csv-table';
import { parquetColumns } from './vectors/parquet-vectors';

/**
 * What a file is, other than a picture or an archive of pictures.
 * - `network` an ONNX file; `bundle` exported embeddings; `model` a saved clustering; `project` a project file
 * - `records` JSON with pictures in it; `sheet` a table of metadata; `urls` a table of addresses of pictures
 * - `descriptors` vectors of another tool
 */
export type Kind = 'network' | 'bundle' | 'model' | 'project' | 'records' | 'sheet' | 'urls' | 'descriptors';

/** Bytes of a text that are looked at. */
const HEAD = 256 << 10;
/** Fewer columns of numbers are measurements of an image, not a descriptor. */
const MIN_DIMENSIONS = 16;
const ADDRESS = /^https?:\/\/\S+$/i;
const ADDRESS_IN_JSON = /"https?:\/\/[^"\s]+\.(jpe?g|png|webp|gif|avif|bmp|tiff?|heic)([?#][^"]*)?"/i;

const EMBEDDINGS = ['spec.json', 'index.csv', 'embeddings.npy'];
const MODEL = ['model.json', 'centroids.npy'];
/** The directory of a ZIP of so few members lies within its last kilobytes. */
const TAIL = 2048;

/** The kind of a file, by its name and its first bytes; null for what is read as pictures. Never throws. */
export async function recognise({ path, file, unreadable }: DroppedFile): Promise<Kind | null> {
  if (unreadable !== undefined) return null;
  const name = path || file.name;
  if (/\.onnx$/i.test(name)) return 'network';
  if (/\.tessera$/i.test(name)) return 'project';
  if (/\.(npy|npz|pkl|pickle|pck)$/i.test(name)) return 'descriptors';
  try {
    if (/\.zip$/i.test(name)) return await ofZip(file);
    if (/\.parquet$/i.test(name)) return await ofParquet(file);
    if (JSON_NAME.test(name)) return await ofJson(file);
    if (/\.(csv|tsv|tab)$/i.test(name)) return await ofText(file);
  } catch {
    // What cannot be opened as a table says so there; an archive is listed as one that cannot be opened.
    return /\.zip$/i.test(name) ? null : 'sheet';
  }
  return null;
}

async function ofZip(file: Blob): Promise<Kind | null> {
  const text = new TextDecoder('latin1').decode(await file.slice(-TAIL).arrayBuffer());
  const holds = (names: readonly string[]): boolean => names.every((name) => text.includes(name));
  if (holds(EMBEDDINGS)) return 'bundle';
  return holds(MODEL) ? 'model' : null;
}

async function ofParquet(file: File): Promise<Kind> {
  const { lists, numbers, others } = await parquetColumns(file);
  return lists > 0 || isWide(numbers, others) ? 'descriptors' : 'sheet';
}

async function ofJson(file: File): Promise<Kind> {
  const { imageField } = await sniffJson(file);
  if (imageField !== null) return 'records';
  const { bytes } = await (await textSource(file)).head(HEAD);
  return ADDRESS_IN_JSON.test(new TextDecoder().decode(bytes)) ? 'urls' : 'sheet';
}

async function ofText(file: File): Promise<Kind> {
  // The last line may be cut; what kind of columns there are is told by the others.
  const head = file.size > HEAD ? new File([file.slice(0, HEAD)], file.name) : file;
  const { columns, n } = await readCsvTable(head);
  const numbers = columns.filter(({ type }) => type === 'number').length;
  if (isWide(numbers, columns.length - numbers)) return 'descriptors';
  return columns.some((column) => holdsAddresses(column, n)) ? 'urls' : 'sheet';
}

const isWide = (numbers: number, others: number): boolean =>
  numbers >= MIN_DIMENSIONS && numbers > 4 * others;

function holdsAddresses(column: Column, n: number): boolean {
  if (column.type !== 'text' || n === 0) return false;
  let found = 0;
  for (let row = 0; row < n; row++) if (ADDRESS.test(textAt(column, row))) found++;
  return found > n / 2;
}
