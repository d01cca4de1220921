import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIST } from '../scripts/build-if-stale';
import { serve } from '../scripts/serve';
import { open } from './actions';
import { expect, test } from './fixtures';

const HOST = 'https://media.githubusercontent.com';

test('a published network: a flipped byte is refused with a sentence, the right file is kept and offered', async ({
  page,
  folder,
  wrongs,
}) => {
  // The build, with a small network in the catalogue in place of the large ones.
  const network = readFileSync('test/fixtures/onnx/resnet.onnx');
  const root = join(folder, 'site');
  cpSync(DIST, root, { recursive: true });
  const path = join(root, 'models/catalogue.json');
  const catalogue = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown[]>;
  const [list] = Object.keys(catalogue).filter((key) => Array.isArray(catalogue[key]));
  const entry = {
    id: 'small',
    title: 'Small network',
    url: `${HOST}/small.onnx`,
    bytes: network.length,
    sha256: createHash('sha256').update(network).digest('hex'),
    licence: 'MIT',
  };
  catalogue[list] = [catalogue[list][0], entry];
  writeFileSync(path, JSON.stringify(catalogue));
  const site = await serve({ root });

  const flipped = Buffer.from(network);
  flipped[flipped.length >> 1] ^= 1;
  const answers = [flipped, network];
  await page.route(`${HOST}/**`, (route) =>
    route.fulfill({
      body: answers.shift()!,
      headers: { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' },
    }),
  );
  await page.goto(site.url);
  await page.goto(`${site.url}#settings`);
  await page.getByText('published network').click();
  const row = page.getByRole('listitem').filter({ hasText: 'Small network' });
  await row.getByRole('button', { name: /^Download/ }).click();
  await expect(page.getByRole('alert')).toContainText('differs from the published one');
  await expect(row.getByRole('button', { name: 'Use' })).toHaveCount(0);
  await row.getByRole('button', { name: /^Download/ }).click();
  await expect(row.getByRole('button', { name: 'Use' })).toBeVisible();
  await expect(row).toContainText('Downloaded');
  await page.reload();
  await open(page, 'Settings');
  await expect(row.getByRole('button', { name: 'Use' })).toHaveCount(1);
  await site.close();

  // Nothing left the machine but the two downloads that were asked for.
  expect(wrongs.splice(0)).toEqual(Array(2).fill(`request to where nobody agreed to: ${HOST}/small.onnx`));
});
