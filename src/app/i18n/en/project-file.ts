import { createFormat } from '../format';

const f = createFormat('en');
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;

export const projectFile = {
  save: 'Save project file…',
  saveNamed: (name: string) => `Save “${name}” as a project file`,
  saveText: 'everything in one file, to open here or elsewhere',
  open: 'Open project file',
  title: 'Save project file',
  about:
    'One file with the vectors, clusters, names, notes, settings, tables and thumbnails. It opens on any computer, without a network.',
  images: 'Images',
  without: (bytes: number) => `Without the images: about ${f.bytes(bytes)}`,
  withoutText: 'Thumbnails are in it. Dropping the folder later brings the images back.',
  with: (n: number, bytes: number) => `With ${count(n, 'image', 'images')}: about ${f.bytes(bytes)}`,
  withText: 'Each as it was dropped, byte for byte.',
  noImages: 'This project holds no images of its own, so the file will have none.',
  measuring: 'Measuring…',
  saving: 'Saving the project file',
  opening: 'Opening the project file',
  busy: 'Wait until the images are embedded, or pause and cancel the run.',
  submit: 'Save',
  saved: (name: string) => `Saved: ${name}`,
  opened: (name: string) => `“${name}” is open.`,
  reading: 'Reading what is in the file…',
  name: 'Project',
  written: 'Written',
  writtenBy: (date: string, app: string) => `${date}, by Tessera ${app}`,
  size: 'Size',
  holds: 'Holds',
  files: (n: number) => count(n, 'file', 'files'),
  imageCount: (n: number) => count(n, 'image', 'images'),
  skipped: (n: number) => `${f.int(n)} skipped`,
  vectors: (n: number) => count(n, 'set of vectors', 'sets of vectors'),
  sweeps: (n: number) => count(n, 'clustering', 'clusterings'),
  trees: (n: number) => count(n, 'tree', 'trees'),
  models: (n: number) => count(n, 'saved model', 'saved models'),
  tables: (n: number) => count(n, 'table', 'tables'),
  originals: (n: number) => (n === 0 ? 'not in this file; thumbnails are' : `${f.int(n)} in this file`),
  openAs: 'Open as a new project',
  newer: (app: string) =>
    `This file was written by Tessera ${app}, which is newer than this one. Reload this page to get that version, then open the file again.`,
  originalMissing:
    'The original is not in this browser: it was not in the project file. Drop the folder to have it back.',
  methods: 'Methods page (HTML)',
  methodsMarkdown: 'Methods page (Markdown)',
  methodsText: 'how it was done, for a paper’s supplement',
};
