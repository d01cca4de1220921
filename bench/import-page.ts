import type { Page } from 'playwright';
import type { HeadlessEvent, HeadlessRequest } from '../src/app/headless';
import { DEFAULT_SWEEP } from '../src/domain/clustering';
import type { RecordsOptions } from '../src/domain/records';
import type { Lab } from './lab';
import { residentBytes } from './memory';

const MIB = 2 ** 20;

declare global {
  interface Window {
    /** Told of everything that the page without screens tells. */
    benchEvent: (event: HeadlessEvent) => void;
  }
}

/** Most memory (MiB) that all browser processes held above what the open page had, by stage. */
export interface Watched {
  peaks: Map<string, number>;
  /** Seconds of each stage. */
  seconds: Map<string, number>;
}

/**
 * Runs an import in the app without screens and watches it; `stageOf` says which stage begins with an event, null for none, and
 * 'end' ends it, else the run's own end does: what is made of the images afterwards is measured elsewhere.
 */
export async function watchImport(
  lab: Lab,
  inputs: Record<string, string>,
  take: { paths: string[]; records: RecordsOptions | null } | null,
  first: string,
  stageOf: (event: HeadlessEvent) => string | null,
  options: Partial<HeadlessRequest> = {},
): Promise<Watched> {
  const page = await lab.context.newPage();
  const watched: Watched = { peaks: new Map(), seconds: new Map() };
  let stage = first;
  let since = 0;
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const close = (next: string): void => {
    const now = performance.now();
    watched.seconds.set(stage, (now - since) / 1000);
    since = now;
    stage = next;
  };
  try {
    await page.exposeFunction('benchEvent', (event: HeadlessEvent) => {
      const next = stageOf(event);
      if (next === null || next === stage || stage === 'end') return;
      close(next);
      if (next === 'end') end();
    });
    await open(page, `${await lab.app()}?headless`);
    for (const [id, file] of Object.entries(inputs)) await page.locator(`#${id}`).setInputFiles(file);
    if (take)
      await page.evaluate(([paths, options]) => window.tessera.take(paths, options), [
        take.paths,
        take.records,
      ] as const);
    const before = residentBytes();
    const watch = setInterval(() => {
      const above = (residentBytes() - before) / MIB;
      watched.peaks.set(stage, Math.max(watched.peaks.get(stage) ?? 0, above));
    }, 500);
    since = performance.now();
    const run = page.evaluate((asked) => window.tessera.run(asked), { ...REQUEST, ...options });
    const over = run.then((answer) => {
      if (!answer.ok) throw new Error(answer.error.message);
      if (stage !== 'end') close('end');
    });
    over.catch(() => undefined);
    await Promise.race([ended, over]).finally(() => clearInterval(watch));
    return watched;
  } finally {
    await page.close();
  }
}

/** Keeps what is made of an archive of pictures as a project file. */
export async function saveProject(lab: Lab, archive: string, to: string): Promise<void> {
  const page = await lab.context.newPage();
  try {
    await page.exposeFunction('benchEvent', () => undefined);
    await open(page, `${await lab.app()}?headless`);
    await page.locator('#given').setInputFiles(archive);
    await page.evaluate(() => window.tessera.take(['set.zip']));
    const saving = new Promise<void>((resolve, reject) => {
      page.on('download', (download) => {
        if (download.suggestedFilename().endsWith('.tessera')) download.saveAs(to).then(resolve, reject);
      });
    });
    const answer = await page.evaluate((asked) => window.tessera.run(asked), {
      ...REQUEST,
      saveProject: true,
    });
    if (!answer.ok) throw new Error(answer.error.message);
    await saving;
  } finally {
    await page.close();
  }
}

async function open(page: Page, url: string): Promise<void> {
  await page.addInitScript(() => {
    window.tesseraEvent = (event: HeadlessEvent) => window.benchEvent(event);
  });
  await page.goto(url);
  await page.waitForFunction(() => 'tessera' in window);
}

const REQUEST: HeadlessRequest = {
  ...{ model: 'pixels', resize: 'squash', backend: 'wasm', seed: 1, limit: null, fieldname: null },
  ...{ formats: ['csv'], imagesOut: null, project: false, saveProject: false, name: 'imports', png: 0 },
  ...{ array: null, k: 2, scaling: DEFAULT_SWEEP.scaling, pca: null, exactSilhouette: false },
  ...{ hierarchy: null, perFolder: false, saveModel: false, applyModel: false },
};
