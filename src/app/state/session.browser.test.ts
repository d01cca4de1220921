import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DroppedFile } from '../../domain/files';
import { RAW_PIXELS } from '../../domain/spec';
import { artifactBytes } from '../../exports/artifact';
import { matrixNpy } from '../../exports/embeddings';
import { defaultSpec } from '../../jobs/models';
import { createProject, listProjects } from '../../jobs/projects';
import { purgeProject } from '../../store/projects';
import { newProjectFields } from './new-project';
import { notices } from './notices.svelte';
import { AppSession } from './session.svelte';
import { Shell } from './shell.svelte';

/** Pictures in `groups` colours, each a little different, drawn here and encoded by the browser. */
async function pictures(n: number, groups = 6, folder = 'set'): Promise<DroppedFile[]> {
  const canvas = new OffscreenCanvas(32, 32);
  const pen = canvas.getContext('2d')!;
  const files: DroppedFile[] = [];
  for (let i = 0; i < n; i++) {
    pen.fillStyle = `hsl(${((i % groups) * 360) / groups} 80% ${40 + (i % 7)}%)`;
    pen.fillRect(0, 0, 32, 32);
    pen.fillStyle = '#000';
    pen.fillRect(i % 8, i >> 3, 2, 2);
    const name = `${String(i).padStart(3, '0')}.png`;
    files.push({ path: `${folder}/${name}`, file: new File([await canvas.convertToBlob()], name) });
  }
  return files;
}

async function sha256(file: Blob): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** rows x dim numbers that all differ. */
async function npyBytes(rows: number, dim: number): Promise<Uint8Array> {
  const data = Float32Array.from({ length: rows * dim }, (_, i) => (i % 3) * 10 + i / 100);
  return artifactBytes(matrixNpy({ rows, dim, chunks: [data] }));
}

async function until(what: string, done: () => boolean, ms = 60_000): Promise<void> {
  const end = Date.now() + ms;
  while (!done()) {
    if (Date.now() > end) throw new Error(`Still waiting for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const settled = (session: AppSession, n: number) =>
  until(
    `${n} rows, clustered`,
    () => session.rows.n === n && session.sweep?.n === n && !session.running && session.analysis === null,
  );

let session: AppSession;

async function opened(files: DroppedFile[]): Promise<string> {
  const project = await createProject({ ...newProjectFields('Colours'), spec: RAW_PIXELS, kMax: 8 });
  await session.open(project.id);
  await session.add(files);
  return project.id;
}

/** A shell whose session is the one of the test. */
async function shellOfTest(): Promise<Shell> {
  await session.queue.close();
  const shell = new Shell();
  session = shell.session;
  return shell;
}

beforeEach(async () => {
  localStorage.clear();
  for (const { project } of await listProjects()) await purgeProject(project.id);
  session = new AppSession();
});
afterEach(async () => {
  await session.open(null);
  await session.queue.close();
  for (const { id } of notices.list) notices.dismiss(id);
});

describe('a session', () => {
  it('takes over vectors of another tool without waiting until they are clustered', async () => {
    const n = 4000;
    await opened([]);
    const file = new File([(await npyBytes(n, 64)) as Uint8Array<ArrayBuffer>], 'vectors.npy');
    const paths = Array.from({ length: n }, (_, i) => `set/${i}.png`);
    const list = new File([['paths', ...paths].join('\n')], 'paths.csv');
    const asked = { file, array: null, paths: { list }, addMissing: true };
    const { vectors } = await session.additions.descriptors(asked, () => undefined);
    expect(vectors).toBe(n);
    expect(session.sweep).toBeNull();
    await settled(session, n);
  });

  it('embeds what is added, clusters it, and counts every file', async () => {
    const files = await pictures(72);
    files.push({ path: 'set/copy.png', file: files[0].file });
    files.push({ path: 'set/empty.png', file: new File([], 'empty.png') });
    await opened(files);
    await settled(session, 72);

    expect(session.counts).toMatchObject({
      announced: 74,
      embedded: 72,
      duplicates: 1,
      skipped: 1,
      waiting: 0,
    });
    expect(session.skipped).toEqual([expect.objectContaining({ path: 'set/empty.png', code: 'empty' })]);
    expect([...session.rows.duplicates.values()].flat()).toHaveLength(1);
    expect(session.k).toBe(6);
    expect(session.projection!.coords).toHaveLength(144);
    expect(await (await fetch(await session.thumbnail(3))).blob()).toMatchObject({ type: /^image\// });
    expect((await session.original(3)).size).toBe(files[3].file.size);
    const near = await session.nearest(0, 3);
    expect([...near.rows].every((row) => row % 6 === 0)).toBe(true);
    expect((await session.meanImage(Uint32Array.of(0, 6, 12), 16)).of).toBe(3);
    expect(notices.list.filter(({ tone }) => tone === 'error')).toEqual([]);
  });

  it('opens again where it was, without computing the clusters anew', async () => {
    const id = await opened(await pictures(64));
    await settled(session, 64);
    session.setK(7);
    session.setNote(0, { name: 'reds', note: '' });
    const before = session.sweep!;
    await session.open(null);
    expect([session.project, session.rows.n, session.sweep]).toEqual([null, 0, null]);

    await session.open(id);
    await until('projection', () => session.projection !== null);
    expect([session.rows.n, session.k]).toEqual([64, 7]);
    expect(session.sweep!.seconds).toBe(before.seconds);
    expect(session.analysis).toBeNull();
    await until('notes', () => session.notes.size > 0);
    expect(session.notes.get(0)?.name).toBe('reds');
  });

  it('makes another map when asked for, takes it back at once, and has it when opened again', async () => {
    const id = await opened(await pictures(64));
    await settled(session, 64);
    await until('PCA', () => session.projection?.n === 64);
    const before = session.projection!;
    session.setProjection({ method: 'umap', dims: 3 });
    await until('UMAP', () => session.projection?.method === 'umap');
    const umap = session.projection!;
    expect(umap).toMatchObject({ dims: 3, n: 64, laid: 64 });
    await until('the map is told', () => session.projecting === null);
    expect(session.projectionError).toBeNull();
    expect(umap.quality!.trustworthiness).toBeGreaterThan(0.7);
    session.undo();
    await until('PCA again', () => session.projection === before);
    session.setProjection({ method: 'umap', dims: 3 });
    await until('UMAP again', () => session.projection === umap);

    await session.open(null);
    await session.open(id);
    await until('the kept map', () => session.projection !== null);
    expect(session.projectionOptions).toMatchObject({ method: 'umap', dims: 3 });
    expect(session.projection!.coords).toEqual(umap.coords);

    await session.add(await pictures(70, 6, 'more'));
    await settled(session, 70);
    await until('all on the map', () => session.projection?.n === 70);
    expect(session.projection!.laid).toBe(64);
    expect(session.projection!.coords.subarray(0, 3 * 64)).toEqual(umap.coords);
    session.relayout();
    await until('laid out anew', () => session.projection?.laid === 70);

    // What was cancelled is not asked for any more, and there is nothing of it to undo.
    const { options } = session.projection!;
    session.setProjection({ method: 'tsne', dims: 2 });
    session.cancelProjection();
    expect(session.projectionOptions).toEqual(options);
    expect([session.projecting, session.canUndo]).toEqual([null, false]);
  });

  it('takes back selections, k and names, latest first', async () => {
    await opened(await pictures(64));
    await settled(session, 64);
    session.select([1, 2, 3], 'replace');
    session.setK(5);
    session.setNote(1, { name: 'blues', note: '' });
    session.undo();
    expect(session.notes.size).toBe(0);
    session.undo();
    expect(session.k).toBe(6);
    expect([...session.selection.rows]).toEqual([1, 2, 3]);
    session.undo();
    expect(session.selection.count).toBe(0);
    expect(session.canUndo).toBe(false);
  });

  it('clusters again when the options change, and embeds again when the descriptor does', async () => {
    await opened(await pictures(64));
    await settled(session, 64);
    await session.change({ kMin: 2, kMax: 3 });
    await until('new range', () => session.sweep?.clusterings.length === 2);
    expect(session.k).toBeLessThanOrEqual(3);

    await session.change({ spec: { ...RAW_PIXELS, width: 8, height: 8, dim: 192 } });
    await settled(session, 64);
    expect(session.sweep!.d).toBe(192);
    expect(session.rows.n).toBe(64);
  });

  it('stops when told to, stays stopped when opened again, and goes on when asked', async () => {
    const id = await opened(await pictures(120));
    await until('first rows', () => session.rows.n > 0 || (session.progress?.counts.embedded ?? 0) > 0);
    await session.cancel();
    const rest = session.counts!.waiting;
    await session.open(null);
    await session.open(id);
    expect(session.running).toBe(false);
    expect(session.counts!.waiting).toBe(rest);
    await session.run();
    await settled(session, 120 - (session.counts?.missing ?? 0));
    expect(session.counts!.waiting).toBe(0);
  });
});

describe('the shell', () => {
  it('takes exported embeddings back, so that their images need no network', async () => {
    const shell = await shellOfTest();
    const files = await pictures(6, 3);
    // A descriptor that no network here could compute: only the file can have brought it.
    const spec = { ...defaultSpec('squash'), sha256: 'f'.repeat(64), title: 'Elsewhere', dim: 2 };
    const hashes = await Promise.all(files.map(({ file }) => sha256(file)));
    const bundle = zipSync({
      'spec.json': strToU8(JSON.stringify(spec)),
      'index.csv': strToU8(
        ['row,path,sha256', ...hashes.map((hash, i) => `${i},p${i},${hash}`)].join('\r\n'),
      ),
      'embeddings.npy': await npyBytes(6, 2),
    });
    const zip = new File([bundle as Uint8Array<ArrayBuffer>], 'embeddings.zip');
    await shell.takeList([...files.map(({ file }) => file), zip]);
    await until('six rows', () => session.rows.n === 6 && !session.running);
    expect(session.project!.spec).toEqual(spec);
    expect(session.counts).toMatchObject({ embedded: 6, waiting: 0, skipped: 0 });
    await until('projection', () => session.projection !== null);
    expect(notices.list.filter(({ tone }) => tone === 'error')).toEqual([]);
  });

  it('hands a dropped network to the settings and keeps the project', async () => {
    const shell = await shellOfTest();
    await shell.takeList([new File(['x'], 'net.onnx')]);
    expect(shell.network?.name).toBe('net.onnx');
    expect([shell.session.screen, shell.session.project]).toEqual(['settings', null]);
    shell.session.go('map');
  });

  it('names a new project after the folder, renames, deletes and brings back', async () => {
    const shell = await shellOfTest();
    const files = await pictures(3, 3, 'Trip');
    const picked = files.map(({ path, file }) => {
      Object.defineProperty(file, 'webkitRelativePath', { value: path });
      return file;
    });
    await shell.takeList(picked);
    const { id } = session.project!;
    expect(session.project!.name).toBe('Trip');

    await shell.library.rename(id, '  Holiday ');
    expect(session.project!.name).toBe('Holiday');
    session.undo();
    await until('old name', () => session.project?.name === 'Trip');

    await session.cancel();
    await shell.library.remove(id);
    expect(session.project).toBeNull();
    expect((await listProjects()).some(({ project }) => project.id === id)).toBe(false);
    notices.list.at(-1)!.action!.run();
    await until('project back', () => session.project?.id === id && session.counts !== null);
    expect(session.rows.n + session.counts!.waiting + session.counts!.missing).toBe(3);
  });
});
