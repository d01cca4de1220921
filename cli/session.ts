import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { buildIfStale } from '../scripts/build-if-stale';
import { chromiumArgs, ensureChromium } from '../scripts/chromium';
import { serve, type Site } from '../scripts/serve';
import type { HeadlessAnswer, HeadlessEvent, HeadlessRequest } from '../src/app/headless';
import { PACK } from '../src/app/headless-pack';
import type { Given } from './given';

/** Files named to the browser at a time. */
const BATCH = 2000;

/**
 * The built app in a headless Chromium with a profile of its own, on the disk: in a private window everything the app
 * keeps would be held in memory.
 */
export class Session {
  private constructor(
    private readonly site: Site,
    private readonly context: BrowserContext,
    private readonly page: Page,
    private readonly profile: string,
  ) {}

  static async open(log: (line: string) => void, follow: (event: HeadlessEvent) => void): Promise<Session> {
    const executablePath = ensureChromium();
    const site = await serve({ root: buildIfStale(log) });
    const profile = mkdtempSync(join(tmpdir(), 'tessera-'));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath,
      args: chromiumArgs(),
      acceptDownloads: true,
    });
    const page = context.pages()[0] ?? (await context.newPage());
    const session = new Session(site, context, page, profile);
    await page.exposeFunction('tesseraEvent', follow);
    await page.exposeFunction('tesseraClick', () => page.mouse.click(1, 1));
    await page.goto(`${site.url}?headless`);
    await page.waitForFunction(() => 'tessera' in window);
    return session;
  }

  /** Name and full version of the browser; the page itself is told a rounded one. */
  async browser(): Promise<string> {
    const cdp = await this.context.newCDPSession(this.page);
    return (await cdp.send('Browser.getVersion')).product;
  }

  /** Names the files to the page, which reads each when its turn comes. */
  async give(files: readonly Given[]): Promise<void> {
    for (const { path, problem } of files)
      if (problem !== undefined)
        await this.page.evaluate(([p, reason]) => window.tessera.takeUnreadable(p, reason), [path, problem]);
    const sound = files.filter(({ problem }) => problem === undefined);
    // A file of records comes alone.
    const records = sound.find((file) => file.records)?.records ?? null;
    const picker = this.page.locator('#given');
    for (let i = 0; i < sound.length; i += BATCH) {
      const batch = sound.slice(i, i + BATCH);
      await picker.setInputFiles(
        batch.map(({ disk }) => disk),
        { timeout: 0 },
      );
      await this.page.evaluate(([paths, options]) => window.tessera.take(paths, options), [
        batch.map(({ path }) => path),
        records,
      ] as const);
    }
  }

  /** Names a file of its own kind. */
  async giveFile(
    kind: 'model' | 'clusters' | 'project' | 'metadata' | 'descriptors' | 'paths',
    file: string,
  ): Promise<void> {
    await this.page.locator(`#${kind}`).setInputFiles(file);
  }

  /** Runs everything; the page's downloads are saved into the folder under their names before this resolves. */
  async run(request: HeadlessRequest, folder: string): Promise<HeadlessAnswer> {
    const saved = new Map<string, Promise<void>>();
    this.page.on('download', (download) => {
      const name = download.suggestedFilename();
      saved.set(name, download.saveAs(join(folder, name)));
    });
    const gone = new Promise<never>((_, reject) => {
      this.page.once('crash', () =>
        reject(new Error('The browser page crashed, most likely for want of memory.')),
      );
      this.page.once('close', () => reject(new Error('The browser was closed.')));
    });
    const answer = await Promise.race([this.page.evaluate((r) => window.tessera.run(r), request), gone]);
    gone.catch(() => undefined);
    if (!answer.ok) return answer;
    const { files, packed } = answer.result;
    const awaited = files.filter((name) => !packed.includes(name)).concat(packed.length > 0 ? PACK : []);
    while (awaited.some((name) => !saved.has(name)))
      await Promise.race([this.page.waitForEvent('download', { timeout: 60_000 }), gone]);
    await Promise.all(saved.values());
    if (packed.length > 0) unpack(join(folder, PACK), folder);
    return answer;
  }

  async close(): Promise<void> {
    await this.context.close().catch(() => undefined);
    await this.site.close();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Puts the files of an archive beside it, and takes it away. */
function unpack(archive: string, folder: string): void {
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(archive))))
    writeFileSync(join(folder, name), bytes);
  rmSync(archive);
}
