import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import type { HeadlessEvent, HeadlessRequest } from '../src/app/headless';
import { DEFAULT_SWEEP } from '../src/domain/clustering';
import type { RecordsOptions } from '../src/domain/records';
import type { Lab } from './lab';
import { residentBytes } from './memory';
import { round, type Cell, type Result } from './report';

const MIB = 2 ** 20;

declare global {
  interface Window {
    /** Told about progress of the import. */
    benchImport: (announced: number, embedded: number, done: boolean) => void;
  }
}

interface Import {
  /** Seconds until every name is in the store, and until every image is embedded. */
  listed: number;
  embedded: number;
  images: number;
  /** MiB above what the open page had, while names were listed and at most. */
  listing: number;
  peak: number;
}

/** What ways in take: time and memory, on files that are made for it. */
export async function benchImports(lab: Lab, megabytes: number): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-imports-'));
  try {
    return { name: 'imports', tables: [await jsonTable(lab, folder, megabytes)] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function jsonTable(lab: Lab, folder: string, megabytes: number) {
  const rows: Cell[][] = [];
  for (const size of [megabytes / 10, megabytes]) {
    const file = join(folder, `rays-${size}.ndjson`);
    const records = await writeRecords(file, size * MIB);
    const taken = await takeRecords(lab, file);
    rows.push([
      ...['NDJSON, base64 images of 48 x 48', round(statSync(file).size / MIB), records, taken.images],
      ...[round(taken.listed), round(taken.embedded), Math.round(taken.listing), Math.round(taken.peak)],
    ]);
    rmSync(file);
  }
  return {
    title: 'Import: from the file to every image kept, embedded as raw pixels',
    columns: [
      ...[
        'file',
        'MiB',
        'records',
        'images',
        'seconds until all are listed',
        'seconds until all are embedded',
      ],
      ...['MiB above start while listing', 'peak MiB above start, all browser processes'],
    ],
    rows,
  };
}

/** Lines of a record each, with time, device and an uncompressed picture of its own. */
async function writeRecords(path: string, bytes: number): Promise<number> {
  const side = 48;
  const picture = Buffer.alloc(54 + side * side * 3);
  picture.write('BM');
  picture.writeUInt32LE(picture.length, 2);
  picture.writeUInt32LE(54, 10);
  picture.set([40, 0, 0, 0, side, 0, 0, 0, side, 0, 0, 0, 1, 0, 24, 0], 14);
  const out = createWriteStream(path);
  let written = 0;
  let id = 0;
  for (; written < bytes; id++) {
    for (let i = 54; i < picture.length; i++) picture[i] = (i * (1 + (id % 7)) + (id >> 3) * (i % 5)) & 255;
    picture.writeUInt32LE(id, 54);
    const record = {
      id,
      timestamp: 1543635503263 + id * 1000,
      device: `d${id % 97}`,
      frame_content: picture.toString('base64'),
    };
    const line = `${JSON.stringify(record)}\n`;
    written += line.length;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return id;
}

async function takeRecords(lab: Lab, file: string): Promise<Import> {
  const page = await lab.context.newPage();
  const records: RecordsOptions = { shape: { kind: 'lines', path: [] }, imageField: 'frame_content' };
  const taken: Import = { listed: 0, embedded: 0, images: 0, listing: 0, peak: 0 };
  try {
    let start = 0;
    const seconds = (): number => (performance.now() - start) / 1000;
    let finish = (): void => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    await page.exposeFunction('benchImport', (announced: number, embedded: number, done: boolean) => {
      if (taken.listed === 0 && announced > 0) taken.listed = seconds();
      taken.embedded = seconds();
      taken.images = embedded;
      if (done) finish();
    });
    await page.addInitScript(() => {
      window.tesseraEvent = (event: HeadlessEvent) => {
        if (event.type !== 'embed') return;
        const { counts, state } = event.progress;
        window.benchImport(counts.announced, counts.embedded, state === 'done');
      };
    });
    await page.goto(`${await lab.app()}?headless`);
    await page.waitForFunction(() => 'tessera' in window);
    await page.locator('#given').setInputFiles(file);
    await page.evaluate((options) => window.tessera.take(['rays.ndjson'], options), records);
    const before = residentBytes();
    const sample = (): void => {
      const above = (residentBytes() - before) / MIB;
      taken.peak = Math.max(taken.peak, above);
      if (taken.listed === 0) taken.listing = Math.max(taken.listing, above);
    };
    const watch = setInterval(sample, 500);
    const request: HeadlessRequest = {
      ...{
        model: 'pixels',
        resize: 'squash',
        backend: 'wasm',
        seed: 1,
        limit: null,
        fieldname: null,
        formats: ['csv'],
        imagesOut: null,
        project: false,
        saveProject: false,
        name: 'imports',
        png: 0,
        array: null,
      },
      ...{ k: 2, scaling: DEFAULT_SWEEP.scaling, pca: null, exactSilhouette: false },
      ...{ hierarchy: null, perFolder: false, saveModel: false, applyModel: false },
    };
    start = performance.now();
    // What is made of the images afterwards is measured elsewhere: the page is closed on it.
    const run = page.evaluate((asked) => window.tessera.run(asked), request);
    const failed = run.then((answer) => {
      if (!answer.ok) throw new Error(answer.error.message);
    });
    failed.catch(() => undefined);
    await Promise.race([finished, failed]).finally(() => clearInterval(watch));
    return taken;
  } finally {
    await page.close();
  }
}
