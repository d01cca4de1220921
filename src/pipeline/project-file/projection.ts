import { kindOf, PROJECTION_LIMITS, type Projection, type ProjectionOptions } from '../../domain/projection';
import { Fields } from '../fields';
import { readArray } from './arrays';
import { arrayMember, jsonMember, type Member } from './member';
import type { ProjectFileReader } from './reader';

const METHODS = ['pca', 'umap', 'tsne'] as const;
const MOST_COMPONENTS = 1e6;

/** The members of the layout with this number: what it says, where the rows lie, and the axes of PCA. */
export function* projectionMembers(at: number, projection: Projection): Generator<Member> {
  const name = `projections/${at}`;
  const { coords, axes, ...said } = projection;
  const { n, dims } = projection;
  yield jsonMember(`${name}.json`, said);
  yield arrayMember(`${name}-coords.npy`, [n, dims], coords);
  yield arrayMember(`${name}-axes.npy`, [dims, axes.length / dims], axes);
}

/** A layout rebuilt field by field, of at most `rows` rows. Throws a sentence for what is wrong. */
export async function readProjection(file: ProjectFileReader, at: number, rows: number): Promise<Projection> {
  const name = `projections/${at}`;
  const from = new Fields(await file.member(`${name}.json`).json(), `${name}.json`);
  const n = from.integer('n', 0, rows);
  const options = readProjectionOptions(from.fields('options'));
  const { method, dims } = options;
  if (`${from.value('method')}-${from.value('dims')}` !== kindOf(options))
    throw new Error(`${name}.json is not of the method that it says`);
  const projection: Projection = {
    specKey: from.longText('specKey', 10_000),
    n,
    method,
    dims,
    options,
    // Rows without a vector have no place.
    coords: (await readArray(file.member(`${name}-coords.npy`), '<f4', [n, dims], { loose: true })).data,
    explained: readShares(from, dims),
    axes: (await readArray(file.member(`${name}-axes.npy`), '<f8', [dims, null])).data,
    quality: from.orNull('quality', (key) => readQuality(from.fields(key), n)),
    graph: from.orNull('graph', (key) => readGraph(from.fields(key), n)),
    reduced: from.orNull('reduced', (key) => readReduced(from.fields(key))),
    laid: from.integer('laid', 0, n),
    engine: from.oneOf('engine', ['webgpu', 'cpu']),
    seconds: from.real('seconds'),
  };
  if (from.has('divergence')) projection.divergence = from.number('divergence');
  return projection;
}

/** How a map is asked for, within what it may be. */
export function readProjectionOptions(from: Fields): ProjectionOptions {
  const { neighbours, minDist, perplexity } = PROJECTION_LIMITS;
  return {
    method: from.oneOf('method', METHODS),
    dims: from.integer('dims', 2, 3) as 2 | 3,
    neighbours: from.integer('neighbours', neighbours.min, neighbours.max),
    minDist: between(from, 'minDist', minDist),
    perplexity: between(from, 'perplexity', perplexity),
    seed: from.number('seed'),
  };
}

function between(from: Fields, key: string, { min, max }: { min: number; max: number }): number {
  const value = from.number(key);
  if (value < min || value > max) throw from.wrong(key, `a number from ${min} to ${max}`);
  return value;
}

function readShares(from: Fields, dims: number): number[] {
  const value = from.value('explained');
  if (!Array.isArray(value) || (value.length !== 0 && value.length !== dims) || !value.every(Number.isFinite))
    throw from.wrong('explained', `${dims} numbers`);
  return value.map(Number);
}

function readQuality(from: Fields, n: number): NonNullable<Projection['quality']> {
  return {
    k: from.integer('k', 1, n),
    sample: from.integer('sample', 1, n),
    trustworthiness: from.number('trustworthiness'),
    recall: between(from, 'recall', { min: 0, max: 1 }),
  };
}

function readGraph(from: Fields, n: number): NonNullable<Projection['graph']> {
  return {
    k: from.integer('k', 0, n),
    search: from.oneOf('search', ['exact', 'ivf']),
    recall: between(from, 'recall', { min: 0, max: 1 }),
    sample: from.integer('sample', 0, n),
  };
}

function readReduced(from: Fields): NonNullable<Projection['reduced']> {
  return {
    components: from.integer('components', 1, MOST_COMPONENTS),
    explained: from.number('explained'),
  };
}
