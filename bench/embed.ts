import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { readInput } from '../cli/given';
import type { HeadlessEvent, HeadlessResult } from '../src/app/headless';
import type { NetworkSpec } from '../src/domain/spec';
import type { Lab } from './lab';
import { withMaterial, type DataSet, type Network } from './material';
import { median, round, type Cell, type Result } from './report';

declare global {
  interface Window {
    /** When the network was ready and when the last batch was committed, in ms. */
    benchTimes: { ready: number; done: number };
  }
}

const STAGES = ['read', 'decode', 'resize', 'infer', 'store'] as const;
/** What the app's WASM sessions take at once. */
const BATCH = 8;
/** The rate of `session.run` is steady: a few batches tell it. */
const PURE_IMAGES = 64;

interface Run {
  result: HeadlessResult;
  /** Seconds from the ready network to the last commit, and with its start. */
  steady: number;
  whole: number;
  /** Seconds an image of `session.run` alone. */
  pure: number;
}

/** Files to committed embeddings in the app, beside `session.run` alone with the same network, threads and batch. */
export function benchEmbed(lab: Lab, images: number, repeats: number): Promise<Result> {
  return withMaterial(async ({ sets, networks }) => {
    const rates: Cell[][] = [];
    const stages: Cell[][] = [];
    for (const network of networks)
      for (const set of sets) {
        const runs: Run[] = [];
        for (let i = 0; i < repeats; i++) runs.push(await measure(lab, set, network, images));
        rates.push([set.name, network.name, ...rateCells(runs)]);
        const { result, whole } = runs[0];
        stages.push([set.name, network.name, ...STAGES.map((s) => round(result.stages[s])), round(whole)]);
      }
    const rateColumns = ['images', 'threads', 'session.run', 'app', 'ratio', 'app with start', 'its ratio'];
    return {
      name: 'embed',
      tables: [
        {
          title: `Images a second on WASM, batches of ${BATCH} (median of ${repeats}; goal: ratio at least 0.85)`,
          columns: ['images of', 'network', ...rateColumns],
          rows: rates,
        },
        {
          title: 'Seconds by stage, summed over the workers of each, and the time that passed',
          columns: ['images of', 'network', ...STAGES, 'passed'],
          rows: stages,
        },
      ],
    };
  });
}

function rateCells(runs: Run[]): Cell[] {
  const { result } = runs[0];
  const { embedded } = result.counts;
  const rate = (seconds: (run: Run) => number) => round(median(runs.map((run) => embedded / seconds(run))));
  const ratio = (seconds: (run: Run) => number) =>
    round(median(runs.map((run) => (run.pure * embedded) / seconds(run))));
  return [
    embedded,
    result.backend?.threads ?? 1,
    rate((run) => run.pure * embedded),
    rate((run) => run.steady),
    ratio((run) => run.steady),
    rate((run) => run.whole),
    ratio((run) => run.whole),
  ];
}

async function measure(lab: Lab, set: DataSet, network: Network, images: number): Promise<Run> {
  copyFileSync(network.file, join(lab.folder, 'network.onnx'));
  const { result, steady } = await runApp(lab, set, network, images);
  const pure = await runAlone(lab, result);
  return { result, steady, whole: result.embedSeconds, pure };
}

/** Seconds an image of `session.run` alone, on the network as the app ran it. */
async function runAlone(lab: Lab, { spec, backend }: HeadlessResult): Promise<number> {
  const { layer, pool, input } = spec as NetworkSpec;
  const threads = backend?.threads ?? 1;
  const page = await lab.open('inference');
  const task = { model: 'network.onnx', layer, pool, input, threads, batch: BATCH, images: PURE_IMAGES };
  const { seconds, images } = await page.evaluate((t) => window.infer(t), task);
  await page.close();
  return seconds / images;
}

/** The built app, driven as the command drives it. */
async function runApp(lab: Lab, set: DataSet, network: Network, images: number) {
  const page = await lab.context.newPage();
  await page.addInitScript(() => {
    window.benchTimes = { ready: NaN, done: NaN };
    window.tesseraEvent = (event: HeadlessEvent) => {
      if (event.type === 'backend') window.benchTimes.ready = performance.now();
      if (event.type === 'embed' && event.progress.state === 'done')
        window.benchTimes.done = performance.now();
    };
  });
  await page.goto(`${await lab.app()}?headless`);
  await page.waitForFunction(() => 'tessera' in window);
  const { files } = await readInput(set.source, images);
  await page.locator('#given').setInputFiles(files.map(({ disk }) => disk));
  await page.evaluate((paths) => window.tessera.take(paths), files.map(({ path }) => path)); // prettier-ignore
  if (network.option.length) await page.locator('#model').setInputFiles(network.file);
  const answer = await page.evaluate(
    async ([model, limit]) => {
      const options = { resize: 'squash', backend: 'wasm', seed: 1, k: 2 } as const;
      const outcome = await window.tessera.run({ model, limit, ...options });
      return { outcome, times: window.benchTimes };
    },
    [network.option.length ? 'file' : 'default', images] as const,
  );
  // What was embedded once is never embedded again: a repeat would measure the store.
  const { origin } = new URL(page.url());
  await page.close();
  await (
    await lab.context.newCDPSession(lab.context.pages()[0])
  ).send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  if (!answer.outcome.ok) throw new Error(`${set.name}, ${network.name}: ${answer.outcome.error.message}`);
  const { ready, done } = answer.times;
  return { result: answer.outcome.result, steady: (done - ready) / 1000 };
}
