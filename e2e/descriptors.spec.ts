import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { lacks, shared } from '../test/shared';
import { drop, exportedTable, imagesInBar, open, settled } from './actions';
import { expect, test } from './fixtures';

const SET = shared('data/vehicles');
const file = (name: string): string => join(SET!, name);
test.skip(!SET, lacks('data/vehicles'));

test('vectors of absent images are clustered, another set beside them, and the pictures come later', async ({
  page,
}) => {
  test.setTimeout(300_000);
  await page.goto('/');
  await drop(page, file('mobilenetv2.npy'), file('images_paths.csv'));
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('500 vectors of')).toBeVisible();
  await expect(dialog.getByText('All numbers are finite.')).toBeVisible();
  await expect(dialog.getByRole('radio', { name: /images_paths\.csv/ })).toBeChecked();
  await expect(dialog.getByRole('checkbox', { name: /by path alone/ })).toBeChecked();
  expect((await new AxeBuilder({ page }).include('dialog').analyze()).violations).toEqual([]);
  await dialog.getByRole('button', { name: 'Use these vectors' }).click();
  // The list is not asked about as a table as well.
  await expect(dialog).toHaveCount(0, { timeout: 60_000 });
  await imagesInBar(page, 500);
  await settled(page);
  // Nothing was left over from another visit.
  await expect(page.getByText('The unfinished run goes on')).toHaveCount(0);
  const labels = await exportedTable(page, /labels/i);
  expect(labels).toHaveLength(500);
  expect(labels.every(({ cluster }) => cluster !== '')).toBe(true);

  await drop(page, file('resnet18.pickle'), file('images_paths.csv'));
  await expect(dialog.getByText('500 of 500 images have a vector here.')).toBeVisible({ timeout: 30_000 });
  await dialog.getByRole('button', { name: 'Use these vectors' }).click();
  await expect(dialog).toHaveCount(0, { timeout: 60_000 });
  await settled(page);

  // Switched from whatever screen is open, by keyboard, and back.
  const project = page.getByRole('banner').getByRole('button', { name: 'mobilenetv2', exact: true });
  const choice = page.getByRole('group', { name: 'Descriptor' });
  const inUse = choice.locator('[aria-current=true]');
  for (const screen of ['Clusters', 'Data'] as const) {
    await open(page, screen);
    await project.focus();
    await page.keyboard.press('Enter');
    const wanted = screen === 'Clusters' ? 'mobilenetv2.npy' : 'resnet18.pickle';
    await expect(inUse).not.toContainText(wanted);
    await choice.getByRole('button', { name: wanted }).press('Enter');
    await expect(choice).toHaveCount(0);
    await expect(project).toBeFocused();
    await open(page, 'Map');
    await settled(page);
    expect((await exportedTable(page, /labels/i)).length).toBe(500);
  }
  await project.click();
  await expect(inUse).toContainText('resnet18.pickle');
  await expect(inUse).toContainText('500 of 500 images');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.keyboard.press('Escape');

  await open(page, 'Settings');
  await expect(page.getByText('In this project')).toBeVisible();
  await page.getByRole('button', { name: 'Use: mobilenetv2.npy' }).click();
  await expect(page.getByRole('button', { name: 'Use: resnet18.pickle' })).toBeVisible();
  await open(page, 'Map');
  await settled(page);
  expect(await exportedTable(page, /labels/i)).toEqual(labels);
  await open(page, 'Settings');
  await page.getByRole('button', { name: 'Remove “resnet18.pickle”' }).click();
  await expect(page.getByRole('button', { name: 'Use: resnet18.pickle' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect(page.getByRole('button', { name: 'Use: resnet18.pickle' })).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await open(page, 'Map');
  await drop(page, file('images'));
  await expect(page.locator('aside img').first()).toBeVisible({ timeout: 60_000 });
  await imagesInBar(page, 500);
  await page.screenshot({ path: test.info().outputPath('map.png') });
});
