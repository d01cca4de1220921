import type { Project } from '../../domain/project';
import { Fields } from '../fields';
import { readSpec } from '../read-spec';
import { real } from './format';
import { readProjectionOptions } from './projection';
import { readTimings } from './timing';

const SCALINGS = ['none', 'l2', 'standard', 'minmax'] as const;
const ENGINES = ['auto', 'webgpu', 'cpu'] as const;

/** What a project file says of the project; its id and when it was last used belong to this browser. */
export function projectJson({ id: _id, updatedAt: _updated, ...project }: Project): object {
  const { silhouetteSample } = project;
  return {
    ...project,
    ...(silhouetteSample !== undefined && { silhouetteSample: real(silhouetteSample) }),
  };
}

/** The project rebuilt field by field, under a new id. Throws a sentence for what is wrong. */
export function readProject(json: unknown, id: string, now: number): Project {
  const from = new Fields(json, 'project.json');
  const project: Project = {
    id,
    name: from.longText('name', 10_000),
    createdAt: from.number('createdAt'),
    updatedAt: now,
    spec: readSpec(from.value('spec'), 'project.json: "spec"'),
    backend: from.oneOf('backend', ['auto', 'webgpu', 'wasm']),
    seed: from.number('seed'),
    k: from.orNull('k', (key) => from.integer(key, 1, 65_536)),
    kMin: from.integer('kMin', 1, 65_536),
    kMax: from.integer('kMax', 1, 65_536),
  };
  if (from.has('scaling')) project.scaling = from.oneOf('scaling', SCALINGS);
  if (from.has('pca')) project.pca = from.orNull('pca', (key) => from.number(key));
  if (from.has('nInit')) project.nInit = from.integer('nInit', 1, 1e6);
  if (from.has('engine')) project.engine = from.oneOf('engine', ENGINES);
  if (from.has('half')) project.half = from.flag('half');
  if (from.has('silhouetteSample')) project.silhouetteSample = from.real('silhouetteSample');
  if (from.has('modelId')) project.modelId = from.orNull('modelId', (key) => from.text(key));
  if (from.has('projection')) project.projection = readProjectionOptions(from.fields('projection'));
  if (from.has('groupings')) project.groupings = readGroupings(from.fields('groupings'));
  if (from.has('timings')) project.timings = readTimings(from, 'timings');
  return project;
}

const MOST_COLUMNS = 10_000;

function readGroupings(from: Fields): NonNullable<Project['groupings']> {
  const names = (key: 'category' | 'hashtag'): string[] => {
    const value = from.value(key);
    if (
      !Array.isArray(value) ||
      value.length > MOST_COLUMNS ||
      !value.every((name) => typeof name === 'string')
    )
      throw from.wrong(key, 'a list of names');
    return value;
  };
  return { category: names('category'), hashtag: names('hashtag') };
}
