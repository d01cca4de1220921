import { afterEach, beforeEach, expect, it } from 'vitest';
import { NO_CLUSTER, type Clustering } from '../../domain/clustering';
import { RAW_PIXELS, specKey } from '../../domain/spec';
import { createProject, listProjects } from '../../jobs/projects';
import { storedVectors } from '../../jobs/vectors';
import { purgeProject } from '../../store/projects';
import { newProjectFields } from './new-project';
import { notices } from './notices.svelte';
import { AppSession } from './session.svelte';

const HUES = 4;

async function pictures(n: number, from = 0) {
  const canvas = new OffscreenCanvas(32, 32);
  const pen = canvas.getContext('2d')!;
  const files = [];
  for (let i = from; i < n; i++) {
    pen.fillStyle = `hsl(${((i % HUES) * 360) / HUES} 80% ${30 + (i % 11)}%)`;
    pen.fillRect(0, 0, 32, 32);
    pen.fillStyle = i % 8 < 4 ? '#000' : '#fff';
    pen.fillRect(0, 0, 8 + (i % 3), 8);
    files.push({ path: `set/${i}.png`, file: new File([await canvas.convertToBlob()], `${i}.png`) });
  }
  return files;
}

async function until(what: string, done: () => boolean, ms = 60_000): Promise<void> {
  const end = Date.now() + ms;
  while (!done()) {
    if (Date.now() > end) throw new Error(`Still waiting for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
const settled = (n: number) =>
  until('clusters', () => session.sweep?.n === n && session.analysis === null && !session.running);

let session: AppSession;
let id = '';

beforeEach(async () => {
  for (const { project } of await listProjects()) await purgeProject(project.id);
  session = new AppSession();
  id = (await createProject({ ...newProjectFields('Hues'), spec: RAW_PIXELS, kMin: 4, kMax: 5 })).id;
  await session.open(id);
  await session.add(await pictures(48));
  await settled(48);
  session.setK(4);
});
afterEach(async () => {
  expect(notices.list.filter(({ tone }) => tone === 'error')).toEqual([]);
  await session.open(null);
  await session.queue.close();
  await purgeProject(id);
  for (const { id: notice } of notices.list) notices.dismiss(notice);
});

/** Means, distances and scores by the book, from the vectors in the store. */
async function expectExact(clustering: Clustering): Promise<void> {
  const { n, d, blocks } = await storedVectors(id, specKey(session.project!.spec), session.rows.n);
  const vectors = new Float32Array(n * d);
  let at = 0;
  for await (const block of blocks()) {
    vectors.set(block, at);
    at += block.length;
  }
  const { labels, k, sizes, centroids, distances } = clustering;
  const known: { mean: number[]; rows: number[]; far: number[] }[] = [];
  expect(sizes.reduce((a, b) => a + b, 0)).toBe(labels.filter((label) => label !== NO_CLUSTER).length);
  for (let c = 0; c < k; c++) {
    const rows = [...labels.keys()].filter((row) => labels[row] === c);
    expect(sizes[c]).toBe(rows.length);
    if (rows.length === 0) continue;
    const mean = Array.from(
      { length: d },
      (_, t) => rows.reduce((sum, row) => sum + vectors[row * d + t], 0) / rows.length,
    );
    for (let t = 0; t < d; t += 97) expect(Math.abs(centroids[c * d + t] - mean[t])).toBeLessThan(1e-5);
    const far = rows.map((row) => Math.hypot(...mean.map((m, t) => vectors[row * d + t] - m)));
    rows.forEach((row, i) => expect(Math.abs(distances[row] - far[i])).toBeLessThan(1e-3));
    known.push({ mean, rows, far });
  }
  const { calinskiHarabasz, daviesBouldin } = scoresByTheBook(known);
  expect(clustering.calinskiHarabasz / calinskiHarabasz).toBeCloseTo(1, 4);
  expect(clustering.daviesBouldin / daviesBouldin).toBeCloseTo(1, 4);
  labels.forEach((label, row) => label === NO_CLUSTER && expect(distances[row]).toBeNaN());
}

function scoresByTheBook(clusters: { mean: number[]; rows: number[]; far: number[] }[]) {
  const sum = (of: number[]): number => of.reduce((a, b) => a + b, 0);
  const apart = (a: number[], b: number[]): number => Math.hypot(...a.map((x, t) => x - b[t]));
  const n = sum(clusters.map(({ rows }) => rows.length));
  const whole = clusters[0].mean.map((_, t) =>
    sum(clusters.map(({ mean, rows }) => (mean[t] * rows.length) / n)),
  );
  const between = sum(clusters.map(({ mean, rows }) => rows.length * apart(mean, whole) ** 2));
  const within = sum(clusters.flatMap(({ far }) => far.map((x) => x * x)));
  const spread = clusters.map(({ far }) => sum(far) / far.length);
  const worst = clusters.map((a, i) =>
    Math.max(...clusters.map((b, j) => (i === j ? 0 : (spread[i] + spread[j]) / apart(a.mean, b.mean)))),
  );
  return {
    calinskiHarabasz: (between * (n - clusters.length)) / (within * (clusters.length - 1)),
    daviesBouldin: sum(worst) / clusters.length,
  };
}

it('merges, splits, moves and takes out, measured exactly, and undoes and redoes all of it', async () => {
  const base = session.baseClustering!;
  expect(session.clustering).toBe(base);
  const { edits } = session;
  edits.merge([0, 1], 0);
  expect(session.clustering!.sizes[0]).toBe(base.sizes[0] + base.sizes[1]);
  expect(session.clustering!.sizes[1]).toBe(0);
  edits.move(Uint32Array.of(0, 1, 2), null);
  edits.move(Uint32Array.of(3, 4), 'new');
  edits.name(4, { name: 'odd ones', note: '' });
  await edits.split(2, 2);
  await edits.settled();
  const { labels } = session.clustering!;
  expect(session.clustering!.k).toBe(6);
  expect([labels[0], labels[3], labels[4]]).toEqual([NO_CLUSTER, 4, 4]);
  expect(session.clustering!.sizes[5]).toBeGreaterThan(0);
  expect(session.clustering!.sizes[2]).toBeGreaterThanOrEqual(session.clustering!.sizes[5]);
  await expectExact(session.clustering!);
  expect(session.undoLabel).toMatch(/split 2 into 2/);

  for (let i = 0; i < 5; i++) session.undo();
  await until('undone', () => session.clustering === base);
  expect(session.notes.size).toBe(0);
  for (let i = 0; i < 5; i++) session.redo();
  await until('redone', () => !session.canRedo);
  await edits.settled();
  expect(session.clustering!.labels).toEqual(labels);
  expect(session.notes.get(4)?.name).toBe('odd ones');
  await expectExact(session.clustering!);
});

it('keeps edits, names, and what can be undone and redone, for the next visit', async () => {
  session.edits.merge([2, 3], 2);
  session.setNote(2, { name: 'both', note: '' });
  session.edits.move(Uint32Array.of(5), null);
  session.undo();
  await session.edits.settled();
  const { labels, centroids } = session.clustering!;
  await session.open(null);
  await session.open(id);
  await until('clusters', () => session.clustering !== null);
  expect(session.clustering!.labels).toEqual(labels);
  await until('vectors', () => session.canUndo && !session.edits.pending);
  expect(session.clustering!.centroids).toEqual(centroids);
  expect(session.notes.get(2)?.name).toBe('both');
  expect(session.canRedo).toBe(true);
  session.redo();
  await until('redone', () => session.clustering!.labels[5] === NO_CLUSTER);
  for (let i = 0; i < 3; i++) session.undo();
  await until('the base', () => session.clustering === session.baseClustering);
  expect(session.edits.log!.edits).toHaveLength(3);
});

it('keeps edits of the clustering before when images come, and takes them over', async () => {
  const [row] = [...session.clustering!.labels.keys()].filter((at) => session.clustering!.labels[at] === 3);
  session.edits.merge([0, 1], 0);
  session.setNote(0, { name: 'merged', note: '' });
  session.edits.move(Uint32Array.of(row), 'new');
  await session.edits.settled();
  const before = session.clustering!.labels;
  await session.add(await pictures(72, 48));
  await settled(72);
  await until('notice', () => notices.list.some(({ action }) => action?.label().includes('Take over')));
  expect(session.clustering).toBe(session.baseClustering);
  const [kept] = session.edits.others;
  expect(kept.done).toBe(3);
  session.edits.takeOver(kept);
  await session.edits.settled();
  const { labels } = session.clustering!;
  const together = [...before.keys()].filter((at) => before[at] === 0);
  const [home, ...apart] = new Set(together.map((at) => labels[at]));
  expect(apart).toEqual([]);
  expect(session.notes.get(home)?.name).toBe('merged');
  expect([...labels].filter((label) => label === labels[row])).toHaveLength(1);
  expect(session.edits.others).toEqual([]);
  await expectExact(session.clustering!);
  session.undo();
  await until('undone', () => session.clustering === session.baseClustering);
  expect(session.edits.others).toHaveLength(1);
});
