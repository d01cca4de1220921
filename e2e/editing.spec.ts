import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { settled, tableOf } from './actions';
import { expect, test } from './fixtures';
import { motifFolders, writeTree } from './make-images';

/** More stops than any screen here has. */
const MOST_STOPS = 400;

/** Gets there as the keyboard does: by Tab, from wherever it is. */
async function reach(target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await target.page().keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not get to ${target.toString()}.`);
}
async function press(target: Locator, key = 'Enter'): Promise<void> {
  await expect(target).toBeEnabled();
  await reach(target);
  await target.page().keyboard.press(key);
}
const undo = (page: Page, what: RegExp): Locator =>
  page.getByRole('banner').getByRole('button', { name: new RegExp(`^Undo: ${what.source}`) });
const cards = (page: Page): Locator => page.getByRole('article');
const clean = async (page: Page): Promise<void> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
};

test('from import to export by keyboard: clusters named, merged, split, filled and emptied; undone, redone, kept', async ({
  page,
  site,
  folder,
}) => {
  const motifs = motifFolders(5);
  writeTree(join(folder, 'photos'), motifs);
  await page.goto(site.url);
  const chooser = page.waitForEvent('filechooser');
  await press(page.getByRole('button', { name: 'Choose files' }));
  await (await chooser).setFiles(Object.keys(motifs).map((path) => join(folder, 'photos', path)));
  await settled(page);
  await page.keyboard.press('2');
  await expect(cards(page).first()).toBeVisible();
  const k = await cards(page).count();

  // Named and merged on its page.
  await press(cards(page).first().getByRole('heading').getByRole('button'));
  const name = page.getByRole('textbox', { name: 'Name' });
  await reach(name);
  await page.keyboard.type('round things');
  await page.keyboard.press('Tab');
  await expect(undo(page, /name cluster 0/)).toBeVisible();
  const edit = page.getByRole('button', { name: 'Edit round things' });
  await press(edit);
  await press(page.getByRole('button', { name: 'Merge with…' }));
  await expect(page.getByText('The nearest first.')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(undo(page, /merge \d+ into 0 \(round things\)/)).toBeVisible();
  await clean(page);

  // Split again, into three.
  await press(edit);
  await press(page.getByRole('button', { name: /^Split…/ }));
  await expect(page.getByRole('spinbutton', { name: 'Into a number of parts' })).toBeFocused();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('3');
  await page.keyboard.press('Enter');
  await expect(undo(page, /split 0 \(round things\) into 3/)).toBeVisible({ timeout: 60_000 });

  // The selection put into a cluster of its own, another into none.
  await press(page.getByRole('button', { name: 'All clusters' }));
  await expect(cards(page)).toHaveCount(k + 1);
  const select = (card: number): Promise<void> =>
    press(
      cards(page)
        .nth(card)
        .getByRole('button', { name: /^Select cluster/ }),
    );
  const moveTo = async (where: string): Promise<void> => {
    await press(page.getByRole('button', { name: 'Move to…' }));
    await press(page.getByRole('button', { name: where }));
  };
  await select(1);
  await moveTo('New cluster');
  await expect(undo(page, /make \d+ images? a new cluster/)).toBeVisible();
  await select(2);
  await moveTo('No cluster (noise)');
  await expect(undo(page, /take \d+ images? out/)).toBeVisible();
  await expect(cards(page)).toHaveCount(k);

  await page.keyboard.press('ControlOrMeta+Z');
  await expect(cards(page)).toHaveCount(k + 1);
  await page.keyboard.press('ControlOrMeta+Shift+Z');
  await expect(cards(page)).toHaveCount(k);

  // Two cards chosen and merged.
  for (const card of [0, 1]) await press(cards(page).nth(card).getByRole('checkbox'), 'Space');
  await press(page.getByRole('button', { name: /^Merge into / }));
  await expect(cards(page)).toHaveCount(k - 1);
  await page.keyboard.press('ControlOrMeta+Z');
  await expect(cards(page)).toHaveCount(k);

  // The next visit finds all of it, and what can be undone and redone.
  await page.reload();
  await settled(page);
  await expect(cards(page)).toHaveCount(k);
  await expect(undo(page, /take \d+ images? out/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Redo: merge/ })).toBeEnabled();

  // The list goes back to any point, and forward.
  await press(page.getByRole('button', { name: 'Edits (5)' }));
  const list = page.getByRole('dialog', { name: 'Edits by hand' });
  await expect(list.getByRole('listitem')).toHaveCount(7);
  await clean(page);
  await press(list.getByRole('button', { name: 'Go to: As it was clustered' }));
  await expect(list.getByRole('listitem').first()).toHaveAttribute('aria-current', 'step');
  await press(list.getByRole('button', { name: /^Go to: take/ }));
  await expect(list.getByText('Measuring')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(cards(page)).toHaveCount(k);

  // The scores of what was made of the clusters, beside those they were fitted with.
  await expect(page.getByText(/Edited to \d+ clusters: Calinski-Harabasz [\d.,]+ \(as fitted/)).toBeVisible();
  const saved = async (item: RegExp): Promise<Record<string, string>[]> => {
    const download = page.waitForEvent('download');
    await press(page.getByRole('button', { name: 'Export' }));
    await press(page.getByRole('button', { name: item }));
    return tableOf(readFileSync(await (await download).path()));
  };
  const scores = (await saved(/^Scores/)).filter(({ edited }) => edited === 'true');
  expect(scores.map((one) => one['k'])).toEqual([String(k)]);
  expect(Number(scores[0]['davies_bouldin'])).toBeGreaterThan(0);

  const labels = await saved(/^Labels/);
  expect(labels).toHaveLength(Object.keys(motifs).length);
  expect(Object.keys(labels[0])).toEqual(['path', 'cluster', 'distance', 'base_cluster', 'edited', 'name']);
  for (const { cluster, base_cluster: base, edited, distance } of labels) {
    expect(edited).toBe(String(cluster !== base));
    expect(cluster === '' || Number(distance) >= 0).toBe(true);
  }
  const filled = new Set(labels.map(({ cluster }) => cluster).filter((cluster) => cluster !== ''));
  expect(filled.size).toBe(k);
  expect(labels.some(({ cluster }) => cluster === '')).toBe(true);
  expect(labels.some(({ edited }) => edited === 'true')).toBe(true);
  for (const { cluster, name: called } of labels) expect(called).toBe(cluster === '0' ? 'round things' : '');
});
