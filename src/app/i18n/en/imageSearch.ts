import { createFormat } from '../format';

const f = createFormat('en');
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;
const images = (n: number): string => count(n, 'image', 'images');

/** Search by image. */
export const imageSearch = {
  title: 'Search by image',
  none: 'Search with a picture',
  noneText:
    'Drop or paste one, choose a file, or select images of the project: what looks most like it comes first.',
  choose: 'Choose a picture…',
  bySelection: (n: number) => `Search with ${count(n, 'selected image', 'selected images')}`,
  subject: 'Searched with',
  ofProject: 'an image of this project',
  mean: (n: number) => `the mean of ${images(n)}`,
  outside: 'a picture that is not in the project',
  fromFile:
    'The vectors of this project came from a file, so there is no network here to make one of a new picture. Search with an image of the project instead.',
  skipped: (reason: string) => `This picture cannot be searched with: ${reason}.`,
  embedding: 'Looking at the picture…',
  searching: 'Comparing',
  metric: 'Distance',
  euclidean: 'Euclidean',
  cosine: 'Cosine',
  count: 'Images',
  within: 'Up to a distance of',
  withinAny: 'any',
  lastShown: 'Up to the last one shown',
  selectWithin: (n: number) => `Select ${n === 1 ? '' : 'all '}${f.int(n)} within it`,
  selectShown: (n: number) => `Select these ${f.int(n)}`,
  results: 'Nearest images',
  range: (from: number, to: number, n: number) => `${f.int(from)}–${f.int(to)} of ${images(n)}`,
  previous: 'Nearer ones',
  next: 'Farther ones',
  exact: (metric: string, n: number, engine: string) =>
    `Exact: ${metric} distances of the embeddings as they are stored, without the clustering’s scaling or PCA, to ${images(n)}, on the ${engine}.`,
  engines: { webgpu: 'graphics processor', cpu: 'CPU' },
  nothing: 'Nothing to compare with',
  nothingText: 'The image has no embedding yet, or it is the only one.',
  noneWithin: 'No image is so near.',
  more: 'More…',
  ask: (name: string) => `What is “${name}” for?`,
  askText: 'It can be searched with without becoming part of the project.',
  search: 'Search with it',
  add: (name: string) => `Add to ${name}`,
};
