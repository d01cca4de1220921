import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { HeadlessEvent, HeadlessRequest, HeadlessResult } from '../src/app/headless';
import { DEFAULT_SWEEP } from '../src/domain/clustering';
import { copies } from './copies';
import { cpuSeconds } from './cpu';
import { BATCH, decodeAlone, inferAlone, type Alone } from './embed-peers';
import type { Lab } from './lab';
import { withMaterial, type Network } from './material';
import { median, round, type Cell, type Result } from './report';

declare global {
  interface Window {
    /** Told about every commit: how many images are embedded, and whether that is all. */
    benchCommit: (embedded: number, done: boolean) => void;
  }
}

const STAGES = ['read', 'decode', 'resize', 'infer', 'store'] as const;
/**
 * What is measured of a run, by images committed. Before it the engine still optimises the runtime's code, and the peers are
 * warm too; after it nothing is left to decode ahead. At both ends as many images are under way.
 */
const WINDOW = [0.4, 0.85];

/** As little as can be asked for: it comes after what is measured. */
const CLUSTERING = {
  ...{ k: 2, scaling: DEFAULT_SWEEP.scaling, pca: DEFAULT_SWEEP.pca, exactSilhouette: false },
  ...{ hierarchy: null, perFolder: false, saveModel: false, applyModel: false },
};

interface Run {
  result: HeadlessResult;
  /** The app, warm. */
  app: Alone;
  /** Core-seconds an image of the whole run: start, reading ahead and compiling included. */
  wholeCpu: number;
  /** Seconds an image with everything from the first file to the last commit. */
  whole: number;
  /** One network on all threads, and a network on each core. */
  one: Alone;
  each: Alone;
}

/**
 * Files to committed embeddings in the app, beside `session.run` alone with the same network, threads and batch; of all
 * networks at hand, or of the one named.
 */
export function benchEmbed(lab: Lab, images: number, repeats: number, only?: string): Promise<Result> {
  return withMaterial(async ({ sets, networks }) => {
    const rates: Cell[][] = [];
    const shares: Cell[][] = [];
    const stages: Cell[][] = [];
    for (const set of sets) {
      const folder = mkdtempSync(join(tmpdir(), 'tessera-copies-'));
      try {
        const files = await copies(set, images, folder);
        const decoding = await decodeAlone(lab, files);
        for (const network of networks.filter(({ name }) => !only || name === only)) {
          const runs: Run[] = [];
          for (let i = 0; i < repeats; i++) runs.push(await measure(lab, files, network));
          const of = [set.name, network.name];
          rates.push([...of, ...rateCells(runs)]);
          shares.push([...of, ...shareCells(runs, decoding)]);
          const { result } = runs[0];
          stages.push([...of, ...STAGES.map((s) => round(result.stages[s])), round(result.embedSeconds)]);
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
    return { name: 'embed', tables: tables(repeats, rates, shares, stages) };
  });
}

function tables(repeats: number, rates: Cell[][], shares: Cell[][], stages: Cell[][]): Result['tables'] {
  const of = ['images of', 'network'];
  return [
    {
      title: `Images a second on WASM, batches of ${BATCH} (median of ${repeats}; goal: ratio at least 0.85)`,
      columns: [...of, 'images', 'threads', 'session.run', 'app', 'ratio', 'app with start', 'a network a core', 'ratio to it'], // prettier-ignore
      rows: rates,
    },
    {
      title: 'Core-milliseconds an image, all processes of the browser',
      columns: [...of, 'session.run', 'a network a core', 'decoding alone', 'app', 'of it not inference', 'app with start', 'floor', 'session.run / app', 'session.run / floor'], // prettier-ignore
      rows: shares,
    },
    {
      title: 'Seconds by stage, summed over the workers of each, and the time that passed',
      columns: [...of, ...STAGES, 'passed'],
      rows: stages,
    },
  ];
}

const over = (runs: Run[], value: (run: Run) => number): number => round(median(runs.map(value)));

function rateCells(runs: Run[]): Cell[] {
  const { counts, backend } = runs[0].result;
  return [
    counts.embedded,
    backend?.threads ?? 1,
    over(runs, ({ one }) => 1 / one.seconds),
    over(runs, ({ app }) => 1 / app.seconds),
    over(runs, ({ one, app }) => one.seconds / app.seconds),
    over(runs, ({ whole }) => 1 / whole),
    over(runs, ({ each }) => 1 / each.seconds),
    over(runs, ({ each, app }) => each.seconds / app.seconds),
  ];
}

/** The floor is inference and decoding alone. With all cores at work, ratios of core-milliseconds are those of rates. */
function shareCells(runs: Run[], decoding: number): Cell[] {
  const floor = ({ each }: Run) => each.cpu + decoding;
  return [
    over(runs, ({ one }) => 1000 * one.cpu),
    over(runs, ({ each }) => 1000 * each.cpu),
    round(1000 * decoding),
    over(runs, ({ app }) => 1000 * app.cpu),
    over(runs, ({ app, each }) => 1000 * (app.cpu - each.cpu)),
    over(runs, ({ wholeCpu }) => 1000 * wholeCpu),
    over(runs, (run) => 1000 * floor(run)),
    over(runs, ({ one, app }) => one.cpu / app.cpu),
    over(runs, (run) => run.one.cpu / floor(run)),
  ];
}

async function measure(lab: Lab, files: string[], network: Network): Promise<Run> {
  copyFileSync(network.file, join(lab.folder, 'network.onnx'));
  const { result, app, wholeCpu } = await runApp(lab, files, network);
  const threads = result.backend?.threads ?? 1;
  const one = await inferAlone(lab, result, 1, threads);
  const each = await inferAlone(lab, result, threads, 1);
  return { result, app, wholeCpu, whole: result.embedSeconds / result.counts.embedded, one, each };
}

/** The built app, driven as the command drives it; measured between two commits. */
async function runApp(lab: Lab, files: string[], network: Network) {
  const page = await lab.context.newPage();
  const marks: Promise<{ at: number; cpu: number; embedded: number }>[] = [];
  let end: Promise<number> | null = null;
  await page.exposeFunction('benchCommit', (embedded: number, done: boolean) => {
    if (done) end ??= cpuSeconds(lab.context);
    if (embedded < WINDOW[marks.length] * files.length || marks.length === WINDOW.length) return;
    const at = performance.now() / 1000;
    marks.push(cpuSeconds(lab.context).then((cpu) => ({ at, cpu, embedded })));
  });
  await page.addInitScript(() => {
    window.tesseraEvent = (event: HeadlessEvent) => {
      if (event.type !== 'embed') return;
      const { counts, state } = event.progress;
      window.benchCommit(counts.embedded, state === 'done');
    };
  });
  await page.goto(`${await lab.app()}?headless`);
  await page.waitForFunction(() => 'tessera' in window);
  await page.locator('#given').setInputFiles(files);
  await page.evaluate((paths) => window.tessera.take(paths), files.map((file) => basename(file))); // prettier-ignore
  if (network.option.length) await page.locator('#model').setInputFiles(network.file);
  const request: HeadlessRequest = {
    ...{
      model: network.option.length ? 'file' : 'default',
      limit: files.length,
      formats: ['csv'],
      imagesOut: null,
      fieldname: null,
    },
    ...{ resize: 'squash', backend: 'wasm', seed: 1, png: 0, array: null },
    ...{ project: false, saveProject: false, name: network.name },
    ...CLUSTERING,
  };
  const begin = await cpuSeconds(lab.context);
  const outcome = await page.evaluate((asked) => window.tessera.run(asked), request);
  // What was embedded once is never embedded again: a repeat would measure the store.
  const { origin } = new URL(page.url());
  await page.close();
  await (
    await lab.context.newCDPSession(lab.context.pages()[0])
  ).send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  if (!outcome.ok) throw new Error(`${network.name}: ${outcome.error.message}`);
  const [from, to] = await Promise.all(marks);
  const n = to.embedded - from.embedded;
  const { result } = outcome;
  return {
    result,
    app: { seconds: (to.at - from.at) / n, cpu: (to.cpu - from.cpu) / n },
    wholeCpu: ((await end!) - begin) / result.counts.embedded,
  };
}
