import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { REPLACE } from '../src/sources/elastic/replace-script';
import { npyOf } from '../src/exports/npy';
import { connect as connectFr } from '../src/app/i18n/fr/connect';
import { descriptors as descriptorsFr } from '../src/app/i18n/fr/descriptors';
import { metadata as metadataFr } from '../src/app/i18n/fr/metadata';
import { queue as queueFr } from '../src/app/i18n/fr/queue';
import { shell as shellFr } from '../src/app/i18n/fr/shell';
import { connect as connectRu } from '../src/app/i18n/ru/connect';
import { descriptors as descriptorsRu } from '../src/app/i18n/ru/descriptors';
import { metadata as metadataRu } from '../src/app/i18n/ru/metadata';
import { queue as queueRu } from '../src/app/i18n/ru/queue';
import { shell as shellRu } from '../src/app/i18n/ru/shell';
import { runReplace } from '../test/elastic/script';
import { drop } from './actions';
import { expect, HEADERS, test } from './elastic-fixture';
import { look } from './look';
import { motifFolders, writeTree } from './make-images';

const LANGUAGES = [
  {
    locale: 'fr',
    connect: connectFr,
    descriptors: descriptorsFr,
    metadata: metadataFr,
    queue: queueFr,
    shell: shellFr,
  },
  {
    locale: 'ru',
    connect: connectRu,
    descriptors: descriptorsRu,
    metadata: metadataRu,
    queue: queueRu,
    shell: shellRu,
  },
];

/** All that was dropped is embedded and clustered. */
async function ready(page: Page): Promise<void> {
  await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 120_000 });
  await expect(page.getByRole('slider').first()).toBeVisible({ timeout: 60_000 });
}

for (const { locale, connect: t, descriptors, metadata, queue, shell } of LANGUAGES)
  test.describe(`in ${locale}, on a desk and on a phone, light and dark`, () => {
    test.use({ locale });
    test.setTimeout(600_000);

    async function login(dialog: Locator, url: string): Promise<void> {
      const address = dialog.getByLabel(t.address);
      if (await address.isEditable()) await address.fill(url);
      await dialog.getByLabel(t.login).selectOption(t.logins.basic);
      await dialog.getByLabel(t.user, { exact: true }).fill('ann');
      await dialog.getByLabel(t.password, { exact: true }).fill('pass');
      await dialog.getByRole('checkbox').check();
    }

    test('the forms of a server', async ({ page, site, elastic }) => {
      const seen = (name: string): Promise<void> => look(page, (file) => test.info().outputPath(file), name);
      const dialog = page.getByRole('dialog');
      const credentials = { user: 'ann', password: 'pass' };
      const closed = await elastic({ cors: null });
      const server = await elastic({
        login: credentials,
        cors: { origin: new URL(site.url).origin, headers: HEADERS },
      });
      await page.goto(`${site.url}?backend=wasm`);
      await page.getByRole('button', { name: t.add }).click();
      await login(dialog, closed.url);
      await dialog.getByRole('button', { name: t.connect }).click();
      await expect(dialog.getByRole('alert')).toContainText(t.reasons.unreachable(closed.url, ''));
      await seen('refused');
      await login(dialog, server.url);
      await dialog.getByRole('button', { name: t.connect }).click();
      await dialog.getByLabel(t.index).fill('rays');
      await dialog.getByLabel(t.index).press('Tab');
      await expect(dialog.getByRole('button', { name: t.fetch(61) })).toBeEnabled();
      await dialog.getByRole('group', { name: t.dates }).getByLabel(t.dateField).selectOption('taken');
      await dialog.getByRole('button', { name: t.addTerm }).click();
      await dialog.getByText(t.columns(2)).click();
      await seen('query');
      await dialog.getByRole('button', { name: t.fetch(61) }).click();
      await ready(page);

      await page.getByRole('button', { name: shell.exports.label, exact: true }).click();
      await page.getByRole('button', { name: t.export }).click();
      await login(dialog, server.url);
      await dialog.getByRole('button', { name: t.connect }).click();
      await dialog.getByRole('checkbox', { name: t.vectors(256) }).check();
      await expect(dialog.getByText('tessera.vector')).toBeVisible();
      await seen('write');
      server.refuseUpdate = (id) =>
        id === 'ray-5' ? { status: 400, type: 'document_parsing_exception', reason: 'closed' } : null;
      server.scripts.set(REPLACE, runReplace);
      await dialog.getByRole('radio', { name: t.hows.replace }).check();
      await dialog.getByRole('button', { name: t.write(60) }).click();
      await expect(dialog.getByText(t.failed(1))).toBeVisible();
      await seen('written');
      await dialog.getByRole('button', { name: shell.app.close }).last().click();

      const inspector = page.getByRole('complementary', { name: shell.inspector.label });
      await inspector.getByRole('gridcell').first().click();
      await inspector.getByRole('button', { name: t.searchThere }).click();
      await login(dialog, server.url);
      await dialog.getByRole('button', { name: t.connect }).click();
      await expect(dialog.getByLabel(t.vectorField)).toHaveValue('tessera.vector');
      await seen('search');
      await dialog.getByRole('button', { name: t.search, exact: true }).click();
      await expect(dialog.getByRole('list', { name: t.nearest }).getByRole('listitem')).toHaveCount(24);
      await seen('found');
    });

    test('what is offered of a folder: a table, vectors, records', async ({ page, site, folder }) => {
      const seen = (name: string): Promise<void> => look(page, (file) => test.info().outputPath(file), name);
      const files = motifFolders(4);
      const paths = Object.keys(files);
      const numbers = Float32Array.from({ length: 32 * paths.length }, (_, i) => Math.sin(i));
      numbers[5] = NaN;
      const rows = paths.slice(1).map((path, i) => `${path},${i},2024-01-${10 + (i % 9)},x`);
      writeTree(join(folder, 'a set of pictures'), {
        ...files,
        'vectors of a network with a long name.npy': Buffer.from(npyOf([paths.length, 32], numbers)),
        'images_paths.csv': ['paths', ...paths].join('\n'),
        'about the pictures.csv': ['image,count,taken,note', ...rows, 'nowhere.jpg,1,2024-01-01,y'].join(
          '\n',
        ),
      });
      await page.goto(`${site.url}?backend=wasm`);
      await drop(page, join(folder, 'a set of pictures'));
      await ready(page);
      const offers = page.getByRole('region', { name: queue.offered }).getByRole('listitem');
      const vectors = offers.filter({ hasText: queue.offers.descriptors });
      await expect(offers).toHaveCount(3);
      await seen('offers');
      const dialog = page.getByRole('dialog');
      await vectors.getByRole('button', { name: queue.lookAt }).click();
      await expect(dialog.getByText(descriptors.form.shape(20, 32, 'f4'))).toBeVisible();
      await seen('vectors');
      await dialog.getByRole('button', { name: descriptors.form.use }).click();
      await expect(dialog).toHaveCount(0, { timeout: 60_000 });
      // The list of paths was used with the vectors, and is not offered as a table any more.
      await expect(offers).toHaveCount(1);
      await offers.getByRole('button', { name: queue.lookAt }).click();
      await expect(dialog.getByText(metadata.join.rate(19, 20))).toBeVisible();
      await seen('table');
      await dialog.getByRole('button', { name: metadata.join.keep }).click();
      await expect(dialog).toHaveCount(0);
      await expect(page.getByText(metadata.join.kept(4, 19)).first()).toBeVisible();
    });
  });
