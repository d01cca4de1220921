import { createFormat } from '../format';

const f = createFormat('en');
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;
const images = (n: number): string => count(n, 'image', 'images');

export const descriptors = {
  /** A file of vectors is asked about. */
  form: {
    array: 'Array',
    shape: (n: number, d: number, dtype: string) =>
      `${count(n, 'vector', 'vectors')} of ${f.int(d)} numbers (${dtype})`,
    paths: 'Which vector belongs to which image',
    inside: 'The file says so itself',
    list: (name: string) => `As listed in ${name}`,
    choose: 'Choose a list of paths…',
    order: 'In the order of the images’ paths',
    orderText: 'The first vector goes to the first image by name, and so on. Only if you know it is so:',
    orderDiffers: (n: number, of: number) =>
      `There are ${f.int(n)} vectors and ${images(of)}: order cannot tell which belong together.`,
    pathsDiffer: (paths: number, n: number) =>
      `The list has ${count(paths, 'path', 'paths')} for ${count(n, 'vector', 'vectors')}. Choose the list that belongs to this file.`,
    matched: (n: number, of: number) => `${f.int(n)} of ${images(of)} have a vector here.`,
    noImages: 'There are no images yet.',
    unmatched: (n: number) => `${count(n, 'path leads', 'paths lead')} to no image here`,
    ambiguous: (n: number) => `${count(n, 'path fits', 'paths fit')} several images and is left out`,
    duplicates: (n: number) =>
      `${count(n, 'path stands', 'paths stand')} in the list more than once; the first counts`,
    addMissing: (n: number) => `Take up ${images(n)} by path alone`,
    addMissingText: 'Map, clusters and tables work without pictures. Drop the folder later, and they appear.',
    checking: 'Looking at every number…',
    finite: 'All numbers are finite.',
    nonFinite: (n: number, rows: number, places: string) =>
      `${count(n, 'number is', 'numbers are')} not finite, in ${count(rows, 'vector', 'vectors')} that will be left out: ${places}.`,
    place: (row: number, column: number) => `row ${f.int(row)}, column ${f.int(column)}`,
    use: 'Use these vectors',
    taking: 'Taking over vectors',
    done: (n: number) => `${images(n)} ${f.plural(n, { one: 'has a vector', other: 'have vectors' })} now.`,
  },
  /** The descriptors of the project. */
  here: {
    choice: 'Descriptor',
    title: 'In this project',
    text: 'Each has its own clusters and tree. Changing goes back to those at once.',
    computed: 'computed here',
    fromFile: 'from a file',
    coverage: (n: number, of: number) => `${f.int(n)} of ${images(of)}`,
    added: 'Drop a .npy, .npz, pickle or Parquet file of vectors anywhere to add another.',
    removed: (title: string) => `Vectors “${title}” removed.`,
    pixels: (width: number, height: number) => `Raw pixels, ${f.int(width)} × ${f.int(height)}`,
  },
  vectors: (title: string) => `${title}, vectors from a file`,
  needsFile: (title: string) =>
    `This model needs the vectors “${title}”, which this project does not have. Drop their file, then apply the model again.`,
  without: (n: number) =>
    `${images(n)} without a vector of this descriptor: in no cluster and not on the map`,
  noVector: 'none, for want of a vector',
  noPicture: 'no picture yet',
  pictureless: (n: number) =>
    `${images(n)} known by path only. Drop the folder with the pictures and they appear.`,
};
