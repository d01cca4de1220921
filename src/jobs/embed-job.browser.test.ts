import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DroppedFile } from '../domain/files';
import type { EmbedEvent } from '../domain/progress';
import { RAW_PIXELS, specKey, type EmbedSpec } from '../domain/spec';
import { defaultSpec } from '../models/catalogue';
import { EmbedJob } from './embed-job';
import * as projects from './projects';

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
    console.log(JSON.stringify(end), JSON.stringify(events.filter((e) => e.type === 'backend')));
    const rows = await projects.loadRows(project.id);
    expect(rows.n).toBe(40);
    const { n, d, data } = await projects.vectors(project.id, specKey(spec));
    expect([n, d]).toEqual([40, 256]);
    expect(data.every(Number.isFinite)).toBe(true);
  });
});
