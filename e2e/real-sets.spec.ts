import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { parseCsv } from '../src/exports/csv';
import { readNpy } from '../src/exports/npy';
import { lacks, shared } from '../test/shared';
import { drop, exported, exportedTable, imagesInBar, open, settled } from './actions';
import { expect, test } from './fixtures';

// Two sets that people brought: what the screens say of them is counted again here, from the files.

const CLOTHING = shared('data/clothing');
const RAYS = shared('data/credo-rays.json');

const images = (n: number): string => (n === 0 ? 'no images' : n === 1 ? '1 image' : `${n} images`);
const percent = (share: number, digits = 0): string => `${(100 * share).toFixed(digits)}%`;
const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const selected = (page: Page) =>
  page.getByRole('complementary', { name: 'Selection' }).getByRole('heading').first();
const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Parts of Explore' }).getByRole('link', { name });

/** How many keys there are of each kind. */
function tally<T>(keys: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** The bars of a chart as the page speaks them, without their shares. */
const bars = (page: Page, chart: RegExp): Promise<string[]> =>
  page
    .getByRole('group', { name: chart })
    .getByRole('button')
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')!.replace(/, [\d.]+%$/, '')));

/** The mean of picture files, the middle of each as a square of so many pixels, RGB; drawn and added up in the page. */
const meanOf = (page: Page, files: Buffer[], side: number): Promise<number[]> =>
  page.evaluate(
    async ({ pictures, side }) => {
      const sum = new Float64Array(side * side * 3);
      const pen = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true })!;
      for (const picture of pictures) {
        const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes]));
        const { width, height } = bitmap;
        const short = Math.min(width, height);
        pen.imageSmoothingQuality = 'high';
        pen.drawImage(bitmap, (width - short) / 2, (height - short) / 2, short, short, 0, 0, side, side);
        const { data } = pen.getImageData(0, 0, side, side);
        for (let i = 0; i < sum.length; i++) sum[i] += data[4 * Math.floor(i / 3) + (i % 3)];
      }
      return Array.from(sum, (value) => value / pictures.length);
    },
    { pictures: files.map((file) => file.toString('base64')), side },
  );

async function clean(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Mean silhouette of the members of a cluster, by its definition. */
function silhouetteOf(cluster: string, labels: readonly string[], vectors: readonly Float32Array[]): number {
  const distance = (a: Float32Array, b: Float32Array): number =>
    Math.sqrt(a.reduce((sum, value, t) => sum + (value - b[t]) ** 2, 0));
  const rowsOf = (of: string): number[] => labels.flatMap((label, row) => (label === of ? [row] : []));
  const others = [...new Set(labels)].filter((label) => label !== cluster).map(rowsOf);
  const own = rowsOf(cluster);
  const to = (row: number, rows: number[]): number =>
    average(rows.filter((other) => other !== row).map((other) => distance(vectors[row], vectors[other])));
  return average(
    own.map((row) => {
      const [a, b] = [to(row, own), Math.min(...others.map((rows) => to(row, rows)))];
      return (b - a) / Math.max(a, b);
    }),
  );
}

test('clothing with its table: joined rows, mean images, charts, a cluster, agreement with the labels', async ({
  page,
  site,
}) => {
  test.skip(!CLOTHING, lacks('data/clothing'));
  test.slow();
  const folder = join(CLOTHING!, 'images');
  const names = readdirSync(folder);
  const [header, ...rows] = parseCsv(readFileSync(join(CLOTHING!, 'images.csv'), 'utf8'));
  const kinds = new Map(rows.map((row) => [`${row[0]}.jpg`, row[header.indexOf('label')]]));
  const matched = names.filter((name) => kinds.has(name));

  await page.goto(site.url);
  await drop(page, folder);
  await settled(page);
  await drop(page, join(CLOTHING!, 'images.csv'));
  const dialog = page.getByRole('dialog', { name: 'images.csv' });
  await expect(
    dialog.getByText(
      `${matched.length} of ${names.length} images have a row (${percent(matched.length / names.length)}).`,
    ),
  ).toBeVisible();
  await expect(dialog.getByText(`${names.length - matched.length} images without a row`)).toBeVisible();
  await expect(dialog.getByText(`${rows.length - matched.length} rows without an image`)).toBeVisible();
  await dialog.getByRole('button', { name: 'Add the columns' }).click();
  await expect(page.getByText(`added for ${matched.length} images.`).first()).toBeVisible();

  const labels = await exportedTable(page, /^Labels/);
  expect(labels).toHaveLength(names.length);
  const clusters = [...tally(labels.map(({ cluster }) => cluster))].sort(([a], [b]) => Number(a) - Number(b));
  const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  const kindOf = (path: string): string => kinds.get(nameOf(path)) ?? '(none)';
  const pairs = tally(labels.map(({ path, cluster }) => `${cluster}\n${kindOf(path)}`));

  // The grid of mean images: every cell counts as the files do, and shows the mean of its pictures.
  await open(page, 'Explore');
  await page.getByRole('combobox', { name: 'By column' }).selectOption({ label: 'label' });
  await page.getByRole('combobox', { name: 'Values shown' }).selectOption({ label: 'the 24 largest' });
  const totals = tally(labels.map(({ path }) => kindOf(path)));
  const heads = page.getByRole('grid', { name: 'Mean images' }).getByRole('columnheader');
  for (const head of (await heads.evaluateAll((all) => all.map((one) => (one as HTMLElement).title))).slice(
    2,
  )) {
    const [kind, count] = head.split(': ');
    expect(count).toBe(images(totals.get(kind)!));
  }
  const cells = await page
    .getByRole('gridcell', { name: /^Cluster \d+, / })
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')!));
  expect(cells.length).toBeGreaterThan(20);
  for (const cell of cells) {
    const [, cluster, kind, count] = /^Cluster (\d+), (.+): (.+)$/.exec(cell)!;
    const n =
      kind === 'All' ? clusters.find(([name]) => name === cluster)![1] : pairs.get(`${cluster}\n${kind}`);
    expect(count, cell).toBe(images(n ?? 0));
  }
  const [[largest]] = [...clusters].sort(([, a], [, b]) => b - a);
  const filesOf = (test: (cluster: string) => boolean): Buffer[] =>
    labels.filter(({ cluster }) => test(cluster)).map(({ path }) => readFileSync(join(folder, nameOf(path))));
  const cell = page.getByRole('gridcell', { name: new RegExp(`^Cluster ${largest}, All: `) });
  await expect(cell.locator('[data-mean=there]')).toBeVisible({ timeout: 60_000 });
  const shown = await cell.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return { side: canvas.width, rgb: [...data].filter((_, i) => i % 4 !== 3) };
  });
  const off = (mean: number[]): number => average(mean.map((value, i) => Math.abs(value - shown.rgb[i])));
  const own = off(
    await meanOf(
      page,
      filesOf((cluster) => cluster === largest),
      shown.side,
    ),
  );
  const rest = off(
    await meanOf(
      page,
      filesOf((cluster) => cluster !== largest),
      shown.side,
    ),
  );
  // Thumbnails are smaller and JPEG; another set of pictures is farther off by far.
  expect(own).toBeLessThan(4);
  expect(rest).toBeGreaterThan(2 * own);
  await clean(page);

  // Small charts: a bar for every pair that there is, and no other.
  await tab(page, 'Distributions').click();
  const wanted = [...pairs].map(([pair, n]) => `Cluster ${pair.replace('\n', ', ')}: ${images(n)}`);
  await expect
    .poll(async () => (await bars(page, /^Clusters for each value of label/)).sort())
    .toEqual(wanted.sort());

  // How one kind is spread over the clusters, among the images that have a kind.
  await tab(page, 'Groupings').click();
  const [kind, size] = [...tally(matched.map((name) => kinds.get(name)!))].sort(([, a], [, b]) => b - a)[0];
  const values = page.getByRole('region', { name: 'Values' });
  await values.getByRole('searchbox', { name: 'Search values' }).fill(kind);
  await values.getByRole('button', { name: `${kind} ${size}`, exact: true }).click();
  await expect(
    page.getByText(
      `${size} of ${matched.length} images that have a value: ${percent(size / matched.length, 1)}.`,
    ),
  ).toBeVisible();
  const known = labels.filter(({ path, cluster }) => cluster === largest && kindOf(path) !== '(none)').length;
  const having = pairs.get(`${largest}\n${kind}`) ?? 0;
  await expect(page.getByRole('row', { name: new RegExp(`Cluster ${largest}\\b`) }).first()).toContainText(
    `${having} of ${known}, ${percent(having / known, 1)}`,
  );

  // The page of the cluster.
  const { data, shape } = readNpy(await exported(page, /^Embeddings \(NPY\)/));
  const vectors = labels.map((_, row) => data.slice(row * shape[1], (row + 1) * shape[1]) as Float32Array);
  await open(page, 'Clusters');
  const count = clusters.find(([name]) => name === largest)![1];
  await page.getByRole('button', { name: `Cluster ${largest}`, exact: true }).click();
  await expect(page.getByText(`${images(count)}, ${percent(count / names.length)}`)).toBeVisible();
  const silhouette = silhouetteOf(
    largest,
    labels.map(({ cluster }) => cluster),
    vectors,
  );
  await expect(page.locator('[data-score=silhouette]')).toHaveText(
    silhouette.toFixed(2).replace(/^-0\.00$/, '0.00'),
  );
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  await expect(page.locator('[data-done=true]').getByText('label', { exact: true })).toBeVisible();
  await clean(page);

  // Against the labels: of images with a label, how many lie in which cluster.
  await open(page, 'Compare');
  await page.getByRole('combobox', { name: 'Columns' }).selectOption({ label: 'label' });
  const table = page.getByRole('grid', { name: 'Confusion table' });
  await expect(table).toBeVisible();
  const counted = await table
    .getByRole('gridcell')
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')!));
  expect(counted.length).toBeGreaterThan(20);
  for (const one of counted) {
    const [, cluster, of, n] = /^Cluster (\d+), (.+): (\d+) images?$/.exec(one)!;
    expect(Number(n), one).toBe(pairs.get(`${cluster}\n${of}`) ?? 0);
  }
});

interface Detection {
  id: number;
  timestamp: number;
  device_id: number;
  accuracy: number;
}

test('detections in JSON: columns of the records on the map, over time, by device, in a tree', async ({
  page,
  site,
}) => {
  test.skip(!RAYS, lacks('data/credo-rays.json'));
  test.slow();
  const { detections } = JSON.parse(readFileSync(RAYS!, 'utf8')) as { detections: Detection[] };
  const n = detections.length;
  await page.goto(site.url);
  await drop(page, RAYS!);
  await page.getByRole('button', { name: /^Take (about )?\d+ images$/ }).click();
  await imagesInBar(page, n);
  // The first of them are clustered before the last are there.
  const clusterOf = new Map<number, string>();
  await expect(async () => {
    await settled(page);
    for (const { path, cluster } of await exportedTable(page, /^Labels/))
      clusterOf.set(Number(/(\d+)\.\w+$/.exec(path)![1]), cluster);
    expect(clusterOf.size).toBe(n);
  }).toPass({ timeout: 120_000 });

  // The map: a device that is searched for, and the span of the dates as its colours.
  await open(page, 'Map');
  const [device, ofDevice] = [...tally(detections.map((one) => one.device_id))].sort(
    ([, a], [, b]) => b - a,
  )[0];
  await page.getByRole('searchbox', { name: 'Search the map' }).fill(`device_id:${device}`);
  await page.getByRole('button', { name: `Select ${images(ofDevice)}`, exact: true }).click();
  await expect(selected(page)).toHaveText(`${ofDevice} selected`);
  await page.getByRole('searchbox', { name: 'Search the map' }).fill('');

  // Clusters by device, in a span of whole days.
  await open(page, 'Explore');
  await tab(page, 'Distributions').click();
  await page.getByRole('combobox', { name: 'By column' }).selectOption({ label: 'device_id' });
  await page.getByRole('combobox', { name: 'Values shown' }).selectOption({ label: 'the 48 largest' });
  await expect(page.getByText(`${n} of ${n} images counted.`)).toBeVisible();
  await page.getByLabel('From', { exact: true }).fill('2019-02-01');
  await page.getByLabel('To', { exact: true }).fill('2019-06-30');
  const within = detections.filter(
    ({ timestamp }) => timestamp >= Date.UTC(2019, 1, 1) && timestamp < Date.UTC(2019, 6, 1),
  );
  expect(within.length).toBeGreaterThan(20);
  expect(within.length).toBeLessThan(n);
  await expect(page.getByText(`${within.length} of ${n} images counted.`)).toBeVisible();
  const pairs = tally(within.map(({ id, device_id }) => `Cluster ${clusterOf.get(id)}, ${device_id}`));
  await expect
    .poll(async () => (await bars(page, /^Clusters for each value of device_id/)).sort())
    .toEqual([...pairs].map(([pair, count]) => `${pair}: ${images(count)}`).sort());
  await clean(page);

  // A tree: its parts add up to what lies above them.
  await open(page, 'Tree');
  await page.getByRole('button', { name: 'Make the tree' }).click();
  await expect(page.getByText(new RegExp(`^\\s*${n} images, 100% · \\d+ children`))).toBeVisible({
    timeout: 60_000,
  });
  const parts = await page
    .getByRole('group', { name: /^All images by area/ })
    .getByRole('button', { name: /^root-\d+: / })
    .evaluateAll((all) =>
      all.map((one) => Number(/: (\d+) image/.exec(one.getAttribute('aria-label')!)![1])),
    );
  expect(parts.reduce((sum, count) => sum + count, 0)).toBe(n);

  // A column of numbers of a cluster beside the others: both medians.
  const [largest] = [...tally([...clusterOf.values()])].sort(([, a], [, b]) => b - a)[0];
  await open(page, 'Clusters');
  await page.getByRole('button', { name: `Cluster ${largest}`, exact: true }).click();
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  await expect(page.locator('[data-done=true]')).toBeVisible();
});
