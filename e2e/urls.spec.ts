import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { counts, drop, exportedTable, imagesInBar, open } from './actions';
import { expect, test as base } from './fixtures';
import { jpeg, MOTIFS, png } from './make-images';

interface Server {
  origin: string;
  /** Paths asked for, in order. */
  asked: string[];
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const test = base.extend<{ server: (answer: Answer) => Promise<Server> }>({
  server: async ({}, use) => {
    const open: ReturnType<typeof createServer>[] = [];
    await use(async (answer) => {
      const asked: string[] = [];
      const server = createServer((request, response) => {
        asked.push(request.url!);
        answer(request, response);
      });
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      open.push(server);
      return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
    });
    for (const server of open) {
      server.closeAllConnections();
      server.close();
    }
  },
});

const CORS = { 'Access-Control-Allow-Origin': '*' };
const KINDS = Object.values(MOTIFS);
const picture = (path: string): Buffer => {
  const i = Number(/\d+/.exec(path)?.[0] ?? 0);
  return i % 2 ? jpeg(64, 64, KINDS[i % KINDS.length](i)) : png(64, 64, KINDS[i % KINDS.length](i));
};

const dialog = (page: Page) => page.getByRole('dialog');
async function agree(page: Page, agreed: Set<string>, ...origins: string[]): Promise<void> {
  for (const origin of origins) agreed.add(origin);
  for (const origin of origins) await dialog(page).getByRole('checkbox', { name: origin }).check();
}

test('a list of addresses: the person names the servers, every address is accounted for', async ({
  page,
  site,
  folder,
  server,
  agreed,
  wrongs,
}) => {
  const silent = await server((_, response) => void response.end(picture('/1')));
  const other = await server((request, response) => {
    response.writeHead(200, { ...CORS, 'Content-Type': 'image/png' }).end(picture(request.url!));
  });
  const main = await server((request, response) => {
    const url = request.url!;
    expect([request.headers.cookie, request.headers.referer]).toEqual([undefined, undefined]);
    if (url === '/gone.jpg') response.writeHead(404, CORS).end();
    else if (url === '/text.txt') response.writeHead(200, CORS).end('hello, this is text');
    else if (url === '/moved.jpg')
      response.writeHead(302, { ...CORS, Location: `${other.origin}/other/41.jpg` }).end();
    else if (url === '/inside.jpg') response.writeHead(302, { ...CORS, Location: '/pictures/51.jpg' }).end();
    else response.writeHead(200, CORS).end(picture(url));
  });
  const addresses = [
    ...Array.from({ length: 20 }, (_, i) => `${main.origin}/pictures/${i + 1}.jpg`),
    `${main.origin}/gone.jpg`,
    `${main.origin}/text.txt`,
    `${main.origin}/moved.jpg`,
    `${main.origin}/inside.jpg`,
    `${silent.origin}/1.jpg`,
    `${other.origin}/2.jpg`,
    'no address',
  ];
  const list = join(folder, 'plates.csv');
  writeFileSync(list, `plate;picture\n${addresses.map((address, i) => `P${i};${address}`).join('\n')}\n`);
  await page.goto(site.url);
  await drop(page, list);
  await expect(dialog(page).getByText('26 pictures on 3 servers.')).toBeVisible();
  await expect(dialog(page).getByRole('button', { name: /^Fetch/ })).toBeDisabled();
  expect((await new AxeBuilder({ page }).include('dialog').analyze()).violations).toEqual([]);
  await agree(page, agreed, main.origin, silent.origin);
  expect([main.asked, other.asked, silent.asked]).toEqual([[], [], []]);
  await dialog(page).getByRole('button', { name: 'Fetch 25 pictures' }).click();
  await imagesInBar(page, 21);
  expect(other.asked).toEqual([]);
  expect(await counts(page)).toMatchObject({
    'Files dropped': 27,
    Embedded: 21,
    Skipped: 6,
    Missing: 0,
  });
  const reasons = page.getByRole('region', { name: 'Skipped files' });
  for (const [path, reason] of [
    ['gone.jpg', 'HTTP 404'],
    ['text.txt', 'Not an image'],
    ['moved.jpg', 'redirects to a server that was not agreed to'],
    ['2.jpg', 'was not agreed to'],
    ['1.jpg', 'does not allow other sites (CORS)'],
    ['row 27', 'is no address'],
  ])
    await expect(reasons.getByRole('row').filter({ hasText: path }).filter({ hasText: reason })).toHaveCount(
      1,
    );
  // The browser itself refused to follow: that is what the policy is for.
  const stopped = (wrong: string): boolean => wrong.startsWith('policy:') || wrong.endsWith('/other/41.jpg');
  expect(wrongs.filter((wrong) => !stopped(wrong))).toEqual([]);
  expect(other.asked).toEqual([]);
  wrongs.length = 0;
  const rows = await exportedTable(page, /^Labels/);
  expect(rows.map(({ path }) => path)).toContain(`${main.origin.slice(7).replace(':', '_')}/inside.jpg`);
});

test('the page is closed in the middle: what is missing is fetched again, without the list', async ({
  page,
  site,
  folder,
  server,
  agreed,
}) => {
  let open_ = false;
  const held: (() => void)[] = [];
  const main = await server((request, response) => {
    const answer = (): void => void response.writeHead(200, CORS).end(picture(request.url!));
    if (open_ || Number(/\d+/.exec(request.url!)![0]) <= 6) answer();
    else held.push(answer);
  });
  const list = join(folder, 'list.json');
  const records = Array.from({ length: 18 }, (_, i) => ({
    image: { url: `${main.origin}/p/${i + 1}.jpg` },
    species: i % 2 ? 'lynx' : 'fox',
  }));
  writeFileSync(list, JSON.stringify(records));
  await page.goto(site.url);
  await drop(page, list);
  await agree(page, agreed, main.origin);
  await dialog(page).getByRole('button', { name: 'Fetch 18 pictures' }).click();
  await imagesInBar(page, 6);
  await page.reload();
  open_ = true;
  const asked = main.asked.length;
  await expect(page.getByText(/^12 pictures were not fetched/).first()).toBeVisible();
  await open(page, 'Data');
  const awaited = page.getByRole('region', { name: 'Pictures to be fetched' });
  await expect(awaited.getByText(/^12 pictures of a list/)).toBeVisible();
  expect((await new AxeBuilder({ page }).include('main').analyze()).violations).toEqual([]);
  expect(main.asked).toHaveLength(asked);
  await awaited.getByRole('checkbox', { name: main.origin }).check();
  await awaited.getByRole('button', { name: 'Fetch 12 pictures' }).click();
  await imagesInBar(page, 18);
  await expect(awaited).toHaveCount(0);
  expect(await counts(page)).toMatchObject({ 'Files dropped': 18, Embedded: 18, Missing: 0, Skipped: 0 });
});

test('offline it says so, and asks nobody', async ({ page, site, folder, server, agreed }) => {
  const main = await server((_, response) => void response.end());
  const list = join(folder, 'list.csv');
  writeFileSync(list, `url\n${main.origin}/1.jpg\n${main.origin}/2.jpg\n`);
  await page.goto(site.url);
  await drop(page, list);
  await agree(page, agreed, main.origin);
  await page.context().setOffline(true);
  await expect(dialog(page).getByText(/This computer is offline/)).toBeVisible();
  await expect(dialog(page).getByRole('button', { name: /^Fetch/ })).toBeDisabled();
  await page.context().setOffline(false);
  await expect(dialog(page).getByRole('button', { name: 'Fetch 2 pictures' })).toBeEnabled();
  expect(main.asked).toEqual([]);
});
