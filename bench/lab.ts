import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { build } from 'vite';
import { buildIfStale } from '../scripts/build-if-stale';
import { chromiumArgs, ensureChromium } from '../scripts/chromium';
import { serve, type Site } from '../scripts/serve';
import { assembly } from '../scripts/vite/assembly';

const PAGES = 'bench/pages';

/** One Chromium in which everything is measured, the app and its peers; all of it goes away at the end. */
export interface Lab {
  context: BrowserContext;
  /** Builds the app if need be and says where it is served. */
  app(): Promise<string>;
  /** Where the pages of bench/pages are served. */
  pages: string;
  /** The folder behind `pages`: files written here can be fetched by the pages. */
  folder: string;
  /** Opens bench/pages/<name>.html. */
  open(name: string): Promise<Page>;
}

export async function withLab<T>(work: (lab: Lab) => Promise<T>): Promise<T> {
  const temporary = mkdtempSync(join(tmpdir(), 'tessera-bench-'));
  const folder = join(temporary, 'pages');
  await build({
    root: PAGES,
    configFile: false,
    base: './',
    logLevel: 'error',
    plugins: [assembly()],
    worker: { format: 'es', plugins: () => [assembly()] },
    build: {
      outDir: folder,
      target: 'es2022',
      rolldownOptions: {
        input: readdirSync(PAGES)
          .filter((name) => name.endsWith('.html'))
          .map((name) => `${PAGES}/${name}`),
      },
    },
  });
  const pages = await serve({ root: folder });
  const sites: Site[] = [];
  // A profile on the disk, as people have, or IndexedDB would be in memory. The service worker would load files for
  // offline use while something else is measured.
  const context = await chromium.launchPersistentContext(join(temporary, 'profile'), {
    executablePath: ensureChromium(),
    args: chromiumArgs(),
    serviceWorkers: 'block',
  });
  try {
    const open = async (name: string) => {
      const page = await context.newPage();
      page.on('pageerror', (error) => console.error(`${name}: ${error.message}`));
      await page.goto(`${pages.url}${name}.html`);
      return page;
    };
    const app = async () => {
      if (sites.length === 0) sites.push(await serve({ root: buildIfStale() }));
      return sites[0].url;
    };
    return await work({ context, app, pages: pages.url, folder, open });
  } finally {
    await context.close();
    await Promise.all([pages, ...sites].map((site) => site.close()));
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}
