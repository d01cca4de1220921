import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { BuildFile } from './build-info';
import { BuildFiles } from './files';

const SCOPE = `${location.origin}/some/site/`;
const CACHE = 'files.browser.test';
/** What the host sends, by address below the scope. */
const host = new Map<string, string>();
let fetched: string[] = [];

async function described(url: string, text: string): Promise<BuildFile> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const sha256 = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { url, sha256, bytes: text.length };
}
const build = (...files: BuildFile[]) => new BuildFiles(files, SCOPE, CACHE);

beforeEach(() => {
  host.clear();
  fetched = [];
  vi.stubGlobal('fetch', async (address: URL) => {
    const url = decodeURI(address.href).slice(SCOPE.length);
    fetched.push(url);
    const text = host.get(url);
    return text === undefined ? new Response('', { status: 404 }) : new Response(text);
  });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await caches.delete(CACHE);
});

it('keeps files and gives them back; once is enough', async () => {
  host.set('a.js', 'one').set('ä b.js', 'two');
  const [a, b] = [await described('a.js', 'one'), await described('ä b.js', 'two')];
  const files = build(a, b);
  await files.keep([a, b, a]);
  await files.keep([a, b]);
  expect(fetched.sort()).toEqual(['a.js', 'ä b.js']);
  expect(await (await files.kept(b))?.text()).toBe('two');
});

it('finds a file by address, the folder as its page, query and fragment aside', async () => {
  const page = await described('index.html', 'x');
  const files = build(page);
  for (const address of ['', 'index.html', '?backend=wasm', 'index.html#map'])
    expect(files.find(SCOPE + address)).toBe(page);
  expect(files.find(`${SCOPE}other.html`)).toBeUndefined();
  expect(files.find(`${location.origin}/index.html`)).toBeUndefined();
});

it('refuses what is not of this build, and keeps the rest', async () => {
  host.set('a.js', 'of the next version').set('b.js', 'two');
  const [a, b] = [await described('a.js', 'one'), await described('b.js', 'two')];
  const files = build(a, b);
  await expect(files.keep([a, b])).rejects.toThrow('a.js on the host is not the one of this build');
  expect(await files.kept(a)).toBeUndefined();
  expect(await files.kept(b)).toBeDefined();
});

it('says which file the host lacks', async () => {
  const gone = await described('gone.js', 'x');
  await expect(build(gone).keep([gone])).rejects.toThrow('gone.js: HTTP 404');
});

it('two builds live side by side, share what is the same, and the older one can be dropped', async () => {
  host.set('page.js', 'old').set('same.js', 'same').set('only-old.js', 'o');
  const same = await described('same.js', 'same');
  const oldFiles = [await described('page.js', 'old'), same, await described('only-old.js', 'o')];
  const older = build(...oldFiles);
  await older.keep(oldFiles);

  host.set('page.js', 'new');
  const newFiles = [await described('page.js', 'new'), same];
  const newer = build(...newFiles);
  fetched = [];
  await newer.keep(newFiles);
  expect(fetched).toEqual(['page.js']);
  expect(await (await older.kept(oldFiles[0]))?.text()).toBe('old');
  expect(await (await newer.kept(newFiles[0]))?.text()).toBe('new');
  expect(await (await newer.keptOfAnyBuild(`${SCOPE}only-old.js`))?.text()).toBe('o');

  await newer.dropOthers();
  expect(await older.kept(oldFiles[0])).toBeUndefined();
  expect(await newer.keptOfAnyBuild(`${SCOPE}only-old.js`)).toBeUndefined();
  expect(await (await newer.kept(same))?.text()).toBe('same');
});
