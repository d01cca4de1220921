import { beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../../test/audit';
import { FAKE_SPEC, fakeFile, fakeThreads } from '../../../test/fake-threads';
import { freshDatabase } from '../../../test/fresh-database';
import { NO_CLUSTER, type Sweep } from '../../domain/clustering';
import type { DroppedFile } from '../../domain/files';
import { specKey, type EmbedSpec } from '../../domain/spec';
import { npy } from '../../exports/npy';
import { markDescriptorRemoved, readDescriptors } from '../../store/descriptors';
import { readFiles } from '../../store/files';
import { readOriginal } from '../../store/intake';
import { createProject, listProjects } from '../../store/projects';
import { loadRowTable } from '../../store/rows';
import { loadSweep, saveSweep } from '../../store/sweeps';
import { readTally } from '../../store/tally';
import { readVectors } from '../../store/vectors';
import { Embedding } from '../service';
import { importProjectFile } from './import';
import { writeProjectFile } from './write';

beforeEach(freshDatabase);

const NAMES = ['a/0.png', 'a/1.png', 'b/2.png', 'b/3.png', 'b/4.png'];
const FIELDS = { spec: FAKE_SPEC, backend: 'auto', seed: 1, k: null, kMin: 5, kMax: 30 } as const;

async function matrix(n: number): Promise<File> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const part of npy([n, 2], [Float32Array.from({ length: 2 * n }, (_, i) => i)]))
    parts.push(part.slice());
  return new File(parts, 'vectors.npy');
}

async function take(service: Embedding, id: string, paths: readonly string[]): Promise<EmbedSpec> {
  const list = new File([`paths\n${paths.join('\n')}\n`], 'paths.csv');
  const asked = { file: await matrix(paths.length), array: null, paths: { list }, addMissing: true };
  const nothing = () => undefined;
  return (await service.importDescriptors(id, asked, nothing, nothing)).spec;
}

async function give(id: string, spec: EmbedSpec, files: DroppedFile[]): Promise<void> {
  const service = new Embedding(fakeThreads());
  await service.add(id, files);
  await service.run(id, spec, 'auto', () => undefined);
}

/** Five rows of paths; pictures came for two of them, and one more that has no vector. */
async function project(): Promise<{ id: string; spec: EmbedSpec }> {
  const { id } = await createProject({ ...FIELDS, name: 'vectors' });
  const service = new Embedding(fakeThreads());
  const spec = await take(service, id, NAMES);
  await give(id, spec, [
    fakeFile('drop/a/0.png', 'picture 0'),
    fakeFile('drop/b/3.png', 'picture 3'),
    fakeFile('drop/other.png', 'picture other'),
  ]);
  return { id, spec };
}

async function saved(id: string, originals: boolean): Promise<Blob> {
  const chunks = [];
  for await (const chunk of writeProjectFile(id, { originals, app: '0', savedAt: '' })) chunks.push(chunk);
  return new Blob(chunks);
}

async function vectorsOf(id: string, spec: EmbedSpec): Promise<[number[], number[]]> {
  const numbers: number[] = [];
  const absent: number[] = [];
  for await (const { data, bad = [] } of readVectors(id, specKey(spec))) {
    numbers.push(...data);
    absent.push(...bad);
  }
  return [numbers, absent];
}

describe('a project of vectors of another tool', () => {
  it.each([true, false])('comes back as it was, its images saved: %s', async (originals) => {
    const { id, spec } = await project();
    await give(id, FAKE_SPEC, []);
    const again = await importProjectFile(await saved(id, originals));
    await audit(again);
    expect(await loadRowTable(again)).toEqual(await loadRowTable(id));
    expect(await readFiles(again)).toEqual(await readFiles(id));
    for (const one of [spec, FAKE_SPEC])
      expect(await vectorsOf(again, one)).toEqual(await vectorsOf(id, one));
    expect(await readDescriptors(again)).toEqual(await readDescriptors(id));
    const { covered, without, pictureless } = await readTally(id);
    const lacking = originals ? {} : { withoutBytes: 3 };
    expect(await readTally(again)).toMatchObject({ covered, without, pictureless, ...lacking });
    const [a, b] = await listProjects();
    expect(a.counts).toEqual(b.counts);
  });

  it('takes the rest of its pictures after that, and the bytes of those it came without', async () => {
    const { id, spec } = await project();
    const again = await importProjectFile(await saved(id, false));
    // The bytes of a row that lacks them come with another row.
    await give(again, spec, [fakeFile('b/4.png', 'picture 3')]);
    expect(await readTally(again)).toMatchObject({ pictureless: 2, withoutBytes: 2 });
    await audit(again);
    const { hashes } = await loadRowTable(again);
    expect(hashes[4]).toBe(hashes[3]);
    expect(await (await readOriginal(again, hashes[3]))?.text()).toContain('picture 3');
    await give(again, spec, [
      fakeFile('drop/a/0.png', 'picture 0'),
      fakeFile('other.png', 'picture other'),
      fakeFile('a/1.png', 'picture 1'),
    ]);
    const tally = await readTally(again);
    expect(tally.withoutBytes).toBeUndefined();
    expect(tally.pictureless).toBe(1);
    await audit(again);
  });

  it('keeps clusters in which some rows are not', async () => {
    const { id, spec } = await project();
    const sweep: Sweep = {
      ...{ specKey: specKey(spec), n: 6, d: 2, without: 1, seed: 1, nInit: 1, maxIterations: 9 },
      ...{ tolerance: 0, scaling: 'none', pca: null, engine: 'cpu', adapter: '', seconds: 1 },
      choice: { k: 2, runnerUp: null, elbow: null, byCalinskiHarabasz: null, byDaviesBouldin: null },
      clusterings: [
        {
          k: 2,
          labels: Uint16Array.of(0, 0, 1, 0, 1, NO_CLUSTER),
          centroids: new Float32Array(4),
          distances: Float32Array.of(1, 2, 3, 4, 5, NaN),
          sizes: Uint32Array.of(3, 2),
          ...{ iterations: 1, inertia: 1, silhouette: 0, silhouetteError: 0, silhouetteSample: 5 },
          ...{ calinskiHarabasz: 1, daviesBouldin: 1 },
        },
      ],
    };
    await saveSweep(id, sweep);
    const again = await importProjectFile(await saved(id, false));
    expect(await loadSweep(again, sweep.specKey)).toEqual(sweep);
  });

  it('leaves out what was removed', async () => {
    const { id, spec } = await project();
    const service = new Embedding(fakeThreads());
    const other = await take(service, id, [...NAMES].reverse());
    await markDescriptorRemoved(id, specKey(spec));
    const again = await importProjectFile(await saved(id, true));
    await audit(again);
    expect((await readDescriptors(again)).map(({ key }) => key)).toEqual([specKey(other)]);
    expect(Object.keys((await readTally(again)).covered)).toEqual([specKey(other)]);
  });
});
