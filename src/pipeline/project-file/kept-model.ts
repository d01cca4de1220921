import type { ClusterNote } from '../../domain/clustering';
import type { ClusterModel } from '../../domain/model';
import { specKey } from '../../domain/spec';
import type { KeptModel } from '../../store/schema';
import { Fields } from '../fields';
import { readSpec } from '../read-spec';
import { readArray } from './arrays';
import { real } from './format';
import { arrayMember, jsonMember, type Member } from './member';
import { preparationJson, preparationMembers, readPreparation } from './preparation';
import type { ProjectFileReader } from './reader';

const MOST_CLUSTERS = 65_536;
const LONGEST_NOTE = 1_000_000;

/** Names and notes of clusters by rising number. */
export function notesJson(notes: ReadonlyMap<number, ClusterNote>): object[] {
  return [...notes].sort(([a], [b]) => a - b).map(([cluster, { name, note }]) => ({ cluster, name, note }));
}

/** The inverse; each cluster has one entry and a number below 65,536. */
export function readNotes(from: Fields): Map<number, ClusterNote> {
  const notes = new Map<number, ClusterNote>();
  for (const item of from.list('notes')) {
    const cluster = item.integer('cluster', 0, MOST_CLUSTERS - 1);
    if (notes.has(cluster)) throw item.wrong('cluster', 'a cluster of its own');
    notes.set(cluster, {
      name: item.longText('name', LONGEST_NOTE),
      note: item.longText('note', LONGEST_NOTE),
    });
  }
  return notes;
}

/** The members of the saved model with this number. */
export function* modelMembers(at: number, { id, name, model }: KeptModel): Generator<Member> {
  const { spec, d, preparation, k, centroids, names, provenance } = model;
  const { inertia, silhouette, ...made } = provenance;
  yield jsonMember(`models/${at}.json`, {
    id,
    name,
    spec,
    d,
    k,
    preparation: preparationJson(preparation),
    notes: notesJson(names),
    provenance: { ...made, inertia: real(inertia), silhouette: real(silhouette) },
  });
  yield* preparationMembers(`models/${at}`, preparation);
  yield arrayMember(`models/${at}-centroids.npy`, [k, centroids.length / k], centroids);
}

/** A saved model rebuilt field by field. Throws a sentence for what is wrong. */
export async function readKeptModel(file: ProjectFileReader, at: number): Promise<KeptModel> {
  const name = `models/${at}`;
  const from = new Fields(await file.member(`${name}.json`).json(), `${name}.json`);
  const spec = readSpec(from.value('spec'), `${name}.json: "spec"`);
  const k = from.integer('k', 1, MOST_CLUSTERS);
  const model: ClusterModel = {
    spec,
    specKey: specKey(spec),
    d: from.count('d'),
    preparation: await readPreparation(file, name, from.fields('preparation')),
    k,
    centroids: (await readArray(file.member(`${name}-centroids.npy`), '<f4', [k, null])).data,
    names: readNotes(from),
    provenance: readProvenance(from.fields('provenance')),
  };
  return { id: from.text('id'), name: from.longText('name', 10_000), model };
}

function readProvenance(from: Fields): ClusterModel['provenance'] {
  return {
    tessera: from.text('tessera'),
    savedAt: from.text('savedAt'),
    project: from.longText('project', 10_000),
    n: from.number('n'),
    seed: from.number('seed'),
    nInit: from.number('nInit'),
    maxIterations: from.number('maxIterations'),
    tolerance: from.number('tolerance'),
    engine: from.text('engine'),
    adapter: from.text('adapter'),
    inertia: from.real('inertia'),
    silhouette: from.real('silhouette'),
  };
}
