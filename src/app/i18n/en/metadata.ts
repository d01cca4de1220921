import type { JoinList } from '../../../domain/metadata';
import type { Column, JoinKey } from '../../../domain/table';
import { columnFormat } from '../column-format';
import { createFormat } from '../format';

const f = createFormat('en');
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;
const images = (n: number): string => count(n, 'image', 'images');
const rows = (n: number): string => count(n, 'row', 'rows');

const types: Record<Column['type'], string> = {
  number: 'numbers',
  date: 'dates',
  boolean: 'yes or no',
  text: 'text',
};
const ways: Record<JoinKey['by'], string> = {
  path: 'the whole path',
  suffix: 'the end of the path',
  name: 'the file name',
};
const lists: Record<JoinList, (n: number) => string> = {
  images: (n) => `${images(n)} without a row`,
  rows: (n) => `${rows(n)} without an image`,
  duplicates: (n) => `${count(n, 'key', 'keys')} in several rows; the first counts`,
  ambiguous: (n) => `${rows(n)} that fit several images and are left out`,
};

/** Tables of metadata and the columns of images. */
export const metadata = {
  types,
  value: { ...columnFormat('en'), yes: 'yes', no: 'no' },

  ramp: {
    none: (n: number) => `${images(n)} without a value`,
  },

  join: {
    reading: 'Reading the table',
    matching: 'Matching rows with images',
    size: (n: number, columns: number) => `${rows(n)}, ${count(columns, 'column', 'columns')}`,
    columns: 'Columns of the table',
    column: 'Column',
    type: 'Type',
    values: 'Values',
    problems: (n: number) => count(n, 'oddity in the file', 'oddities in the file'),
    problem: (line: number, reason: string) => (line === 0 ? reason : `Line ${f.int(line)}: ${reason}`),
    key: 'Column that names the image',
    keyOption: (column: string, matched: number, all: number) =>
      `${column} (${f.int(matched)} of ${images(all)})`,
    by: 'Compare it with',
    ways,
    extension: 'Extensions have to agree',
    ignoreCase: 'Capitals do not matter',
    rate: (matched: number, all: number) =>
      `${f.int(matched)} of ${images(all)} have a row (${f.percent(all > 0 ? matched / all : 0)}).`,
    noImages: 'There are no images yet. Keep the table: it is joined to images as they come.',
    noMatch: 'No column names the images. Choose one, and a looser way to compare.',
    lists,
    row: (where: string) => `row ${where}`,
    more: (n: number) => `and ${f.int(n)} more in the file`,
    csv: 'Download CSV',
    csvOf: (what: string) => `Download CSV: ${what}`,
    keep: 'Add the columns',
    keepNew: 'Keep in a new project',
    change: 'Use this key',
    kept: (columns: number, matched: number) =>
      `${count(columns, 'column', 'columns')} added for ${images(matched)}.`,
    changed: 'The table is joined by another key.',
  },

  data: {
    title: 'Columns',
    none: 'Nothing is known of the images beside their paths. Drop a table (CSV, TSV, JSON, Parquet) that names them.',
    tables: 'Tables',
    matched: (n: number, all: number, total: number) =>
      `${f.int(n)} of ${images(all)} matched, ${rows(total)} in the table`,
    joinedBy: (column: string, way: string) => `by “${column}”, compared with ${way}`,
    changeKey: 'Change key…',
    changeKeyOf: (name: string) => `Change the key of “${name}”`,
    remove: 'Remove',
    removeOf: (name: string) => `Remove “${name}”`,
    removed: (name: string) => `“${name}” removed.`,
    column: 'Column',
    type: 'Type',
    source: 'From',
    sources: { record: 'records', exif: 'the pictures (EXIF)' },
    filled: 'Images with a value',
    values: 'Values',
  },

  facts: {
    title: 'Columns',
    more: 'Show all of it',
    less: 'Show less',
  },

  breakdown: {
    title: 'Columns',
    column: 'Column',
    value: 'Value',
    here: 'Here',
    everywhere: 'Of all',
    everywhereText: 'share of all images with this value that are in this cluster',
    select: (value: string, n: number) => `Select ${value}, ${images(n)}`,
    more: (n: number) => count(n, 'more value', 'more values'),
    range: (low: string, middle: string, high: string) => `From ${low} to ${high}, median ${middle}.`,
    overall: (low: string, middle: string, high: string) =>
      `All images: from ${low} to ${high}, median ${middle}.`,
    empty: 'No image of this cluster has a value.',
  },
};
