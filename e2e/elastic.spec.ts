import AxeBuilder from '@axe-core/playwright';
import type { Page, Worker } from '@playwright/test';
import { REPLACE } from '../src/sources/elastic/replace-script';
import { runReplace } from '../test/elastic/script';
import { counts, exported, imagesInBar, open, settled } from './actions';
import { expect, HEADERS, test } from './elastic-fixture';

async function connect(page: Page, url: string, login?: { user: string; password: string }): Promise<void> {
  const dialog = page.getByRole('dialog');
  const address = dialog.getByLabel('Address of the server');
  // That of a source which goes on is there, and stays.
  if (await address.isEditable()) await address.fill(url);
  await expect(address).toHaveValue(url);
  if (login) {
    await dialog.getByLabel('Login').selectOption('User and password');
    await dialog.getByLabel('User', { exact: true }).fill(login.user);
    await dialog.getByLabel('Password', { exact: true }).fill(login.password);
  }
  const submit = dialog.getByRole('button', { name: /^(Connect|Go on)$/ });
  await expect(submit).toBeDisabled();
  await dialog.getByRole('checkbox', { name: new RegExp(`may talk to ${url},`) }).check();
  await submit.click();
}

async function chooseIndex(page: Page, documents: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Index').fill('rays');
  await dialog.getByLabel('Index').press('Tab');
  await expect(dialog.getByRole('button', { name: `Fetch ${documents}` })).toBeEnabled();
}

const axe = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};

test('documents in, clusters, results back', async ({ page, site, elastic }) => {
  const login = { user: 'ann', password: 'pass word' };
  const server = await elastic({ login, cors: { origin: new URL(site.url).origin, headers: HEADERS } });
  await page.goto(`${site.url}?backend=wasm`);
  await page.getByRole('button', { name: 'From Elasticsearch…' }).click();
  expect(await axe(page)).toEqual([]);

  await connect(page, server.url, { ...login, password: 'wrong' });
  await expect(page.getByRole('alert')).toContainText('does not accept this login');
  await page.getByLabel('Password', { exact: true }).fill(login.password);
  await page.getByRole('button', { name: 'Connect' }).click();
  await expect(page.getByText('Connected to Elasticsearch 8.15.0 (test-cluster)')).toBeVisible();

  const dialog = page.getByRole('dialog');
  await chooseIndex(page, '61 documents');
  await expect(dialog.getByLabel('Field with the picture')).toHaveValue('frame_content');
  await dialog.getByLabel('Query').fill('device:(');
  await dialog.getByLabel('Query').press('Tab');
  await expect(page.getByRole('alert')).toContainText('Failed to parse query');
  await dialog.getByLabel('Query').fill('{"match_all": {}}');
  await dialog.getByRole('group', { name: 'Dates' }).getByLabel('Field').selectOption('taken');
  await dialog.getByLabel('to', { exact: true }).fill('2024-01-30');
  await dialog.getByLabel('to', { exact: true }).press('Tab');
  await expect(dialog.getByRole('button', { name: 'Fetch 30 documents' })).toBeEnabled();
  await dialog.getByLabel('to', { exact: true }).fill('2024-12-31');
  await dialog.getByLabel('to', { exact: true }).press('Tab');
  expect(await axe(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Fetch 61 documents' }).click();

  await imagesInBar(page, 60);
  await settled(page);
  expect(await counts(page)).toMatchObject({ 'Files dropped': 61, Embedded: 60, Skipped: 1, Missing: 0 });
  await expect(page.getByText('rays/ray-wrong', { exact: false }).first()).toBeVisible();
  expect(server.points.size).toBe(0);

  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('button', { name: 'To Elasticsearch…' }).click();
  await connect(page, server.url, login);
  await expect(dialog.getByText('tessera.cluster')).toBeVisible();
  await dialog.getByRole('checkbox', { name: /vectors/ }).check();
  await expect(dialog.getByText('tessera.vector')).toBeVisible();
  server.refuseUpdate = (id) =>
    id === 'ray-5' ? { status: 400, type: 'document_parsing_exception', reason: 'closed' } : null;
  // The document without a picture has no label.
  await dialog.getByRole('button', { name: 'Write to 60 documents' }).click();
  await expect(dialog.getByText('1 document refused.')).toBeVisible();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save the list (CSV)' }).click();
  const list = await (await download).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of list) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).toString()).toBe('_index,_id,status,reason\r\nrays,ray-5,400,closed\r\n');
  expect(await axe(page)).toEqual([]);
  server.refuseUpdate = () => null;
  await dialog.getByRole('button', { name: 'Write again' }).click();
  await expect(dialog.getByText('60 documents written.')).toBeVisible();
  server.indices.get('rays')!.put('ray-1', {
    ...server.indices.get('rays')!.documents.get('ray-1')!.source,
    tessera: { note: 'of another run' },
  });
  server.scripts.set(REPLACE, runReplace);
  await dialog.getByRole('radio', { name: 'is replaced as a whole' }).check();
  await dialog.getByRole('button', { name: 'Write again' }).click();
  await expect(dialog.getByText('60 documents written.')).toBeVisible();
  const replaced = server.indices.get('rays')!.documents.get('ray-1')!.source['tessera'];
  expect(replaced).toEqual(expect.objectContaining({ vector: expect.any(Array) as number[] }));
  expect(replaced).not.toHaveProperty('note');
  await dialog.getByRole('button', { name: 'Close' }).last().click();

  const written = [...server.indices.get('rays')!.documents.values()].filter(({ id }) => id !== 'ray-wrong');
  const results = written.map(({ source }) => source['tessera'] as Record<string, unknown>);
  expect(results.every(({ k, vector }) => Number(k) >= 2 && (vector as number[]).length > 10)).toBe(true);
  expect(new Set(results.map(({ run }) => run)).size).toBe(1);
  // The labels there are the labels here.
  const labels = (await exported(page, /^Labels/)).toString();
  for (const { id, source } of written) {
    const { cluster } = source['tessera'] as { cluster: number };
    const line = labels.split('\r\n').find((row) => row.includes(`rays/${id}.png`))!;
    expect(line.split(',')).toContain(String(cluster));
  }

  // What is like an image of the project is searched for there.
  await open(page, 'Map');
  const inspector = page.getByRole('complementary', { name: 'Selection' });
  await inspector.getByRole('gridcell').first().click();
  await inspector.getByRole('button', { name: 'Search the server for more like this…' }).click();
  await connect(page, server.url, login);
  await expect(dialog.getByLabel('Field with the vectors')).toHaveValue('tessera.vector');
  await dialog.getByLabel('How many').selectOption('12');
  await dialog.getByRole('button', { name: 'Search', exact: true }).click();
  const near = dialog.getByRole('list', { name: 'Nearest documents' }).getByRole('listitem');
  await expect(near).toHaveCount(12);
  const path = (await dialog.locator('.like bdi').innerText()).replace('.png', '');
  await expect(near.first()).toHaveAttribute('title', path);
  await expect(near.first().getByRole('img')).toBeVisible();
  expect(await axe(page)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('search.png') });
  const traces = server.log.map(({ method, path, body }) => `${method} ${path} ${body}`).join();
  expect(traces).not.toContain('pass word');
});

test('closed while documents come, opened again: it goes on after another login', async ({
  page,
  context,
  site,
  elastic,
}) => {
  const server = await elastic();
  server.delay = 1500;
  await page.goto(`${site.url}?backend=wasm`);
  await page.getByRole('button', { name: 'From Elasticsearch…' }).click();
  await connect(page, server.url);
  await chooseIndex(page, '61 documents');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Fetch/ })
    .click();
  await expect(page.getByText('Fetching documents: 20 of 61').first()).toBeVisible({ timeout: 60_000 });
  await page.close({ runBeforeUnload: false });
  server.expirePoints();
  server.delay = 0;

  const again = await context.newPage();
  await again.goto(`${site.url}?backend=wasm`);
  await expect(again.getByText(/^20 of 61 documents of “rays” are here/).first()).toBeVisible({
    timeout: 60_000,
  });
  await again.getByRole('button', { name: 'Go on…' }).click();
  await connect(again, server.url);
  await imagesInBar(again, 60);
  await settled(again);
  expect(await counts(again)).toMatchObject({ 'Files dropped': 61, Embedded: 60, Duplicates: 0, Missing: 0 });
});

test('a server that does not allow this page: what to change there', async ({
  page,
  site,
  elastic,
  wrongs,
}) => {
  const server = await elastic({ cors: null });
  await page.goto(site.url);
  await page.getByRole('button', { name: 'From Elasticsearch…' }).click();
  await connect(page, server.url);
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('gave no answer that this page may read');
  await expect(alert).toContainText('http.cors.enabled: true');
  await expect(alert).toContainText(`http.cors.allow-origin: "${new URL(site.url).origin}"`);
  expect(await axe(page)).toEqual([]);
  expect(wrongs).toEqual([]);
});

test('the connecting worker may talk to the agreed origin alone', async ({
  page,
  site,
  elastic,
  host,
  wrongs,
}) => {
  const server = await elastic();
  const other = await host();
  for (const controlled of [false, true]) {
    await page.goto(site.url);
    if (controlled) await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.getByRole('button', { name: 'From Elasticsearch…' }).click();
    const starting = page.waitForEvent('worker', (one: Worker) => one.url().includes('connect.worker'));
    await connect(page, server.url);
    const worker = await starting;
    await expect(page.getByText(/^Connected to/)).toBeVisible();
    expect(await worker.evaluate(() => crossOriginIsolated)).toBe(true);
    const ask = (url: string) =>
      worker.evaluate(
        (address) =>
          new Promise<string>((resolve) => {
            addEventListener('securitypolicyviolation', (event) =>
              resolve(`${event.effectiveDirective} ${event.originalPolicy.match(/connect-src[^;]*/)?.[0]}`),
            );
            fetch(address).then(
              ({ status }) => resolve(String(status)),
              () => setTimeout(() => resolve('failed'), 1000),
            );
          }),
        url,
      );
    expect(await ask(`${server.url}/`)).toBe('200');
    const refused = `connect-src connect-src ${server.url}`;
    for (const url of [other.url, site.url, 'https://example.org/', 'data:text/plain,x'])
      expect(await ask(url)).toBe(refused);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  // The breaches were the point of this test; nothing else went wrong, and no request was made.
  expect(wrongs.filter((wrong) => !/^policy: .*connect-src/s.test(wrong))).toEqual([]);
  wrongs.length = 0;
});
