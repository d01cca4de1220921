import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serve, type Site } from './serve';

let folder: string;
let site: Site;
let bare: Site;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tessera-serve-'));
  const root = join(folder, 'dist');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(root, 'index.html'), '<p>hello');
  writeFileSync(join(root, 'assets/x.wasm'), '0123456789');
  writeFileSync(join(root, 'assets/été 1.mjs'), '');
  writeFileSync(join(root, 'app.webmanifest'), '{}');
  symlinkSync(join(folder, 'secret.txt'), join(root, 'link.txt'));
  site = await serve({ root });
  bare = await serve({ root, bare: true, base: '/a/b/' });
});
afterAll(async () => {
  await site.close();
  await bare.close();
  rmSync(folder, { recursive: true });
});

/** A request whose path is sent as it is; fetch would resolve the dots first. */
function raw(url: string, path: string): Promise<number> {
  return new Promise((done, failed) => {
    const { port } = new URL(url);
    request({ port, host: '127.0.0.1', path }, (response) => {
      response.resume();
      done(response.statusCode!);
    })
      .on('error', failed)
      .end();
  });
}

it('serves the page isolated, and every file under its type', async () => {
  const page = await fetch(site.url);
  expect(await page.text()).toBe('<p>hello');
  expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin');
  expect(page.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
  expect(page.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  const type = async (path: string) => (await fetch(site.url + path)).headers.get('content-type');
  expect(await type('assets/x.wasm')).toBe('application/wasm');
  expect(await type('assets/%C3%A9t%C3%A9%201.mjs')).toBe('text/javascript; charset=utf-8');
  expect(await type('app.webmanifest')).toBe('application/manifest+json');
});

it('serves a sub-path without isolation when asked to be bare', async () => {
  expect(bare.url).toMatch(/\/a\/b\/$/);
  const page = await fetch(bare.url);
  expect(page.status).toBe(200);
  expect(page.headers.get('cross-origin-opener-policy')).toBeNull();
  expect((await fetch(new URL('/', bare.url))).status).toBe(404);
});

it.each([
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/assets/../../secret.txt',
  '/..%5csecret.txt',
  '/link.txt',
  '/%',
  '/%00',
  '/assets',
  '//secret.txt',
  '/missing',
])('does not leave its folder: %s', async (path) => {
  expect(await raw(site.url, path)).toBe(404);
});

it.each([
  ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
  ['bytes=7-', 206, '789', 'bytes 7-9/10'],
  ['bytes=-3', 206, '789', 'bytes 7-9/10'],
  ['bytes=8-99', 206, '89', 'bytes 8-9/10'],
  ['bytes=10-', 416, '', 'bytes */10'],
  ['bytes=0-1,3-4', 200, '0123456789', null],
])('answers %s with %i', async (range, status, body, contentRange) => {
  const response = await fetch(`${site.url}assets/x.wasm`, { headers: { range } });
  expect(response.status).toBe(status);
  expect(await response.text()).toBe(body);
  expect(response.headers.get('content-range')).toBe(contentRange);
});

it('does not send again what the browser has', async () => {
  const etag = (await fetch(site.url)).headers.get('etag')!;
  expect((await fetch(site.url, { headers: { 'if-none-match': etag } })).status).toBe(304);
});

it('refuses a port that is taken', async () => {
  const port = Number(new URL(site.url).port);
  await expect(serve({ root: '.', port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

it('refuses to write', async () => {
  expect((await fetch(site.url, { method: 'POST' })).status).toBe(405);
});
