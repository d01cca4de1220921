import { NO_CLUSTER, type Clustering, type KChoice, type Sweep } from '../../domain/clustering';
import { Fields } from '../fields';
import { readArray } from './arrays';
import { real } from './format';
import { arrayMember, jsonMember, type Member } from './member';
import { preparationJson, preparationMembers, readPreparation } from './preparation';
import type { ProjectFileReader } from './reader';

/** Most clusters of one clustering: labels have 16 bits. */
const MOST_CLUSTERS = 65_536;
const MOST_ROWS = 2 ** 31;
const LONGEST_KEY = 10_000;

/** The members of the sweep with this number: what it says as JSON, and its arrays beside it. */
export function* sweepMembers(at: number, sweep: Sweep): Generator<Member> {
  const name = `sweeps/${at}`;
  const { clusterings, preparation, tolerance, seconds, silhouetteSeconds, ...rest } = sweep;
  yield jsonMember(`${name}.json`, {
    ...rest,
    tolerance: real(tolerance),
    seconds: real(seconds),
    ...(rest.asked && { asked: askedJson(rest.asked) }),
    ...(silhouetteSeconds !== undefined && { silhouetteSeconds: real(silhouetteSeconds) }),
    ...(preparation && { preparation: preparationJson(preparation) }),
    clusterings: clusterings.map(clusteringJson),
  });
  if (preparation) yield* preparationMembers(name, preparation);
  for (const [i, { k, labels, distances, centroids }] of clusterings.entries()) {
    yield arrayMember(`${name}-${i}-labels.npy`, [labels.length], labels);
    yield arrayMember(`${name}-${i}-distances.npy`, [distances.length], distances);
    yield arrayMember(`${name}-${i}-centroids.npy`, [k, centroids.length / k], centroids);
  }
}

function askedJson({ kMin, kMax, pca, silhouetteSample }: NonNullable<Sweep['asked']>): object {
  const sample = silhouetteSample === undefined ? {} : { silhouetteSample: real(silhouetteSample) };
  return { kMin, kMax, ...(pca !== undefined && { pca }), ...sample };
}

function clusteringJson(fit: Clustering): object {
  const { k, sizes, iterations, silhouetteSample, silhouetteSquared } = fit;
  return {
    k,
    sizes: Array.from(sizes),
    iterations,
    inertia: real(fit.inertia),
    silhouette: real(fit.silhouette),
    silhouetteError: real(fit.silhouetteError),
    silhouetteSample,
    ...(silhouetteSquared !== undefined && { silhouetteSquared: real(silhouetteSquared) }),
    calinskiHarabasz: real(fit.calinskiHarabasz),
    daviesBouldin: real(fit.daviesBouldin),
  };
}

/** A sweep rebuilt field by field, of at most `rows` rows. Throws a sentence for what is wrong. */
export async function readSweep(file: ProjectFileReader, at: number, rows: number): Promise<Sweep> {
  const name = `sweeps/${at}`;
  const from = new Fields(await file.member(`${name}.json`).json(), `${name}.json`);
  const n = from.integer('n', 0, rows);
  const clusterings: Clustering[] = [];
  for (const [i, item] of from.list('clusterings').entries())
    clusterings.push(await readClustering(file, `${name}-${i}`, item, n));
  const sweep: Sweep = {
    specKey: from.longText('specKey', LONGEST_KEY),
    n,
    d: from.integer('d', 0, 1e6),
    seed: from.number('seed'),
    nInit: from.number('nInit'),
    maxIterations: from.number('maxIterations'),
    tolerance: from.real('tolerance'),
    scaling: from.oneOf('scaling', ['none', 'l2', 'standard', 'minmax']),
    pca: from.orNull('pca', (key) => from.number(key)),
    engine: from.oneOf('engine', ['webgpu', 'cpu']),
    adapter: from.text('adapter'),
    seconds: from.real('seconds'),
    clusterings,
    choice: readChoice(from.fields('choice')),
  };
  if (from.has('preparation'))
    sweep.preparation = await readPreparation(file, name, from.fields('preparation'));
  if (from.has('without')) sweep.without = from.integer('without', 0, n);
  if (from.has('scoredRows')) sweep.scoredRows = from.integer('scoredRows', 0, n);
  if (from.has('silhouetteSeconds')) sweep.silhouetteSeconds = from.real('silhouetteSeconds');
  if (from.has('model')) {
    const model = from.fields('model');
    sweep.model = { name: model.longText('name', LONGEST_KEY), savedAt: model.text('savedAt') };
  }
  if (from.has('peakBytes')) {
    const peak = from.fields('peakBytes');
    sweep.peakBytes = { gpu: peak.number('gpu'), rows: peak.number('rows') };
  }
  if (from.has('asked')) sweep.asked = readAsked(from.fields('asked'));
  return sweep;
}

function readAsked(from: Fields): NonNullable<Sweep['asked']> {
  const asked: NonNullable<Sweep['asked']> = { kMin: from.number('kMin'), kMax: from.number('kMax') };
  if (from.has('pca')) asked.pca = from.orNull('pca', (key) => from.number(key));
  if (from.has('silhouetteSample')) asked.silhouetteSample = from.real('silhouetteSample');
  return asked;
}

function readChoice(from: Fields): KChoice {
  const k = (key: string): number | null => from.orNull(key, (name) => from.integer(name, 0, MOST_CLUSTERS));
  return {
    k: from.integer('k', 0, MOST_CLUSTERS),
    runnerUp: k('runnerUp'),
    elbow: k('elbow'),
    byCalinskiHarabasz: k('byCalinskiHarabasz'),
    byDaviesBouldin: k('byDaviesBouldin'),
  };
}

async function readClustering(
  file: ProjectFileReader,
  name: string,
  from: Fields,
  n: number,
): Promise<Clustering> {
  const k = from.integer('k', 1, MOST_CLUSTERS);
  const labels = (await readArray(file.member(`${name}-labels.npy`), '<u2', [n])).data;
  const sizes = new Uint32Array(k);
  const distances = (await readArray(file.member(`${name}-distances.npy`), '<f4', [n], { loose: true })).data;
  for (const [row, label] of labels.entries()) {
    const isOut = label === NO_CLUSTER;
    if (!isOut && label >= k) throw new Error(`${name}-labels.npy has a label ${label} with ${k} clusters`);
    if (!isOut) sizes[label]++;
    if (!Number.isFinite(distances[row]) && !(isOut && Number.isNaN(distances[row])))
      throw new Error(`${name}-distances.npy holds numbers that are not finite`);
  }
  const told = from.value('sizes');
  if (!Array.isArray(told) || told.length !== k || told.some((size, i) => size !== sizes[i]))
    throw from.wrong('sizes', 'what the labels count');
  return {
    k,
    labels,
    centroids: (await readArray(file.member(`${name}-centroids.npy`), '<f4', [k, null])).data,
    distances,
    sizes,
    iterations: from.number('iterations'),
    inertia: from.real('inertia'),
    silhouette: from.real('silhouette'),
    silhouetteError: from.real('silhouetteError'),
    silhouetteSample: from.integer('silhouetteSample', 0, MOST_ROWS),
    ...(from.has('silhouetteSquared') && { silhouetteSquared: from.real('silhouetteSquared') }),
    calinskiHarabasz: from.real('calinskiHarabasz'),
    daviesBouldin: from.real('daviesBouldin'),
  };
}
