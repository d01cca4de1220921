import { parseArgs } from 'node:util';
import type { Scaling } from '../src/domain/clustering';
import { DEFAULT_HIERARCHY, type HierarchyOptions } from '../src/domain/hierarchy';
import type { BackendChoice } from '../src/domain/project';
import type { ResizeMode } from '../src/domain/spec';
import type { LabelFormat } from '../src/app/headless-files';
import type { Layout } from '../src/exports/pictures';

export const USAGE = `Sorts the images of a folder, a ZIP archive or a JSON file, with the app itself in a headless Chromium.

  npm run tessera -- --img DIR | --zip FILE | --json FILE | --descriptors FILE --out DIR [options]

  --img DIR             folder with images, walked to the bottom
  --zip FILE            ZIP archive with images
  --json FILE           JSON or NDJSON with an image in each record, also as Elasticsearch gives it; writes columns.csv
  --field NAME          the field with the image in base64 (default: frame_content, else the first that has images)
  --out DIR             where the tables and arrays go (made if missing)
  --model ID|FILE.onnx  network of the catalogue, an ONNX file, or "pixels" (default: the app's own network)
  --k N|auto            number of clusters (default: auto, the best silhouette of 5 to 30)
  --seed S              seed of every random choice (default: 1)
  --backend auto|webgpu|wasm   what runs the network (default: auto)
  --preprocess squash|crop     how images are fitted to the network (default: squash)
  --scaling none|l2|standard|minmax   how the numbers are scaled before clustering (default: none)
  --pca N|0.9           reduce to N principal components, or to as many as explain that share (default: no)
  --silhouette exact    score k over all images instead of a sample
  --hierarchy B[:DEPTH[:MIN]]   also clusters within clusters: B of each, to a depth (default: ${DEFAULT_HIERARCHY.depth}), while they have
                        MIN images (default: ${DEFAULT_HIERARCHY.minimumSize}); writes hierarchy.csv
  --per-folder          also each folder clustered on its own; writes per-folder.csv
  --model-out FILE      keeps the clustering as a model
  --project FILE        opens a project file instead of images: its tables, as they were when it was saved
  --project-out FILE    keeps everything as a project file, the images in it
  --descriptors FILE    vectors of another tool (NPY, NPZ, pickle, Parquet, CSV) in place of a network's; alone: without images
  --paths FILE          the list that says which image each vector belongs to (default: in the file, else in order of path)
  --array NAME          the array of a file with several (default: the first matrix)
  --apply FILE          clusters by such a model instead of making new clusters
  --metadata FILE       a table (CSV, TSV, JSON, Parquet) with what is known of the images; writes columns.csv
  --fieldname COL       its column that names the images (default: the one that leads to most of them)
  --png N               also the first N images as PNG, in images/
  --format csv,parquet  what labels are also written as: csv, tsv, json, ndjson, parquet (default: csv)
  --images-out cluster|structure   also the images, as images.zip: a folder for each cluster, or their own folders
  --limit N             only the first N files, in path order, or the first N records
  --help                this text

Writes labels.csv, embeddings.npy, centroids.npy, scores.csv, duplicates.csv, skipped.csv and run.json; docs/cli.md says
what is in them. Exit status: 0 when every file is accounted for, 1 when not or when something failed, 2 for bad usage.
TESSERA_GPU=hardware uses the machine's GPU, CHROMIUM_PATH names the browser.`;

const FORMATS: readonly LabelFormat[] = ['csv', 'tsv', 'json', 'ndjson', 'parquet'];

export interface Arguments {
  source: { kind: 'folder' | 'archive' | 'records' | 'project' | 'descriptors'; path: string };
  /** Of the records; null: the one that is suggested. */
  field: string | null;
  out: string;
  /** Catalogue id, path of an ONNX file, or null for the app's own network. */
  model: string | null;
  /** A file of vectors in place of a network, the array in it, and the list of their images. */
  descriptors: string | null;
  array: string | null;
  paths: string | null;
  /** null: chosen by the sweep. */
  k: number | null;
  seed: number;
  backend: BackendChoice;
  resize: ResizeMode;
  scaling: Scaling;
  /** As in `SweepOptions`. */
  pca: number | null;
  exactSilhouette: boolean;
  hierarchy: Pick<HierarchyOptions, 'branching' | 'depth' | 'minimumSize'> | null;
  perFolder: boolean;
  formats: LabelFormat[];
  imagesOut: Layout | null;
  /** Where a model goes and which one is applied. */
  modelOut: string | null;
  /** Where a project file goes. */
  projectOut: string | null;
  apply: string | null;
  /** A table of metadata, and its column that names images; null: the one that leads to most. */
  metadata: string | null;
  fieldname: string | null;
  /** As many of the first images go out as PNG. */
  png: number;
  /** null: all files. */
  limit: number | null;
}

const SOURCES = { folder: 'img', archive: 'zip', records: 'json', project: 'project' } as const;

/** What only makes sense where images are embedded and clustered anew. */
const OF_IMAGES = [
  'model',
  'descriptors',
  'k',
  'scaling',
  'pca',
  'hierarchy',
  'apply',
  'metadata',
  'limit',
] as const;

/** What was wrong with the words given; exit status 2. */
export class UsageError extends Error {}

function integer(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max)
    throw new UsageError(`--${name} takes a whole number from ${min} to ${max}, not "${text}".`);
  return value;
}

function oneOf<T extends string>(name: string, text: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === text);
  if (!found) throw new UsageError(`--${name} takes ${choices.join(', ')}, not "${text}".`);
  return found;
}

/** `16`, `16:3` or `16:3:100`. */
function hierarchy(text: string): Arguments['hierarchy'] {
  const [branching, depth, minimumSize, ...rest] = text.split(':');
  if (rest.length > 0) throw new UsageError(`--hierarchy takes B, B:DEPTH or B:DEPTH:MIN, not "${text}".`);
  return {
    branching: integer('hierarchy', branching, 2, 64),
    depth: depth === undefined ? DEFAULT_HIERARCHY.depth : integer('hierarchy', depth, 1, 16),
    minimumSize:
      minimumSize === undefined ? DEFAULT_HIERARCHY.minimumSize : integer('hierarchy', minimumSize, 2, 1e6),
  };
}

function pca(text: string): number {
  const share = Number(text);
  if (/^0?\.\d+$/.test(text) && share > 0) return share;
  if (/^\d+$/.test(text) && share >= 1 && share <= 4096) return share;
  throw new UsageError(
    `--pca takes a number of components from 1 to 4096 or a share between 0 and 1, not "${text}".`,
  );
}

/** The arguments checked, or 'help'. Throws UsageError with one sentence. */
export function parseArguments(argv: string[]): Arguments | 'help' {
  let values;
  try {
    const text = { type: 'string' } as const;
    ({ values } = parseArgs({
      args: argv,
      options: {
        img: text,
        zip: text,
        json: text,
        field: text,
        project: text,
        'project-out': text,
        descriptors: text,
        paths: text,
        array: text,
        out: text,
        model: text,
        k: text,
        seed: { ...text, default: '1' },
        backend: { ...text, default: 'auto' },
        preprocess: { ...text, default: 'squash' },
        scaling: text,
        pca: text,
        silhouette: { ...text, default: 'sample' },
        hierarchy: text,
        format: { ...text, default: 'csv' },
        'images-out': text,
        'per-folder': { type: 'boolean', default: false },
        'model-out': text,
        apply: text,
        metadata: text,
        fieldname: text,
        png: text,
        limit: text,
        help: { type: 'boolean', short: 'h', default: false },
      },
    }));
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ', 1)[0].replace(/\.?$/, '.'));
  }
  if (values.help) return 'help';
  const { out, model = null, field = null, limit, descriptors = null, paths = null, array = null } = values;
  const named = Object.entries(SOURCES).flatMap(([kind, name]) =>
    values[name] === undefined ? [] : [{ kind: kind as keyof typeof SOURCES, path: values[name] }],
  );
  const sources: Arguments['source'][] =
    named.length === 0 && descriptors !== null ? [{ kind: 'descriptors', path: descriptors }] : named;
  if (sources.length !== 1)
    throw new UsageError(
      'Name the images with one of --img DIR, --zip FILE and --json FILE, vectors with --descriptors FILE, or a project with --project FILE.',
    );
  for (const name of ['paths', 'array'] as const)
    if (descriptors === null && values[name] !== undefined)
      throw new UsageError(`--${name} belongs to a file of vectors: say which with --descriptors FILE.`);
  if (descriptors !== null && model !== null)
    throw new UsageError('--descriptors takes the place of a network: leave --model out.');
  if (sources[0].kind === 'descriptors')
    for (const name of ['png', 'images-out', 'limit'] as const)
      if (values[name] !== undefined)
        throw new UsageError(`There are no images without --img DIR: leave --${name} out.`);
  if (field !== null && sources[0].kind !== 'records')
    throw new UsageError('--field names a field of JSON records: say which file with --json FILE.');
  for (const name of OF_IMAGES)
    if (sources[0].kind === 'project' && values[name] !== undefined)
      throw new UsageError(`--project takes a project as it was saved: leave --${name} out.`);
  if (!out) throw new UsageError('Say where the results go with --out DIR.');
  const { apply = null, k = 'auto', scaling = 'none' } = values;
  for (const name of ['k', 'scaling', 'pca', 'model-out'] as const)
    if (apply !== null && values[name] !== undefined)
      throw new UsageError(`--apply takes the clusters of a model as they are: leave --${name} out.`);
  const { metadata = null, fieldname = null } = values;
  if (fieldname !== null && metadata === null)
    throw new UsageError('--fieldname names a column of a table: say which with --metadata FILE.');
  return {
    source: sources[0],
    field,
    out,
    model,
    descriptors,
    array,
    paths,
    k: k === 'auto' ? null : integer('k', k, 1, 1000),
    seed: integer('seed', values.seed, 0, 2 ** 32 - 1),
    backend: oneOf('backend', values.backend, ['auto', 'webgpu', 'wasm']),
    resize: oneOf('preprocess', values.preprocess, ['squash', 'crop']),
    scaling: oneOf('scaling', scaling, ['none', 'l2', 'standard', 'minmax']),
    pca: values.pca === undefined ? null : pca(values.pca),
    exactSilhouette: oneOf('silhouette', values.silhouette, ['sample', 'exact']) === 'exact',
    hierarchy: values.hierarchy === undefined ? null : hierarchy(values.hierarchy),
    perFolder: values['per-folder'],
    formats: values.format.split(',').map((one) => oneOf('format', one, FORMATS)),
    imagesOut:
      values['images-out'] === undefined
        ? null
        : oneOf<Layout>('images-out', values['images-out'], ['cluster', 'structure']),
    modelOut: values['model-out'] ?? null,
    projectOut: values['project-out'] ?? null,
    apply,
    metadata,
    fieldname,
    png: integer('png', values.png ?? '0', 0, 2 ** 31),
    limit: limit === undefined ? null : integer('limit', limit, 1, 2 ** 31),
  };
}
