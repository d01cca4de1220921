import { beforeEach, describe, expect, it, vi } from 'vitest';
import { freshDatabase } from '../../test/fresh-database';
import { NO_CLUSTER, type Clustering, type MeasuredClusters, type Sweep } from '../domain/clustering';
import type { Edit, EditLog } from '../domain/edits';
import type { Project } from '../domain/project';
import { RAW_PIXELS, specKey } from '../domain/spec';
import { createProject, keepEdits, sweepIdentity } from '../jobs/projects';
import { withEdits } from './headless-edits';
import { newProjectFields } from './state/new-project';

const { job, started } = vi.hoisted(() => ({
  job: { load: vi.fn(), measureClusters: vi.fn(), dispose: vi.fn() },
  started: vi.fn(),
}));
vi.mock('../jobs/analysis-job', () => ({
  AnalysisJob: function () {
    started();
    return job;
  },
}));

const base: Clustering = {
  k: 3,
  labels: Uint16Array.of(0, 0, 1, 1, 2, NO_CLUSTER),
  centroids: Float32Array.of(0, 10, 20),
  distances: Float32Array.of(1, 1, 2, 2, 0, NaN),
  sizes: Uint32Array.of(2, 2, 1),
  iterations: 1,
  inertia: 10,
  silhouette: 0.5,
  silhouetteError: 0,
  silhouetteSample: 6,
  calinskiHarabasz: 7,
  daviesBouldin: 1,
};
const sweep = {
  specKey: specKey(RAW_PIXELS),
  n: 6,
  d: 1,
  seed: 1,
  nInit: 1,
  maxIterations: 10,
  tolerance: 0,
  scaling: 'standard',
  pca: null,
  engine: 'cpu',
  clusterings: [base],
} as unknown as Sweep;
const measured: MeasuredClusters = {
  clusters: Uint32Array.of(1, 2),
  centroids: Float32Array.of(14, NaN),
  distances: Float32Array.of(NaN, NaN, 3, 3, 6, NaN),
  calinskiHarabasz: 20,
  daviesBouldin: 0.25,
};
const merge: Edit = { kind: 'merge', clusters: [1, 2], into: 1 };

let project: Project;
async function edited(edits: Edit[], other: Partial<EditLog> = {}): Promise<void> {
  const log: EditLog = {
    version: 1,
    sweep: sweepIdentity(sweep),
    specKey: sweep.specKey,
    k: 3,
    base: base.labels,
    names: new Map(),
    edits: edits.map((edit, at) => ({ ...edit, at })),
    done: edits.length,
    ...other,
  };
  await keepEdits(project.id, log, new Map());
}

beforeEach(async () => {
  await freshDatabase();
  vi.clearAllMocks();
  job.measureClusters.mockResolvedValue(measured);
  project = await createProject({ ...newProjectFields('edited'), spec: RAW_PIXELS });
});

describe('a clustering for the command', () => {
  it.each<[string, () => Promise<void>]>([
    ['was never edited', async () => undefined],
    ['has edits of another k only', () => edited([merge], { k: 4 })],
    ['has edits of another sweep only', () => edited([merge], { sweep: 'other' })],
    ['had all its edits undone', () => edited([merge], { done: 0 })],
  ])('that %s is as it was fitted', async (_, prepare) => {
    await prepare();
    expect(await withEdits(project, sweep, base)).toEqual({ clustering: base, edits: [] });
    expect(started).not.toHaveBeenCalled();
  });

  it('whose clusters were only named is as it was fitted, and tells of the names', async () => {
    await edited([{ kind: 'name', cluster: 1, note: { name: 'hens', note: '' } }]);
    const found = await withEdits(project, sweep, base);
    expect(found.clustering).toBe(base);
    expect(found.edits).toHaveLength(1);
    expect(started).not.toHaveBeenCalled();
  });

  it('that was edited has the edited labels, measured in the space it was fitted in', async () => {
    await edited([merge, { kind: 'move', rows: Uint32Array.of(0), to: null }], { done: 1 });
    const { clustering, edits } = await withEdits(project, sweep, base);
    expect([...clustering.labels]).toEqual([0, 0, 1, 1, 1, NO_CLUSTER]);
    expect([...clustering.sizes]).toEqual([2, 3, 0]);
    expect(clustering.base).toBe(base);
    expect([clustering.calinskiHarabasz, clustering.daviesBouldin]).toEqual([20, 0.25]);
    expect([...clustering.distances]).toEqual([1, 1, 3, 3, 6, NaN]);
    expect(edits.map(({ kind }) => kind)).toEqual(['merge']);
    expect(job.load).toHaveBeenCalledWith(project.id, specKey(RAW_PIXELS));
    const [space, labels, touched] = job.measureClusters.mock.calls[0];
    expect(space).toEqual({ scaling: 'standard', pca: null, preparation: undefined });
    expect([...labels]).toEqual([...clustering.labels]);
    expect([...touched]).toEqual([1, 2]);
    expect(job.dispose).toHaveBeenCalledOnce();
  });

  it('lets go of its worker when measuring fails', async () => {
    await edited([merge]);
    job.measureClusters.mockRejectedValue(new Error('The vectors are gone.'));
    await expect(withEdits(project, sweep, base)).rejects.toThrow('The vectors are gone.');
    expect(job.dispose).toHaveBeenCalledOnce();
  });
});
