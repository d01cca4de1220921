import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type BrowserContext } from '@playwright/test';
import { DIST } from '../scripts/build-if-stale';
import { serve, type ServeOptions, type Site } from '../scripts/serve';

interface TestFixtures {
  /** Serves the build in one more way; stopped after the test. */
  host: (options?: Omit<ServeOptions, 'root'>) => Promise<Site>;
  /** A folder of the test's own. */
  folder: string;
  /** What the guarded browser contexts did that the product must never do; the test fails when there is any. */
  wrongs: string[];
  /** Origins of servers that the test agrees to, beside the site itself; empty unless it adds some. */
  agreed: Set<string>;
}
interface WorkerFixtures {
  /** The build on loopback with isolation headers, as `npm start` serves it. */
  site: Site;
}

/**
 * Notes requests that leave the sites that are open, breaches of the page's policy and errors nobody caught. `agreed`: the
 * origins of servers that the test, as a person would, has agreed to.
 */
export async function guard(
  context: BrowserContext,
  wrongs: string[],
  agreed: ReadonlySet<string> = new Set(),
): Promise<void> {
  const sites = new Set<string>();
  context.on('request', (request) => {
    const { protocol, hostname, origin } = new URL(request.url());
    if (hostname === '127.0.0.1' && request.isNavigationRequest()) sites.add(origin);
    const allowed = sites.has(origin) || agreed.has(origin) || protocol === 'blob:' || protocol === 'data:';
    if (!allowed) wrongs.push(`request to where nobody agreed to: ${request.url()}`);
  });
  context.on('weberror', (error) => wrongs.push(`uncaught: ${error.error().stack ?? error.error().message}`));
  context.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) wrongs.push(`policy: ${message.text()}`);
  });
  await context.addInitScript(() => {
    // A dialog of the system cannot be answered here: without it, files come as downloads.
    Reflect.deleteProperty(window, 'showSaveFilePicker');
    addEventListener('securitypolicyviolation', (event) => {
      console.error(
        `Content Security Policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`,
      );
    });
  });
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  site: [
    async ({}, use) => {
      const site = await serve({ root: DIST });
      await use(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ site }, use) => use(site.url),
  host: async ({}, use) => {
    const sites: Site[] = [];
    await use(async (options) => {
      const site = await serve({ root: DIST, ...options });
      sites.push(site);
      return site;
    });
    for (const site of sites) await site.close();
  },
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'tessera-e2e-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  wrongs: async ({}, use) => {
    const wrongs: string[] = [];
    await use(wrongs);
    expect(wrongs).toEqual([]);
  },
  agreed: async ({}, use) => use(new Set()),
  context: async ({ context, wrongs, agreed }, use) => {
    await guard(context, wrongs, agreed);
    await use(context);
  },
});

export { expect };
