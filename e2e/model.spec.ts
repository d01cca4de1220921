import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { drop, exported, exportedTable, imagesInBar, kSlider, open, settled } from './actions';
import { expect, test } from './fixtures';
import { motifFolders, writeTree } from './make-images';

test('a model saved in one project labels the images of another, without fitting', async ({
  page,
  site,
  folder,
}) => {
  const files = motifFolders(6);
  const half = (odd: boolean) =>
    Object.fromEntries(Object.entries(files).filter(([, _], i) => (i % 2 === 1) === odd));
  writeTree(join(folder, 'first'), half(false));
  writeTree(join(folder, 'second'), half(true));
  await page.goto(site.url);
  await drop(page, join(folder, 'first'));
  await settled(page);
  await open(page, 'Clusters');
  await page.getByRole('button', { name: 'Cluster 0', exact: true }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('the first');
  await page.keyboard.press('Tab');
  const clusterOf = async (): Promise<Map<string, string>> => {
    const labels = await exportedTable(page, /^Labels/);
    return new Map(labels.map(({ path, cluster }) => [path.split('/')[1], cluster]));
  };
  const motifs = await clusterOf();
  const bundle = await exported(page, /^Model/);
  const inside = unzipSync(bundle);
  expect(JSON.parse(strFromU8(inside['model.json']))).toMatchObject({
    format: 'tessera-model',
    k: motifs.size,
  });
  const file = join(folder, 'motifs.zip');
  writeFileSync(file, bundle);

  // A new project, the model dropped on it.
  await page.getByRole('button', { name: 'first', exact: true }).click();
  await page.getByRole('button', { name: 'New project' }).click();
  await drop(page, join(folder, 'second'));
  await imagesInBar(page, 15);
  await settled(page);
  await drop(page, file);
  await expect(page.getByRole('listitem').filter({ hasText: 'motifs' }).getByText('In use')).toBeVisible();
  await open(page, 'Clusters');
  await expect(page.getByText(/From model “motifs”, saved .*; not refitted/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'the first', exact: true })).toBeVisible();
  expect(await clusterOf()).toEqual(motifs);

  // It stays when the page is opened again, and there is a way back, and back again.
  await page.reload();
  await expect(page.getByText('not refitted')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Back to own clusters' }).click();
  await expect(page.getByText('Best silhouette')).toBeVisible();
  await expect(kSlider(page)).toBeEnabled();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('not refitted')).toBeVisible();
});

test('a model of another descriptor says which one it needs and switches to it; a wrong file says so', async ({
  page,
  site,
  folder,
}) => {
  writeTree(join(folder, 'photos'), motifFolders(4));
  await page.goto(site.url);
  await drop(page, join(folder, 'photos'));
  await settled(page);
  const file = join(folder, 'network.zip');
  writeFileSync(file, await exported(page, /^Model/));

  await open(page, 'Settings');
  await page.getByRole('button', { name: 'Use', exact: true }).click();
  await open(page, 'Map');
  await settled(page);
  await open(page, 'Settings');
  const picker = page.getByTestId('pick-model');
  await picker.setInputFiles(file);
  await expect(page.getByRole('alert')).toContainText('This model needs the descriptor “Tessera ResNet-18');
  await page.getByRole('button', { name: 'Switch and apply' }).click();
  await open(page, 'Map');
  // It was kept when it was saved, and goes by that name.
  await expect(page.getByText(/From model “photos, k = 5”/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('Raw pixels')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Best silhouette')).toBeVisible({ timeout: 60_000 });

  await open(page, 'Settings');
  await picker.setInputFiles({
    name: 'no.zip',
    mimeType: 'application/zip',
    buffer: Buffer.from('no archive'),
  });
  await expect(page.getByText(/not a clustering model saved by Tessera/)).toBeVisible();
});
