import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { counts, drop, exportedTable, imagesInBar, open, settled } from './actions';
import { expect, test } from './fixtures';
import { jpeg, MOTIFS, png } from './make-images';

interface Detection {
  id: number;
  timestamp: number;
  device: string;
  picture: string;
}

/** Drawn pictures as records, with the time and the device of each. */
function detections(count: number, from = 0): Detection[] {
  const motifs = Object.values(MOTIFS);
  return Array.from({ length: count }, (_, i) => {
    const draw = i % 2 ? png : jpeg;
    const picture = draw(64, 64, motifs[i % motifs.length](Math.floor(i / motifs.length)));
    return {
      id: from + i,
      timestamp: 1543635503263 + i * 60_000,
      device: `detector ${i % 3}`,
      picture: picture.toString('base64'),
    };
  });
}

const lines = (records: readonly object[]): string =>
  records.map((record) => JSON.stringify(record)).join('\n');

test('a JSON file: the field is confirmed, its pictures are clustered, and bad records are named', async ({
  page,
  site,
  folder,
}) => {
  const rays = join(folder, 'rays.json');
  const good = detections(60);
  const bad = [
    { id: 'none', device: 'detector 9' },
    { id: 'spoilt', picture: '%%%%' },
  ];
  const all = [...good.slice(0, 20), bad[0], ...good.slice(20, 40), bad[1], ...good.slice(40)];
  writeFileSync(rays, `{"detections": [\n${all.map((one) => JSON.stringify(one)).join(',\n')}\n]}`);

  await page.goto(site.url);
  await drop(page, rays);
  const dialog = page.getByRole('dialog', { name: 'rays.json' });
  await expect(dialog.getByText('Records under “detections” · about 62 records')).toBeVisible();
  const field = dialog.getByRole('combobox', { name: /Field that holds the picture/ });
  await expect(field).toHaveValue('picture');
  await expect(dialog.getByRole('list', { name: 'First pictures' }).getByRole('img')).toHaveCount(8);
  await expect(dialog.getByText('20 of the first 20 records have a picture')).toBeVisible();
  await expect(dialog.getByRole('listitem').filter({ hasText: /^(id|timestamp|device)$/ })).toHaveCount(3);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations).toEqual([]);
  }

  await field.selectOption('device');
  await expect(dialog.getByRole('alert')).toContainText(
    'None of the first 20 records has a picture in “device”.',
  );
  await expect(dialog.getByRole('button', { name: /^Take/ })).toBeDisabled();
  await field.selectOption('picture');
  await dialog.getByRole('button', { name: /^Take about 6\d images$/ }).click();
  await expect(dialog).toBeHidden();

  await imagesInBar(page, 60);
  await settled(page);
  expect(await page.title()).toBe('rays · Tessera');
  const expected = { 'Files dropped': 62, Embedded: 60, Skipped: 2, Missing: 0, Waiting: 0 };
  expect(await counts(page)).toMatchObject(expected);
  const skipped = page.getByRole('region', { name: 'Skipped files' }).getByRole('row');
  await expect(skipped.filter({ hasText: 'rays/none' })).toContainText(
    'line 22: no text in the field picture',
  );
  await expect(skipped.filter({ hasText: 'rays/spoilt' })).toContainText(
    'line 43: byte 0 of the text is not base64',
  );
  const labels = await exportedTable(page, /^Labels/);
  expect(labels).toHaveLength(60);
  expect(labels.map(({ path }) => path).slice(0, 2)).toEqual(['rays/0.jpg', 'rays/1.png']);

  await page.reload();
  await imagesInBar(page, 60);
  expect(await counts(page)).toMatchObject(expected);

  // Dropped again, it is found again.
  await drop(page, rays);
  await dialog.getByRole('radio', { name: 'Add to “rays”' }).check();
  await dialog.getByRole('button', { name: /^Take/ }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('region', { name: 'Messages' }).getByText(/^62 files · /)).toBeVisible();
  await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 60_000 });
  expect(await counts(page)).toMatchObject({ ...expected, Duplicates: 0 });
});

test('several JSON files at once: one dialog after the other, each a project of its own', async ({
  page,
  site,
  folder,
}) => {
  const a = join(folder, 'a.ndjson');
  const b = join(folder, 'b.ndjson');
  writeFileSync(a, lines(detections(12)));
  writeFileSync(
    b,
    lines(detections(9).map((record) => ({ _index: 'rays', _id: `d${record.id}`, _source: record }))),
  );
  await page.goto(site.url);
  await drop(page, a, b);
  const first = page.getByRole('dialog', { name: 'a.ndjson' });
  await expect(first.getByText('A record on every line (NDJSON) · 12 records')).toBeVisible();
  await first.getByRole('button', { name: 'Take 12 images' }).click();
  const second = page.getByRole('dialog', { name: 'b.ndjson' });
  await expect(second.getByText(/elasticdump\) · 9 records/)).toBeVisible();
  await imagesInBar(page, 12);
  await second.getByRole('radio', { name: 'New project “b”' }).check();
  await second.getByRole('button', { name: 'Take 9 images' }).click();
  await imagesInBar(page, 9);
  await settled(page);
  expect(await page.title()).toBe('b · Tessera');
  expect((await exportedTable(page, /^Labels/)).map(({ path }) => path)).toContain('b/d0.jpg');
  await open(page, 'Projects');
  await expect(page.getByText('12 images').first()).toBeVisible();
});
