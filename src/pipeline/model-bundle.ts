import type { ClusterNote } from '../domain/clustering';
import { TesseraError } from '../domain/errors';
import type { ClusterModel, Pca, Scaler } from '../domain/model';
import { specKey } from '../domain/spec';
import { MODEL_FORMAT } from '../exports/model';
import { readFloats } from '../exports/npy';
import { listArchive, type ArchiveEntry } from '../sources/archive';
import { Fields } from './fields';
import { readSpec } from './read-spec';

/** Longest list of names, and so most clusters, that is read. */
const MOST_CLUSTERS = 65_536;

/** A model from a file written by `modelBundle`. Throws `model-bundle` with what is wrong in it. */
export async function readModelBundle(file: Blob): Promise<ClusterModel> {
  try {
    const entries = await listArchive(file).catch(() => {
      throw new Error('it is not a ZIP archive.');
    });
    return await read(entries);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TesseraError(
      'model-bundle',
      `This model could not be read: ${reason} Use a file saved here as a model.`,
      { reason },
      { cause: error },
    );
  }
}

async function read(entries: readonly ArchiveEntry[]): Promise<ClusterModel> {
  const from = new Fields(parse(await text(entries, 'model.json')), 'model.json');
  checkFormat(from);
  const spec = readSpec(from.value('spec'), 'model.json: "spec"');
  const d = from.count('d');
  const k = from.count('k');
  if (k > MOST_CLUSTERS) throw from.wrong('k', `at most ${MOST_CLUSTERS}`);
  if (spec.dim > 0 && d !== spec.dim)
    throw new Error(`model.json: "d" is ${d}, but "spec" gives ${spec.dim}.`);
  const components = from.value('pca') === null ? null : from.count('pca');
  const scaling = from.oneOf('scaling', ['none', 'l2', 'standard', 'minmax']);
  const floats = (name: string, ...shape: number[]) => array(entries, `${name}.npy`, shape, 8);
  const learned = scaling === 'standard' || scaling === 'minmax';
  const scaler: Scaler = {
    scaling,
    offset: learned ? await floats('scaler_offset', d) : new Float64Array(d),
    factor: learned ? await floats('scaler_factor', d) : new Float64Array(d).fill(1),
  };
  const pca: Pca | null =
    components === null
      ? null
      : {
          mean: await floats('pca_mean', d),
          components: await floats('pca_components', components, d),
          variances: await floats('pca_variances', components),
          explained: [...(await floats('pca_explained', components))],
        };
  return {
    spec,
    specKey: specKey(spec),
    d,
    preparation: { scaler, pca },
    k,
    centroids: await array(entries, 'centroids.npy', [k, components ?? d], 4),
    names: readNames(from, k),
    provenance: readProvenance(from.fields('provenance')),
  };
}

function checkFormat(from: Fields): void {
  if (from.text('format') !== MODEL_FORMAT.format)
    throw new Error('model.json does not say that it is a model of Tessera.');
  const version = from.count('version');
  if (version !== MODEL_FORMAT.version)
    throw new Error(
      `it is of version ${version}, and this Tessera reads version ${MODEL_FORMAT.version}: it was saved by a newer one.`,
    );
}

function readNames(from: Fields, k: number): Map<number, ClusterNote> {
  const names = new Map<number, ClusterNote>();
  for (const item of from.list('names')) {
    const cluster = item.number('cluster');
    if (!Number.isInteger(cluster) || cluster < 0 || cluster >= k || names.has(cluster))
      throw item.wrong('cluster', `a cluster of its own below ${k}`);
    names.set(cluster, { name: item.text('name'), note: item.text('note') });
  }
  return names;
}

function readProvenance(from: Fields): ClusterModel['provenance'] {
  return {
    tessera: from.text('tessera'),
    savedAt: from.text('savedAt'),
    project: from.text('project'),
    n: from.number('n'),
    seed: from.number('seed'),
    nInit: from.number('nInit'),
    maxIterations: from.number('maxIterations'),
    tolerance: from.number('tolerance'),
    engine: from.text('engine'),
    adapter: from.text('adapter'),
    inertia: from.number('inertia'),
    silhouette: from.number('silhouette'),
  };
}

async function array(
  e: readonly ArchiveEntry[],
  name: string,
  shape: number[],
  bytes: 4,
): Promise<Float32Array>;
async function array(
  e: readonly ArchiveEntry[],
  name: string,
  shape: number[],
  bytes: 8,
): Promise<Float64Array>;
async function array(
  entries: readonly ArchiveEntry[],
  name: string,
  shape: number[],
  bytes: 4 | 8,
): Promise<Float32Array | Float64Array> {
  const blob = await find(entries, name).read();
  let found: ReturnType<typeof readFloats>;
  try {
    found = readFloats(new Uint8Array(await blob.arrayBuffer()));
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  const size = shape.reduce((product, side) => product * side, 1);
  if (found.data.BYTES_PER_ELEMENT !== bytes) throw new Error(`${name} is not float${bytes * 8}.`);
  if (found.shape.join() !== shape.join() || found.data.length !== size)
    throw new Error(`${name} has the shape (${found.shape.join(', ')}), not (${shape.join(', ')}).`);
  if (!found.data.every(Number.isFinite)) throw new Error(`${name} holds numbers that are not finite.`);
  return found.data;
}

async function text(entries: readonly ArchiveEntry[], name: string): Promise<string> {
  return (await find(entries, name).read()).text();
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new Error('model.json is not JSON.', { cause: error });
  }
}

function find(entries: readonly ArchiveEntry[], name: string): ArchiveEntry {
  const found = entries.find(({ path }) => path === name || path.endsWith(`/${name}`));
  if (!found) throw new Error(`there is no ${name} in it.`);
  if (found.skip) throw new Error(`${name} is ${found.skip.detail ?? 'not readable'}.`);
  return found;
}
