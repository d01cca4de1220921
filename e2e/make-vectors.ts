import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { Random } from '../src/analysis/random';
import { npyOf } from '../src/exports/npy';
import { drop, kSlider } from './actions';

const DIMENSION = 16;
const GROUPS = 12;
const CLUSTERING = 300_000;

/** Rows around a few centres, group by group in turn; the same ones each time. */
function blobs(n: number): Float32Array {
  const random = new Random(1);
  const centres = Float32Array.from({ length: GROUPS * DIMENSION }, () => 10 * random.float());
  return Float32Array.from({ length: n * DIMENSION }, (_, i) => {
    const group = Math.floor(i / DIMENSION) % GROUPS;
    return centres[group * DIMENSION + (i % DIMENSION)] + random.normal();
  });
}

/** Drops `n` vectors of images that are not there onto the open page, and waits until they are clustered. */
export async function dropVectors(page: Page, folder: string, n: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const paths = Array.from({ length: n }, (_, i) => `set/part-${i % 5}/${i}.png`);
  writeFileSync(join(folder, 'vectors.npy'), npyOf([n, DIMENSION], blobs(n)));
  writeFileSync(join(folder, 'images_paths.csv'), ['paths', ...paths].join('\n'));
  await drop(page, join(folder, 'vectors.npy'), join(folder, 'images_paths.csv'));
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Use these vectors' }).click();
  await expect(dialog).toHaveCount(0, { timeout: 60_000 });
  await expect(kSlider(page)).toBeVisible({ timeout: CLUSTERING });
  await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: CLUSTERING });
}
