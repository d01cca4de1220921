import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import { build } from 'vite';
import { chromiumArgs, ensureChromium } from '../scripts/chromium';
import { serve } from '../scripts/serve';

/** One Chromium and a folder that it is served, with the pages of bench/pages; all of it goes away at the end. */
export interface Lab {
  browser: Browser;
  url: string;
  /** The folder behind `url`: data files written here can be fetched by the pages. */
  folder: string;
  /** Opens bench/pages/<name>.html. */
  open(name: string): Promise<Page>;
}

export async function withLab<T>(work: (lab: Lab) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-bench-'));
  await build({
    root: 'bench/pages',
    configFile: false,
    base: './',
    logLevel: 'error',
    build: {
      outDir: folder,
      target: 'es2022',
      rolldownOptions: {
        input: ['bench/pages/index.html', 'bench/pages/kmeans.html', 'bench/pages/inference.html'],
      },
    },
  });
  const site = await serve({ root: folder });
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumArgs() });
  try {
    const open = async (name: string) => {
      const page = await browser.newPage();
      page.on('pageerror', (error) => console.error(`${name}: ${error.message}`));
      await page.goto(`${site.url}${name}.html`);
      return page;
    };
    return await work({ browser, url: site.url, folder, open });
  } finally {
    await browser.close();
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
