import { copyFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { HeadlessResult } from '../src/app/headless';
import type { NetworkSpec } from '../src/domain/spec';
import { cpuSeconds } from './cpu';
import type { Lab } from './lab';

/** What the app's WASM sessions take at once. */
export const BATCH = 8;
/** The rate of `session.run` is steady: a few batches tell it. */
const IMAGES = 128;
const DECODED = 100;
const ROUNDS = 4;

export interface Alone {
  /** Seconds an image. */
  seconds: number;
  /** Core-seconds an image. */
  cpu: number;
}

/** `session.run` alone, on the network as the app ran it: so many networks side by side, so many threads each. */
export async function inferAlone(
  lab: Lab,
  result: HeadlessResult,
  networks: number,
  threads: number,
): Promise<Alone> {
  const { layer, pool, input } = result.spec as NetworkSpec;
  const page = await lab.open('inference');
  const task = { model: 'network.onnx', layer, pool, input, threads, batch: BATCH, images: IMAGES };
  await page.evaluate(([t, n]) => window.loadNetworks(t, n), [task, networks] as const);
  const before = await cpuSeconds(lab.context);
  const seconds = await page.evaluate(() => window.runNetworks());
  const cpu = (await cpuSeconds(lab.context)) - before;
  await page.close();
  const images = networks * IMAGES;
  return { seconds: seconds / images, cpu: cpu / images };
}

/** Core-seconds that the browser takes to decode a picture from its bytes, and nothing else. */
export async function decodeAlone(lab: Lab, files: readonly string[]): Promise<number> {
  const some = files.slice(0, DECODED);
  some.forEach((file) => copyFileSync(file, join(lab.folder, basename(file))));
  const page = await lab.open('decode');
  await page.evaluate((names) => window.loadPictures(names), some.map((file) => basename(file))); // prettier-ignore
  const before = await cpuSeconds(lab.context);
  await page.evaluate((rounds) => window.decodePictures(rounds), ROUNDS);
  const cpu = (await cpuSeconds(lab.context)) - before;
  await page.close();
  return cpu / (some.length * ROUNDS);
}
