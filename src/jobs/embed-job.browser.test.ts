import { zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DroppedFile } from '../domain/files';
import type { EmbedEvent } from '../domain/progress';
import { RAW_PIXELS, specKey, type EmbedSpec } from '../domain/spec';
import { defaultSpec } from '../models/catalogue';
import { EmbedJob } from './embed-job';
import { database } from '../store/open';
import { purgeProject } from '../store/projects';
import * as projects from './projects';
import { storedVectors } from './vectors';

/** A drawn picture that differs for each seed. */
async function picture(seed: number, type = 'image/png'): Promise<Blob> {
  const canvas = new OffscreenCanvas(90 + (seed % 7), 70);
  const context = canvas.getContext('2d')!;
  context.fillStyle = `hsl(${(seed * 47) % 360} 70% 50%)`;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = 'white';
  context.fillRect(seed % 60, (seed * 13) % 50, 20, 15);
  context.fillText(`${seed}`, 5, 60);
  return canvas.convertToBlob({ type });
}

async function pictures(count: number, from = 0): Promise<DroppedFile[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const path = `set/${i % 2 ? 'odd' : 'even'}/${from + i}.png`;
      return { path, file: new File([await picture(from + i)], `${from + i}.png`, { lastModified: 1000 }) };
    }),
  );
}

function create(spec: EmbedSpec, name = 'test') {
  return projects.createProject({ name, spec, backend: 'wasm', seed: 1, k: null, kMin: 5, kMax: 30 });
}

const created: EmbedJob[] = [];
function job() {
  const events: EmbedEvent[] = [];
  const made = new EmbedJob((event) => events.push(event));
  created.push(made);
  return { job: made, events };
}

afterEach(async () => {
  created.splice(0).forEach((made) => made.dispose());
  await projects.closeDatabase();
});

beforeEach(async () => {
  for (const { project } of await projects.listProjects())
    await (await import('../store/projects')).purgeProject(project.id);
});

describe('embedding in the browser', () => {
  it('embeds a folder with the default network', async () => {
    const spec = defaultSpec('squash');
    const project = await create(spec);
    const { job: embedding, events } = job();
    const files = await pictures(40);
    files.push({ path: 'set/copy.png', file: files[3].file });
    files.push({ path: 'set/empty.jpg', file: new File([], 'empty.jpg') });
    files.push({ path: 'set/text.jpg', file: new File(['no picture at all'], 'text.jpg') });
    files.push({ path: 'set/.DS_Store', file: new File(['x'], '.DS_Store') });
    const cut = (await files[0].file.arrayBuffer()).slice(0, 60);
    files.push({ path: 'set/cut.png', file: new File([cut], 'cut.png') });
    await embedding.add(project.id, files);
    await embedding.start(project.id, spec, 'wasm');

    const failed = events.find((event) => event.type === 'failed');
    expect(failed).toBeUndefined();
    const end = events.find((event) => event.type === 'finished');
    expect(end?.counts).toEqual({
      announced: 45,
      bytes: files.reduce((sum, { file }) => sum + file.size, 0),
      waiting: 0,
      embedded: 40,
      duplicates: 1,
      skipped: 4,
      missing: 0,
    });
    expect(events.find((event) => event.type === 'backend')?.info.backend).toBe('wasm');
    const rows = await projects.loadRows(project.id);
    expect(rows.n).toBe(40);
    const { n, d, blocks } = await storedVectors(project.id, specKey(spec));
    const data: number[] = [];
    for await (const block of blocks()) data.push(...block);
    expect([n, d]).toEqual([40, 256]);
    expect(data.every(Number.isFinite)).toBe(true);
  });

  it('goes on after its worker was killed in the middle', async () => {
    const project = await create(RAW_PIXELS);
    const files = await pictures(200);
    const first = job();
    await first.job.add(project.id, files);
    const killed = until(first.events, ({ type }) => type === 'rows');
    void first.job.start(project.id, RAW_PIXELS, 'wasm');
    await killed;
    first.job.dispose();

    const before = await projects.loadRows(project.id);
    expect(before.n).toBeGreaterThan(0);
    const second = job();
    await second.job.add(project.id, files);
    await second.job.start(project.id, RAW_PIXELS, 'wasm');
    const end = second.events.find((event) => event.type === 'finished');
    expect(end?.counts).toMatchObject({ announced: 200, embedded: 200, missing: 0, duplicates: 0 });
    const after = await projects.loadRows(project.id);
    expect(after.hashes.slice(0, before.n)).toEqual(before.hashes);
    expect(after.paths).toEqual(files.map(({ path }) => path));
  });

  it('lets one tab write a project and others see it', async () => {
    const project = await create(RAW_PIXELS);
    const [a, b] = [job(), job()];
    // More than the network and its queue hold at once, so that a pause comes in time.
    const files = await pictures(500);
    await a.job.add(project.id, files);
    const going = until(a.events, ({ type }) => type === 'rows');
    const run = a.job.start(project.id, RAW_PIXELS, 'wasm');
    await going;
    await a.job.pause();
    await expect(b.job.add(project.id, files)).rejects.toMatchObject({ code: 'project-busy' });
    await b.job.start(project.id, RAW_PIXELS, 'wasm');
    expect(b.events).toMatchObject([{ type: 'failed', error: { code: 'project-busy' } }]);
    await expect(projects.removeProject(project.id)).rejects.toMatchObject({ code: 'project-busy' });
    expect(await projects.isProjectLocked(project.id)).toBe(true);
    expect((await projects.loadRows(project.id)).n).toBeGreaterThan(0);
    await a.job.resume();
    await run;
    expect(a.events.at(-1)).toMatchObject({ type: 'finished', counts: { embedded: 500 } });
    expect(await projects.isProjectLocked(project.id)).toBe(false);
  });

  it('reads the entries of an archive one by one', async () => {
    const project = await create(RAW_PIXELS);
    const entries: Record<string, Uint8Array> = {};
    for (let i = 0; i < 12; i++)
      entries[`in/${i % 3}/é ${i}.png`] = new Uint8Array(await (await picture(i)).arrayBuffer());
    entries['__MACOSX/in/._0.png'] = new Uint8Array([1, 2, 3]);
    entries['in/inner.zip'] = zipSync({ 'x.png': entries['in/0/é 0.png'] });
    const zip = new File([zipSync(entries) as Uint8Array<ArrayBuffer>], 'set.zip');
    const { job: embedding, events } = job();
    await embedding.add(project.id, [{ path: 'set.zip', file: zip }]);
    await embedding.start(project.id, RAW_PIXELS, 'wasm');
    expect(events.at(-1)).toMatchObject({
      type: 'finished',
      counts: { announced: 14, embedded: 12, skipped: 2, missing: 0 },
    });
    const table = await projects.loadRows(project.id);
    expect(table.paths).toContain('set.zip/in/1/é 1.png');
    expect((await projects.loadSkipped(project.id)).map(({ path, code }) => [path, code])).toEqual([
      ['set.zip/__MACOSX/in/._0.png', 'system-file'],
      ['set.zip/in/inner.zip', 'archive'],
    ]);
  });

  it('keeps the bytes, and frees them with the project', async () => {
    const project = await create(RAW_PIXELS);
    const files = await pictures(5);
    const { job: embedding } = job();
    await embedding.add(project.id, files);
    await embedding.start(project.id, RAW_PIXELS, 'wasm');
    await projects.closeDatabase();
    const kept = await projects.original(project.id, 3);
    expect(new Uint8Array(await kept.arrayBuffer())).toEqual(
      new Uint8Array(await files[3].file.arrayBuffer()),
    );
    const thumbnail = await createImageBitmap(await projects.thumbnail(project.id, 3));
    expect(Math.max(thumbnail.width, thumbnail.height)).toBeLessThanOrEqual(128);
    await expect(projects.thumbnail(project.id, 5)).rejects.toMatchObject({ code: 'store' });
    const [summary] = await projects.listProjects();
    expect(summary.storedBytes).toBeGreaterThan(5 * RAW_PIXELS.dim * 4);

    const { undo } = await projects.removeProject(project.id);
    expect(await projects.listProjects()).toEqual([]);
    await undo();
    expect((await projects.listProjects())[0].counts.embedded).toBe(5);
    await purgeProject(project.id);
    const db = await database();
    for (const name of db.objectStoreNames) expect([name, await db.count(name)]).toEqual([name, 0]);
  });

  it('cancels within a second although the network is busy', async () => {
    const spec = defaultSpec('squash');
    const project = await create(spec);
    const { job: embedding, events } = job();
    await embedding.add(project.id, await pictures(120));
    const run = embedding.start(project.id, spec, 'wasm');
    await until(events, ({ type }) => type === 'rows');
    const start = performance.now();
    await embedding.cancel();
    await run;
    expect(performance.now() - start).toBeLessThan(1000);
    expect(events.at(-1)).toMatchObject({ type: 'progress', progress: { state: 'cancelled' } });
    await embedding.start(project.id, spec, 'wasm');
    expect(events.at(-1)).toMatchObject({ type: 'finished', counts: { embedded: 120, missing: 0 } });
  });
});

/** Waits for an event that is yet to come. */
async function until(events: EmbedEvent[], wanted: (event: EmbedEvent) => boolean): Promise<void> {
  while (!events.some(wanted)) await new Promise((resolve) => setTimeout(resolve, 5));
}
