import { beforeEach, describe, expect, it, vi } from 'vitest';
import { audit } from '../../test/audit';
import { freshDatabase } from '../../test/fresh-database';
import type { Sweep } from '../domain/clustering';
import { RAW_PIXELS } from '../domain/spec';
import { announceFiles, readFiles } from './files';
import { commitIntake } from './intake';
import { loadNotes, saveNotes } from './notes';
import * as projects from './projects';
import { isQuotaNear, storageState } from './quota';
import { commitRows, loadRowSlice, loadRowTable, loadSkipped } from './rows';
import { loadSweep, saveSweep } from './sweeps';
import { packThumbs, readThumbnails, unpackThumb } from './thumbs';
import { commitVectors, countVectors, readVectors } from './vectors';

beforeEach(freshDatabase);

const FIELDS = { spec: RAW_PIXELS, backend: 'auto', seed: 1, k: null, kMin: 5, kMax: 30 } as const;

async function withRows(count: number, size: number): Promise<string> {
  const { id } = await projects.createProject({ ...FIELDS, name: 'rows' });
  const all = Array.from({ length: count }, (_, i) => i);
  await announceFiles(
    id,
    all.map((i) => ({ path: `f${i}`, size: 3, modified: i })),
  );
  await commitIntake(id, {
    taken: all.map((i) => ({ seq: i, hash: `h${i}`, bytes: new TextEncoder().encode('abc') })),
    skipped: [],
    recovered: [],
  });
  for (let row0 = 0; row0 < count; row0 += size)
    await commitRows(
      id,
      'spec',
      row0,
      all.slice(row0, row0 + size).map((i) => ({
        seq: i,
        hash: `h${i}`,
        width: i,
        height: 2 * i,
        thumbnail: new Uint8Array([0xff, i & 255, i >> 8]),
        vector: new Float32Array([i, -i]),
      })),
      [],
    );
  await audit(id);
  return id;
}

describe('projects', () => {
  it('are listed last used first, with their fields', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const a = await projects.createProject({ ...FIELDS, name: 'a' });
    vi.setSystemTime(Date.now() + 10);
    await projects.createProject({ ...FIELDS, name: 'b' });
    vi.setSystemTime(Date.now() + 10);
    await projects.updateProject(a.id, { name: 'a again', k: 7 });
    vi.useRealTimers();
    const listed = await projects.listProjects();
    expect(listed.map(({ project: { name, k } }) => [name, k])).toEqual([
      ['a again', 7],
      ['b', null],
    ]);
  });

  it('are off the list when removed, and come back whole or go for good', async () => {
    const id = await withRows(5, 2);
    const other = await withRows(3, 2);
    await projects.markDeleted(id, 1000);
    expect(await projects.getProject(id)).toBeNull();
    await projects.restoreProject(id);
    expect((await projects.getProject(id))?.name).toBe('rows');
    await projects.markDeleted(id, 1000);
    await projects.purgeDeleted(10_000, 10_999);
    expect((await readFiles(id)).length).toBe(5);
    await projects.purgeDeleted(10_000, 11_000);
    expect(await readFiles(id)).toEqual([]);
    await audit(other);
  });

  it('that are gone cannot be written', async () => {
    const id = await withRows(1, 1);
    await projects.purgeProject(id);
    await expect(announceFiles(id, [{ path: 'x', size: 1, modified: 1 }])).rejects.toMatchObject({
      code: 'store',
    });
    await expect(projects.updateProject(id, { name: 'x' })).rejects.toMatchObject({ code: 'store' });
    expect(await readFiles(id)).toEqual([]);
  });
});

describe('rows', () => {
  it('are read whole, and from any row on', async () => {
    const id = await withRows(70, 16);
    const table = await loadRowTable(id);
    expect([table.n, table.paths[69], table.widths[69], table.heights[69]]).toEqual([70, 'f69', 69, 138]);
    for (const row0 of [0, 1, 15, 16, 17, 69, 70, 100]) {
      const slice = await loadRowSlice(id, row0);
      expect(slice.paths).toEqual(table.paths.slice(row0));
      expect(slice.n).toBe(Math.max(0, 70 - row0));
      expect([...slice.widths]).toEqual([...table.widths.slice(row0)]);
    }
  });

  it('are never written twice', async () => {
    const id = await withRows(4, 4);
    const vector = new Float32Array(2);
    const row = { seq: 0, hash: 'x', width: 1, height: 1, thumbnail: new Uint8Array(), vector };
    await expect(commitRows(id, 'spec', 0, [row], [])).rejects.toMatchObject({ code: 'store' });
    await audit(id);
  });

  it('give an empty table and slice when there is none', async () => {
    const { id } = await projects.createProject({ ...FIELDS, name: 'empty' });
    expect(await loadRowTable(id)).toMatchObject({ n: 0, paths: [], duplicates: new Map() });
    expect(await loadRowSlice(id, 0)).toMatchObject({ n: 0, paths: [] });
  });

  it('have the other paths of their bytes beside them, in order of announcement', async () => {
    const id = await withRows(3, 3);
    const paths = ['copy-b', 'copy-a', 'broken'];
    await announceFiles(
      id,
      paths.map((path) => ({ path, size: 3, modified: 0 })),
    );
    const taken = [5, 4, 3].map((seq) => ({ seq, hash: seq === 5 ? 'unusable' : 'h1' }));
    const skip = { seq: 5, code: 'unreadable' } as const;
    await commitIntake(id, { taken: [{ ...taken[0], skip }, ...taken.slice(1)], skipped: [], recovered: [] });
    expect((await loadRowTable(id)).duplicates).toEqual(new Map([[1, ['copy-b', 'copy-a']]]));
    expect(await loadSkipped(id)).toEqual([{ path: 'broken', code: 'unreadable', detail: undefined }]);
  });

  it('find the paths of files announced in many chunks', async () => {
    const id = await withRows(2500, 1000);
    const slice = await loadRowSlice(id, 990);
    expect(slice.paths).toEqual(Array.from({ length: 1510 }, (_, i) => `f${i + 990}`));
  });
});

describe('vectors', () => {
  it('are read in order past one read-ahead, for their own descriptor only', async () => {
    const id = await withRows(200, 2);
    await commitVectors(id, 'spec2', 0, [new Float32Array([9])], []);
    const seen: number[] = [];
    for await (const { row0, n, d, data } of readVectors(id, 'spec')) {
      expect([row0, n, d]).toEqual([seen.length, 2, 2]);
      for (let i = 0; i < n; i++) seen.push(data[i * d]);
    }
    expect(seen).toEqual(Array.from({ length: 200 }, (_, i) => i));
    expect([
      await countVectors(id, 'spec'),
      await countVectors(id, 'spec2'),
      await countVectors(id, 'no'),
    ]).toEqual([200, 1, 0]);
  });
});

describe('thumbnails', () => {
  it('are found in any order, twice, and not past the end', async () => {
    const id = await withRows(70, 16);
    const found = await readThumbnails(id, [69, 0, 16, 0, 15, 70, 1000]);
    const bytes = await Promise.all(
      found.map(async (blob) => blob && [...new Uint8Array(await blob.arrayBuffer())][1]),
    );
    expect(bytes).toEqual([69, 0, 16, 0, 15, null, null]);
  });

  it('are packed and unpacked with their kind', () => {
    const chunk = packThumbs(5, [new Uint8Array([0xff, 1]), new Uint8Array(), new Uint8Array([0x52])]);
    expect([4, 5, 6, 7, 8].map((row) => unpackThumb(chunk, row)?.type ?? null)).toEqual([
      null,
      'image/jpeg',
      null,
      'image/webp',
      null,
    ]);
  });
});

describe('sweeps and notes', () => {
  const sweep = {
    specKey: 'spec',
    n: 5,
    seed: 1,
    clusterings: [{ labels: new Uint16Array([1, 0]) }],
  } as unknown as Sweep;

  it('are kept by project, descriptor and k', async () => {
    await saveSweep('p', sweep);
    expect((await loadSweep('p', 'spec'))?.clusterings[0].labels).toEqual(new Uint16Array([1, 0]));
    expect(await loadSweep('p', 'other')).toBeNull();
    const notes = new Map([[3, { name: 'doors', note: 'mostly red' }]]);
    await saveNotes('p', sweep, 7, notes);
    expect(await loadNotes('p', sweep, 7)).toEqual(notes);
    expect(await loadNotes('p', sweep, 8)).toEqual(new Map());
    expect(await loadNotes('p', { ...sweep, seed: 2 }, 7)).toEqual(new Map());
  });
});

describe('space', () => {
  it('is near its end from nine tenths on, and unknown where the browser is silent', async () => {
    const state = { usage: 80, quota: 100, persisted: null };
    expect([isQuotaNear(state, 10), isQuotaNear(state, 11)]).toEqual([false, true]);
    expect(isQuotaNear({ ...state, quota: null }, 1e9)).toBe(false);
    expect(await storageState()).toEqual({ usage: null, quota: null, persisted: null });
  });
});
