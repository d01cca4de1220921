import { afterEach, expect, it } from 'vitest';
import { RAW_PIXELS } from '../../domain/spec';
import { createProject } from '../../jobs/projects';
import { newProjectFields } from './new-project';
import { AppSession } from './session.svelte';
import { Studies } from './studies.svelte';

/** Pictures of one colour each, in three hues, in a folder for each hue. */
async function pictures(n: number) {
  const canvas = new OffscreenCanvas(32, 32);
  const pen = canvas.getContext('2d')!;
  const files = [];
  for (let i = 0; i < n; i++) {
    pen.fillStyle = `hsl(${(i % 3) * 120} 80% ${35 + i / 2}%)`;
    pen.fillRect(0, 0, 32, 32);
    files.push({ path: `hue-${i % 3}/${i}.png`, file: new File([await canvas.convertToBlob()], `${i}.png`) });
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

async function opened(n: number): Promise<{ id: string; studies: Studies }> {
  const project = await createProject({ ...newProjectFields('Hues'), spec: RAW_PIXELS, kMin: 2, kMax: 5 });
  await session.open(project.id);
  await session.add(await pictures(n));
  await until('clusters', () => session.sweep?.n === n && session.analysis === null && !session.running);
  return { id: project.id, studies: new Studies(session) };
}

it('grows a tree, names a node, takes both back, and finds the tree again', async () => {
  const { id, studies } = await opened(45);
  const { trees } = studies;
  await trees.grow({ branching: 3, depth: 2, minimumSize: 4 });
  expect(trees.task.error).toBeNull();
  expect(trees.tree!.nodes.slice(1, 4).map(({ size }) => size)).toEqual([15, 15, 15]);
  const first = trees.tree!;
  trees.rename(1, 'reds');
  expect(trees.tree!.nodes[1].name).toBe('reds');
  session.undo();
  await until('name taken back', () => trees.tree!.nodes[1].name === undefined);

  await trees.grow({ branching: 2, depth: 1, minimumSize: 4 });
  expect(trees.tree!.nodes).toHaveLength(3);
  session.undo();
  await until('tree taken back', () => trees.tree!.nodes.length === first.nodes.length);

  await session.open(null);
  expect(trees.tree).toBeNull();
  await session.open(id);
  await trees.restore();
  expect(trees.tree!.nodes).toEqual(first.nodes);
});

it('clusters each part, compares it with the folders, and measures stability', async () => {
  const { studies } = await opened(30);
  const { trees, comparison, stability } = studies;
  await trees.growParts('folder');
  expect(
    trees.made
      .get('folder')!
      .nodes.slice(1, 4)
      .map(({ name }) => name),
  ).toEqual(['hue-0', 'hue-1', 'hue-2']);
  const three = session.sweep!.clusterings.find(({ k }) => k === 3)!;
  const byHue = Uint32Array.from(session.rows.paths, (path) => Number(path[4]));
  await comparison.compare(
    { labels: three.labels, names: [0, 1, 2] },
    { labels: byHue, names: ['a', 'b', 'c'] },
  );
  expect(comparison.result!.agreement).toMatchObject({ ari: 1, nmi: 1 });
  expect(comparison.result!.table.matched).toBe(30);
  expect(comparison.rowsWith(null, 2)).toHaveLength(10);
  await comparison.compare(null, null);
  expect(comparison.result).toBeNull();

  await stability.measure([3], 3);
  expect(stability.results).toMatchObject([{ k: 3, runs: 3, ari: 1, lowestAri: 1 }]);
});

it('makes silhouettes exact without changing the clusters, also when opened again', async () => {
  const { id, studies } = await opened(130);
  await session.change({ silhouetteSample: 100 });
  await until('an estimate', () => session.clustering?.silhouetteSample === 100 && session.analysis === null);
  const before = session.sweep!;
  await studies.silhouette.compute();
  expect(studies.silhouette.task.error).toBeNull();
  const after = session.sweep!;
  expect(after.clusterings.map(({ silhouetteSample }) => silhouetteSample)).toEqual(
    after.clusterings.map(() => 130),
  );
  expect(after.clusterings[0].labels).toBe(before.clusterings[0].labels);
  await session.open(null);
  await session.open(id);
  expect(await until('the sweep', () => session.sweep !== null)).toBeUndefined();
  expect(session.clustering!.silhouetteSample).toBe(130);
});
