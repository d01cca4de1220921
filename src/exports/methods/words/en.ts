import type { SkipCode } from '../../../domain/files';
import { map } from './map-en';

const plural = (n: number, one: string, other: string): string => (n === 1 ? one : other);

const skips: Record<SkipCode, string> = {
  empty: 'empty file',
  'not-image': 'not an image',
  unsupported: 'image format that cannot be decoded',
  broken: 'damaged or cut short',
  'too-large': 'too many pixels to hold in memory',
  unreadable: 'could not be read',
  'system-file': 'file of the operating system',
  archive: 'archive or entry that could not be opened',
  record: 'record without a picture that can be decoded',
  address: 'address that could not be fetched',
  'bad-embedding': 'the network gave no usable numbers',
};

/** Texts of the methods page. Numbers come formatted. */
export const words = {
  locale: 'en',
  title: (project: string) => `Methods: ${project}`,
  summary: (images: string, project: string) =>
    `The images of “${project}” (${images} embedded) were sorted with Tessera, which runs in a web browser on the visitor’s own computer; no image left it.`,
  clustered: (k: string, d: string) =>
    `Their vectors of ${d} numbers were clustered into ${k} clusters by k-means.`,
  labelled: (k: string, model: string, date: string) =>
    `They were labelled by the saved model “${model}” (${date}) with ${k} clusters; nothing was fitted to these images.`,
  notClustered: 'They have not been clustered yet.',

  software: 'Software',
  version: 'Tessera',
  date: 'Date',
  browser: 'Browser',
  embeddedBy: 'Network run by',
  unknownBackend: 'not recorded (the vectors were computed in an earlier session)',
  clusteredBy: 'Clustering run by',
  engines: { webgpu: 'WebGPU', cpu: 'WebAssembly on the CPU' },
  backends: { webgpu: 'WebGPU', wasm: 'WebAssembly on the CPU', pixels: 'no network' },
  threads: (n: number) => `${n} ${plural(n, 'thread', 'threads')}`,

  images: 'Images',
  announced: 'Files given',
  embedded: 'Images embedded',
  duplicates: 'Files with the same bytes as another (embedded once)',
  skippedFiles: 'Files skipped',
  waiting: 'Waiting to be embedded',
  missing: 'Listed but never read',
  reasons: 'Files skipped, by reason',
  reason: 'Reason',
  number: 'Number',
  skips,

  descriptor: 'From image to vector',
  network: 'Network',
  sha256: 'SHA-256 of the ONNX file',
  layer: 'Layer',
  pooling: 'Pooling of spatial axes',
  pools: { none: 'none', avg: 'average', max: 'maximum' },
  dimension: 'Numbers per image',
  size: 'Input size',
  resize: 'Resizing',
  resizes: {
    squash: 'both sides to the input size (the aspect ratio is not kept)',
    crop: 'short side to 256/224 of the input size, then the centre',
  },
  filter: 'Filter',
  filterText:
    'antialiased triangle filter, as Pillow’s BILINEAR; EXIF orientation applied; 8-bit RGB, profiles ignored',
  channels: 'Channels',
  normalisation: 'Normalisation',
  normalised: (scale: string, mean: string, std: string) =>
    `value = (byte × ${scale} − mean) / std; mean ${mean}; std ${std}`,
  pixels: 'Raw pixels: RGB / 255, no network',
  foreign: 'Vectors of another tool',
  foreignFile: 'Fingerprint of the file',
  foreignPaths: 'Fingerprint of the list of paths',
  vectors: 'Vectors of another tool, read from a file',
  fingerprint: 'Fingerprint of the file',

  clustering: 'Clustering',
  method: 'Method',
  lloyd: 'k-means (Lloyd), greedy k-means++ starts',
  minibatch: 'mini-batch k-means',
  byModel: 'nearest centroid of a saved model',
  scaling: 'Scaling of the columns',
  scalings: {
    none: 'none',
    l2: 'rows to unit length',
    standard: 'columns to zero mean and unit variance',
    minmax: 'columns to 0..1',
  },
  pca: 'Reduction (PCA)',
  noPca: 'none',
  reduced: (m: string, share: string | null) =>
    share === null ? `${m} components` : `${m} components, ${share} of the variance`,
  kTried: 'Numbers of clusters tried',
  restarts: 'Starts (n_init)',
  iterations: 'Most iterations',
  tolerance: 'Tolerance',
  seed: 'Seed',
  seconds: 'Duration',
  secondsValue: (s: string) => `${s} s`,

  choice: 'Choice of k',
  chosen: (k: string, value: string) => `k = ${k} has the highest silhouette, ${value}.`,
  byHand: (k: string, value: string) =>
    `k = ${k} was chosen by hand, with a silhouette of ${value}; k is not that of the highest silhouette.`,
  highest: (k: string, value: string) => `The highest silhouette is that of k = ${k}, ${value}.`,
  runnerUp: (k: string, value: string) => `The runner-up is k = ${k} with ${value}.`,
  others: (elbow: string, calinski: string, davies: string) =>
    `Other indices would take: elbow of the inertia ${elbow}, Calinski-Harabasz ${calinski}, Davies-Bouldin ${davies}.`,
  none: 'none',
  sampled: (sample: string, n: string) =>
    `Silhouettes are Euclidean and estimated from a stratified sample of ${sample} of ${n} images, each compared with all; ± is the standard error.`,
  exact: (n: string) => `Silhouettes are Euclidean and exact, over all ${n} images.`,
  scored: (rows: string) =>
    `The vectors did not fit into memory together: scores are those of ${rows} images drawn at random.`,
  scores: 'Scores of each number of clusters',
  inertia: 'Inertia',
  silhouette: 'Silhouette',
  error: 'Standard error',
  squared: 'Squared silhouette',
  calinski: 'Calinski-Harabasz',
  davies: 'Davies-Bouldin',

  edits: {
    title: 'Edits by hand',
    text: (moved: string, n: string, from: string, to: string) =>
      `After clustering, clusters were edited by hand: ${moved} of ${n} images are in another cluster than they were fitted into, and ${from} clusters became ${to}. Centres, distances, sizes, inertia, Calinski-Harabasz and Davies-Bouldin are measured anew, from all images that are in an edited cluster; silhouettes are those of the clusters as fitted.`,
    scores: 'Scores before and after the edits',
    as: 'Clusters',
    fitted: 'as fitted',
    edited: 'as edited',
    caption: 'Edits, in order',
    when: 'When',
    what: 'What',
    merge: (from: string, into: string) => `clusters ${from} merged into ${into}`,
    split: (cluster: string, parts: string, seed: string) =>
      `cluster ${cluster} split into ${parts} by k-means (seed ${seed})`,
    move: (n: string, to: string) => `${n} images moved to cluster ${to}`,
    none: (n: string) => `${n} images taken out of all clusters`,
    name: (cluster: string, name: string) => `cluster ${cluster} named “${name}”`,
    notRepeated: 'The edits are not repeated by it.',
  },

  sizes: 'Clusters',
  sizesCaption: 'Sizes of the clusters',
  cluster: 'Cluster',
  name: 'Name',
  size_: 'Images',
  share: 'Share',

  map,

  tables: 'Metadata tables',
  tablesCaption: 'Tables joined to the images',
  table: 'Table',
  rows: 'Rows',
  key: 'Key column',
  by: 'Joined by',
  bys: { path: 'whole path', suffix: 'end of the path', name: 'file name' },
  withoutExtension: 'without extension',
  ignoringCase: 'ignoring case',
  matched: 'Images matched',
  of: (a: string, b: string) => `${a} of ${b}`,

  repeat: 'To repeat this',
  repeatText: (sha256: string | null) =>
    `The same files, seed and engine give the same clusters. With Tessera’s command, where FOLDER is the folder with the images${sha256 === null ? '' : ` and NETWORK.onnx the network with the SHA-256 above`}:`,
  repeatByHand:
    'The same vectors, seed and engine give the same clusters; open the project file of this project, or give the same files and settings.',

  references: 'References',
  appendix: 'Appendix: files skipped',
  file: 'File',
  left: (n: string) => `${n} more are not listed here; skipped.csv has them all.`,
};
export type Words = typeof words;
