import { afterEach, expect, it } from 'vitest';
import { RAW_PIXELS } from '../../domain/spec';
import { artifactBytes } from '../../exports/artifact';
import { modelBundle } from '../../exports/model';
import { modelOf } from '../../jobs/cluster-models';
import { createProject } from '../../jobs/projects';
import { Models } from './models.svelte';
import { newProjectFields } from './new-project';
import { AppSession } from './session.svelte';

async function pictures(n: number, hues: number) {
  const canvas = new OffscreenCanvas(32, 32);
  const pen = canvas.getContext('2d')!;
  const files = [];
  for (let i = 0; i < n; i++) {
    pen.fillStyle = `hsl(${((i % hues) * 360) / hues} 80% ${35 + i / 3}%)`;
    pen.fillRect(0, 0, 32, 32);
    files.push({ path: `set/${i}.png`, file: new File([await canvas.convertToBlob()], `${i}.png`) });
  }
  return files;
}

async function until(what: string, done: () => boolean, ms = 60_000): Promise<void> {
  const end = Date.now() + ms;
  while (!done()) {
    if (Date.now() > end) throw new Error(`Still waiting for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const session = new AppSession();
afterEach(() => session.open(null));
const settled = (n: number) =>
  until('clusters', () => session.sweep?.n === n && session.analysis === null && !session.running);

it('applies a model from a file, keeps it for later images and visits, and takes it back', async () => {
  const project = await createProject({ ...newProjectFields('Hues'), spec: RAW_PIXELS, kMin: 4, kMax: 6 });
  await session.open(project.id);
  const files = await pictures(40, 4);
  await session.add(files.slice(0, 24));
  await settled(24);
  session.setK(4);
  session.setNote(0, { name: 'first', note: '' });
  const own = session.clustering!;
  const model = modelOf(session.project!, session.sweep!, own, session.notes);
  const file = new File([await artifactBytes(modelBundle(model))], 'hues.zip');
  session.setK(6);

  const models = new Models(session);
  await models.take(file);
  await until('the model', () => session.sweep?.model?.name === 'hues' && session.notes.size > 0);
  expect(session.sweep!.clusterings).toHaveLength(1);
  expect([...session.clustering!.labels]).toEqual([...own.labels]);
  expect(session.notes.get(0)?.name).toBe('first');
  expect(models.list.map(({ name }) => name)).toEqual(['hues']);
  await models.take(file);
  expect(models.list).toHaveLength(1);

  await session.add(files.slice(24));
  await settled(40);
  expect(session.sweep!.model?.name).toBe('hues');
  await session.open(null);
  await session.open(project.id);
  await until('the model again', () => session.sweep?.model?.name === 'hues');

  await models.back();
  await until(
    'own clusters',
    () => session.sweep !== null && !session.sweep.model && session.analysis === null,
  );
  expect(session.k).toBe(6);
  session.undo();
  await until('undone', () => session.sweep?.model?.name === 'hues');
});

it('asks before it changes the descriptor, and gives the model up when another is chosen', async () => {
  const project = await createProject({ ...newProjectFields('Two'), spec: RAW_PIXELS, kMin: 2, kMax: 3 });
  await session.open(project.id);
  await session.add(await pictures(12, 3));
  await settled(12);
  const models = new Models(session);
  const small = { ...RAW_PIXELS, width: 8, height: 8, dim: 192 };
  const fitted = modelOf(session.project!, session.sweep!, session.clustering!, session.notes);
  await session.change({ spec: small });
  await settled(12);
  await models.take(new File([await artifactBytes(modelBundle(fitted))], 'large.zip'));
  expect(models.waiting?.name).toBe('large');
  expect(session.project!.spec).toEqual(small);

  await models.switchAndApply();
  await until('the model', () => session.sweep?.model?.name === 'large');
  expect(session.project!.spec).toEqual(RAW_PIXELS);
  await session.change({ spec: small });
  await until(
    'own clusters',
    () => session.sweep !== null && session.sweep.d === 192 && !session.sweep.model,
  );
  expect(session.project!.modelId).toBeNull();
});
