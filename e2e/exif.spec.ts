import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { counts, drop, imagesInBar } from './actions';
import { expect, test } from './fixtures';
import { writeTree } from './make-images';

const golden = JSON.parse(readFileSync('test/golden/exif.json', 'utf8')) as { name: string; file: string }[];

test('what pictures say of themselves becomes columns, and damage to it costs no picture', async ({
  page,
  site,
  folder,
}) => {
  const bytes = new Map(golden.map(({ name, file }) => [name, Buffer.from(file, 'base64')]));
  const damaged = Buffer.from(bytes.get('big-endian.jpg')!);
  damaged.fill(0xff, 40, 140);
  writeTree(join(folder, 'camera'), { ...Object.fromEntries(bytes), 'damaged.jpg': damaged });
  await page.goto(site.url);
  await drop(page, join(folder, 'camera'));
  await imagesInBar(page, golden.length + 1);
  expect(await counts(page)).toMatchObject({ Embedded: golden.length + 1, Skipped: 0 });
  const columns = page.getByRole('region', { name: 'Columns' });
  for (const [name, type] of [
    ['date taken', 'date'],
    ['camera model', 'text'],
    ['latitude', 'number'],
    ['longitude', 'number'],
    ['exposure time (s)', 'number'],
    ['ISO', 'number'],
  ])
    await expect(
      columns.getByRole('row', { name: new RegExp(`^${name.replace(/[()]/g, '\\$&')} ${type}`) }),
    ).toHaveCount(1);
});
