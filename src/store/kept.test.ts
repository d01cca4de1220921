import { beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../test/audit';
import { failWrites } from '../../test/failing-writes';
import { freshDatabase, reopen } from '../../test/fresh-database';
import type { Sweep } from '../domain/clustering';
import type { Hierarchy } from '../domain/hierarchy';
import type { ClusterModel } from '../domain/model';
import { DEFAULT_PROJECTION, type Projection } from '../domain/projection';
import { RAW_PIXELS, specKey } from '../domain/spec';
import * as models from './cluster-models';
import { loadHierarchy, saveHierarchy } from './hierarchies';
import { loadNotes, saveNotes } from './notes';
import { database } from './open';
import * as projects from './projects';
import { loadProjection, saveProjection } from './projections';
import { ALL_STORES } from './schema';

const KEY = specKey(RAW_PIXELS);
let id = '';

beforeEach(async () => {
  await freshDatabase();
  const fields = { spec: RAW_PIXELS, backend: 'auto', seed: 1, k: null, kMin: 5, kMax: 30 } as const;
  id = (await projects.createProject({ ...fields, name: 'kept' })).id;
});

function tree(n: number, by: Hierarchy['by'] = 'kmeans'): Hierarchy {
  return {
    specKey: KEY,
    n,
    d: 2,
    by,
    branching: 16,
    depth: 3,
    minimumSize: 64,
    seed: 1,
    nInit: 1,
    scaling: 'none',
    pca: null,
    engine: 'cpu',
    adapter: 'CPU',
    seconds: 1,
    nodes: [
      {
        id: 'root',
        parent: -1,
        depth: 0,
        firstChild: 0,
        children: 0,
        first: 0,
        size: n,
        medoid: 0,
        inertia: 0,
      },
    ],
    order: Uint32Array.from({ length: n }, (_, i) => i),
    distances: new Float32Array(n),
    centroids: new Float32Array(2),
  };
}

function model(savedAt = '2026-01-01T00:00:00.000Z'): ClusterModel {
  const d = RAW_PIXELS.dim;
  return {
    spec: RAW_PIXELS,
    specKey: KEY,
    d,
    preparation: {
      scaler: { scaling: 'none', offset: new Float64Array(d), factor: new Float64Array(d) },
      pca: null,
    },
    k: 3,
    centroids: new Float32Array(3 * d),
    names: new Map([[1, { name: 'cats', note: '' }]]),
    provenance: {
      tessera: '0',
      savedAt,
      project: 'kept',
      n: 10,
      seed: 1,
      nInit: 1,
      maxIterations: 300,
      tolerance: 1e-4,
      engine: 'cpu',
      adapter: 'CPU',
      inertia: 1,
      silhouette: 0.5,
    },
  };
}

const size = async (): Promise<number> => (await projects.listProjects())[0].storedBytes;

function map(n: number, dims: 2 | 3 = 2, specKey = KEY): Projection {
  return {
    ...{ specKey, n, method: 'pca', dims, options: { ...DEFAULT_PROJECTION, dims } },
    ...{ coords: new Float32Array(n * dims), explained: [1, 0], axes: new Float64Array(dims) },
    ...{ quality: null, graph: null, reduced: null, laid: n, engine: 'cpu', seconds: 1 },
  };
}

describe('projections', () => {
  it('are kept one for each method and number of dimensions and counted, the last in place of the one before', async () => {
    await saveProjection(id, map(5));
    await saveProjection(id, map(7, 3));
    await saveProjection(id, map(9));
    expect(await loadProjection(id, KEY, 'pca-2')).toEqual(map(9));
    expect(await loadProjection(id, KEY, 'pca-3')).toEqual(map(7, 3));
    expect(await loadProjection(id, KEY, 'umap-2')).toBeNull();
    expect(await size()).toBe(9 * 8 + 2 * 8 + 7 * 12 + 3 * 8);
    await audit(id);
  });
});

describe('hierarchies', () => {
  it('are kept one for each kind and counted, the last in place of the one before', async () => {
    await saveHierarchy(id, tree(5));
    await saveHierarchy(id, tree(7, { column: 'folder' }));
    await saveHierarchy(id, tree(9));
    expect(await loadHierarchy(id, KEY, 'kmeans')).toEqual(tree(9));
    expect(await loadHierarchy(id, KEY, 'parts')).toEqual(tree(7, { column: 'folder' }));
    expect(await loadHierarchy(id, 'other', 'parts')).toBeNull();
    expect(await size()).toBe((9 + 7) * 8 + 2 * 8);
    await audit(id);
  });

  it('of a project that is gone are refused', async () => {
    await projects.purgeProject(id);
    await expect(saveHierarchy(id, tree(5))).rejects.toMatchObject({ code: 'store' });
    expect(await (await database()).count('hierarchies')).toBe(0);
  });
});

describe('models', () => {
  it('are listed by time, for one project or all, and come back bit for bit', async () => {
    const late = await models.addModel(id, 'late', model('2026-02-01T00:00:00.000Z'));
    const early = await models.addModel(id, 'early', model());
    expect(await models.readModels(id)).toEqual([early, late]);
    expect(await models.readModels('other')).toEqual([]);
    expect(await models.readModels()).toHaveLength(2);
    expect(early.model).toEqual(model());
    await audit(id);
    await models.deleteModel(id, late.id);
    await models.deleteModel(id, late.id);
    expect(await models.readModels(id)).toEqual([early]);
    await audit(id);
  });

  it('label a project until they are taken off or forgotten', async () => {
    const kept = await models.addModel(id, 'mine', model());
    expect(await models.readModelInUse(id)).toBeNull();
    await models.setModelInUse(id, kept.id);
    expect(await models.readModelInUse(id)).toEqual(kept);
    await models.setModelInUse(id, null);
    expect(await models.readModelInUse(id)).toBeNull();
    await models.setModelInUse(id, kept.id);
    await models.deleteModel(id, kept.id);
    expect(await models.readModelInUse(id)).toBeNull();
    expect((await projects.getProject(id))?.modelId).toBeNull();
    await expect(models.setModelInUse(id, kept.id)).rejects.toMatchObject({ code: 'store' });
  });

  it('bring their names, which stay as images are added and are not written over', async () => {
    const kept = await models.addModel(id, 'mine', model());
    await models.setModelInUse(id, kept.id);
    const savedAt = kept.model.provenance.savedAt;
    const labelled = (n: number) => ({ specKey: KEY, n, model: { name: 'mine', savedAt } }) as Sweep;
    expect(await loadNotes(id, labelled(10), 3)).toEqual(model().names);
    const dogs = new Map([[1, { name: 'dogs', note: '' }]]);
    await saveNotes(id, labelled(12), 3, dogs);
    await models.setModelInUse(id, kept.id);
    expect(await loadNotes(id, labelled(20), 3)).toEqual(dogs);
  });
});

it('are deleted with their project', async () => {
  await saveProjection(id, map(5));
  await saveHierarchy(id, tree(5));
  const kept = await models.addModel(id, 'mine', model());
  await models.setModelInUse(id, kept.id);
  await projects.purgeProject(id);
  const db = await database();
  for (const name of ALL_STORES) expect([name, await db.count(name)]).toEqual([name, 0]);
});

it('leave a project that opens, wherever the page is killed', async () => {
  await saveHierarchy(id, tree(5));
  const kept = await models.addModel(id, 'old', model());
  const deeds = [
    () => saveHierarchy(id, tree(9)),
    () => models.addModel(id, 'new', model()),
    () => models.setModelInUse(id, kept.id),
    () => models.deleteModel(id, kept.id),
  ];
  let kills = 0;
  for (const deed of deeds)
    for (let nth = 1; ; nth++) {
      const { writes, restore } = failWrites(nth, () => new DOMException('killed', 'AbortError'), {
        dead: true,
      });
      const before = await models.readModels(id);
      const failed = await deed().then(
        () => false,
        () => true,
      );
      const reached = writes() >= nth;
      restore();
      expect(failed).toBe(reached);
      await reopen();
      await audit(id);
      expect((await projects.listProjects()).map(({ project }) => project.id)).toEqual([id]);
      if (!reached) break;
      kills++;
      expect(await models.readModels(id)).toEqual(before);
      expect((await loadHierarchy(id, KEY, 'kmeans'))?.n).toBe(deed === deeds[0] ? 5 : 9);
    }
  expect(kills).toBeGreaterThan(6);
});
