import type { Format, RowChoice, Subject } from '../../state/export-plan';
import { createFormat } from '../format';

const f = createFormat('en');
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;
const images = (n: number): string => count(n, 'image', 'images');

const subjects: Record<Subject, string> = {
  images: 'Table of images',
  clusters: 'Table of clusters',
  scores: 'Scores for each k',
  vectors: 'Vectors',
  pictures: 'Images',
};
const subjectTexts: Record<Subject, string> = {
  images: 'a record for each image, with the columns you choose',
  clusters: 'name, note, size, most typical image, spread',
  scores: 'inertia, silhouette, Calinski-Harabasz, Davies-Bouldin',
  vectors: 'the numbers of the network, one row for each image',
  pictures: 'copies of the files, with a list of where each came from',
};
const formats: Record<Format, string> = {
  csv: 'CSV',
  tsv: 'TSV',
  json: 'JSON',
  ndjson: 'NDJSON',
  parquet: 'Parquet',
  bulk: 'Elasticsearch bulk',
  npy: 'NumPy (.npy)',
  bundle: 'ZIP to import again',
  zip: 'ZIP',
  folder: 'Folder',
};
const formatTexts: Record<Format, string> = {
  csv: 'spreadsheets, R, pandas',
  tsv: 'tabs between cells',
  json: 'one array',
  ndjson: 'an object on each line',
  parquet: 'pandas, DuckDB, Spark; keeps types',
  bulk: 'for _bulk of Elasticsearch and OpenSearch',
  npy: 'float32, C order',
  bundle: 'numbers, paths and hashes',
  zip: 'one file',
  folder: 'into a folder that you choose',
};
const rows: Record<RowChoice, string> = { all: 'All', selection: 'Selection', cluster: 'One cluster' };

export const exporting = {
  title: 'Export',
  about: 'Files are written on this computer. Nothing is sent anywhere.',
  more: 'More ways to export…',
  moreText: 'columns, formats, Parquet, folders',
  empty: 'There is nothing to export yet. Add images, or wait for the first clusters.',
  what: 'What',
  subjects,
  subjectTexts,
  format: 'Format',
  formats,
  formatTexts,
  noFolder: 'This browser cannot write into folders. Chrome and Edge can.',
  rows: 'Which images',
  rowChoices: rows,
  of: images,
  cluster: 'Cluster',
  columns: 'Columns',
  groups: { image: 'Image', cluster: 'Cluster', path: 'From the path', metadata: 'Metadata' },
  columnsChosen: (n: number) => count(n, 'column', 'columns'),
  noColumns: 'Choose at least one column.',
  all: 'All',
  none: 'None',
  presets: 'Start from',
  presetNames: { labels: 'Labels', pathLabel: 'Path and label', everything: 'All columns' },
  options: 'Options',
  duplicates: (n: number) => `Also ${count(n, 'file', 'files')} with the bytes of another`,
  vectors: (d: number) => `With the vector of each image (${f.int(d)} numbers)`,
  exact: 'Leave text exactly as it is',
  exactText:
    'Otherwise text that a spreadsheet would run as a formula gets an apostrophe before it. Numbers never do.',
  bom: 'Mark as UTF-8 for Excel',
  prefix: 'Before the name of each field',
  index: 'Index (may be empty)',
  ids: (found: boolean): string =>
    found
      ? 'Documents are updated by the _id they came with.'
      : 'No image has an _id, so documents are added.',
  layout: 'Folders',
  layouts: { cluster: 'By cluster', structure: 'As they came' },
  nearest: 'Only the most typical of each cluster',
  nearestUnit: 'images, nearest the centre first',
  png: 'As PNG: the pixels as they are shown, whatever the file was',
  first: 'Only the first',
  firstUnit: 'images',
  neverOver: 'Nothing in the folder is written over: a name that is taken gets a number.',
  preview: 'Preview',
  previewOf: (shown: number, all: number) =>
    shown < all ? `the first ${f.int(shown)} of ${f.int(all)}` : count(all, 'record', 'records'),
  matrix: (n: number, d: number) => `${f.int(n)} × ${f.int(d)} float32`,
  size: (bytes: number) => `about ${f.bytes(bytes)}`,
  save: 'Save',
  choose: 'Choose a folder…',
  busy: 'Exporting',
  cancel: 'Cancel',
  saved: (name: string) => `Saved: ${name}`,
  copied: (written: number, missing: number, failed: number, manifest: string) =>
    [
      `${images(written)} copied`,
      ...(missing > 0 ? [`${f.int(missing)} missing`] : []),
      ...(failed > 0 ? [`${f.int(failed)} refused by the browser`] : []),
      `listed in ${manifest}`,
    ].join(', '),
  stopped: (written: number, manifest: string) =>
    `Cancelled: ${images(written)} copied, listed in ${manifest}`,
  others: 'Other files',
  othersText: 'What the other screens save, in one place.',
  otherNames: {
    tree: 'Tree (CSV)',
    parts: 'Clusters of each folder (CSV)',
    stability: 'Stability (CSV)',
    confusion: 'Cross table (CSV)',
    model: 'Model (ZIP)',
    skipped: 'Skipped files (CSV)',
    duplicates: 'Duplicates (CSV)',
  },
  otherTexts: {
    tree: 'node of each image at each level',
    parts: 'path, folder, cluster within it',
    stability: 'agreement of runs with other seeds',
    confusion: 'images in both of two groupings',
    model: 'the clusters, to label other images',
    skipped: 'path, reason',
    duplicates: 'path, and the one with the same bytes',
  },
  notYet: 'not made yet',
  noneOf: 'there are none',
};
