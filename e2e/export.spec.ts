import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import type { Table } from '../src/domain/table';
import { textAt } from '../src/domain/table';
import { parseCsv } from '../src/exports/csv';
import { readTable } from '../src/sources/table/read-table';
import { openDescriptors } from '../src/sources/vectors/open';
import { drop, settled } from './actions';
import { expect, test } from './fixtures';
import { motifFolders, writeTree } from './make-images';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function opened(page: Page, url: string, folder: string): Promise<Record<string, Buffer>> {
  const motifs = motifFolders(4) as Record<string, Buffer>;
  const first = Object.keys(motifs)[0];
  // A path that a spreadsheet would run, and a file with the bytes of another.
  const files = { ...motifs, '=cmd/again.jpg': motifs[first] };
  writeTree(join(folder, 'photos'), files);
  await page.goto(url);
  await drop(page, join(folder, 'photos'));
  await settled(page);
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('button', { name: /^More ways to export/ }).click();
  await expect(page.getByRole('heading', { name: 'Export', level: 1 })).toBeVisible();
  return Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`photos/${path}`, bytes]));
}

const form = (page: Page): Locator => page.getByRole('form', { name: 'Export' });
const choose = (page: Page, group: string, option: string | RegExp): Promise<void> =>
  form(page).getByRole('group', { name: group }).getByRole('radio', { name: option }).check();

async function saved(page: Page): Promise<File> {
  const download = page.waitForEvent('download');
  await form(page).getByRole('button', { name: 'Save' }).click();
  const done = await download;
  return new File([readFileSync(await done.path())], done.suggestedFilename());
}

const recordsOf = ({ n, columns }: Table): Record<string, string>[] =>
  Array.from({ length: n }, (_, row) =>
    Object.fromEntries(columns.map((column) => [column.name, textAt(column, row)])),
  );

test('a table with chosen columns, the same as CSV and as Parquet with its vectors', async ({
  page,
  site,
  folder,
}) => {
  const files = await opened(page, site.url, folder);
  const columns = form(page).getByRole('group', { name: 'Columns' });
  for (const name of ['sha256', 'duplicate_of', 'class'])
    await columns.getByLabel(name, { exact: true }).check();
  await columns.getByLabel('distance', { exact: true }).uncheck();
  await form(page)
    .getByLabel(/^Also 1 file with the bytes/)
    .check();
  const preview = page.getByRole('region', { name: 'Preview' });
  await expect(preview.getByRole('columnheader')).toHaveText([
    'path',
    'duplicate_of',
    'sha256',
    'cluster',
    'cluster_name',
    'class',
  ]);
  await expect(preview.getByRole('row')).toHaveCount(9);
  await expect(form(page).getByText(/^about \d/)).toBeVisible();

  await form(page).getByLabel('Leave text exactly as it is').check();
  const csvFile = await saved(page);
  expect(csvFile.name).toBe('photos - images.csv');
  const fromCsv = recordsOf(await readTable(csvFile));
  expect(fromCsv.map(({ path }) => path).sort()).toEqual(Object.keys(files).sort());
  for (const record of fromCsv) expect(record['sha256']).toBe(sha256(files[record['path']]));
  const twin = fromCsv.filter((record) => record['duplicate_of'] !== '');
  expect(twin).toHaveLength(1);
  expect(files[twin[0]['path']].equals(files[twin[0]['duplicate_of']])).toBe(true);

  // As it is, text that would run is held back.
  await form(page).getByLabel('Leave text exactly as it is').uncheck();
  const [header, ...held] = parseCsv(await (await saved(page)).text());
  expect(held.map((cells) => cells[header.indexOf('sha256')])).toEqual(fromCsv.map((one) => one['sha256']));

  await choose(page, 'Format', /^Parquet/);
  await form(page)
    .getByLabel(/^With the vector/)
    .check();
  const parquet = await saved(page);
  expect(parquet.name).toBe('photos - images.parquet');
  expect(recordsOf(await readTable(parquet))).toEqual(fromCsv);
  const inTable = await openDescriptors(parquet);
  expect([inTable.n, inTable.d]).toEqual([fromCsv.length, 256]);

  await choose(page, 'What', /^Vectors/);
  const npyFile = await openDescriptors(await saved(page).then(async (file) => file));
  const vectors: number[][] = [];
  for await (const { data, n } of npyFile.blocks())
    for (let i = 0; i < n; i++) vectors.push([...data.subarray(i * 256, (i + 1) * 256)]);
  const paths = fromCsv.filter((one) => one['duplicate_of'] === '').map(({ path }) => path);
  expect(vectors).toHaveLength(paths.length);
  for await (const { data, n, row0 } of inTable.blocks())
    for (let i = 0; i < n; i++) {
      const { path, duplicate_of } = fromCsv[row0 + i];
      expect([...data.subarray(i * 256, (i + 1) * 256)]).toEqual(
        vectors[paths.indexOf(duplicate_of || path)],
      );
    }

  const axe = await new AxeBuilder({ page }).analyze();
  expect(axe.violations).toEqual([]);
});

test('images by cluster as a ZIP, with a list that says where each came from', async ({
  page,
  site,
  folder,
}) => {
  const files = await opened(page, site.url, folder);
  await choose(page, 'What', /^Images/);
  await form(page).getByLabel('Only the most typical of each cluster').check();
  await form(page).getByRole('spinbutton').fill('2');
  const zip = unzipSync(new Uint8Array(await (await saved(page)).arrayBuffer()));
  const [header, ...records] = parseCsv(Buffer.from(zip['manifest.csv']).toString());
  expect(header).toEqual(['path', 'target', 'sha256', 'cluster', 'cluster_name', 'state']);
  const written = records.filter(([, , , , , state]) => state === 'written');
  expect(written.map(([, target]) => target).sort()).toEqual(
    Object.keys(zip)
      .filter((name) => name !== 'manifest.csv')
      .sort(),
  );
  const clusters = new Map<string, number>();
  for (const [path, target, hash, cluster] of written) {
    expect(Buffer.from(zip[target]).equals(files[path])).toBe(true);
    expect(hash).toBe(sha256(files[path]));
    expect(target.startsWith(`cluster ${cluster}/`)).toBe(true);
    clusters.set(cluster, (clusters.get(cluster) ?? 0) + 1);
  }
  expect(clusters.size).toBeGreaterThan(1);
  expect(Math.max(...clusters.values())).toBeLessThanOrEqual(2);
});

test('images into a folder that holds some already: nothing is written over, all of it is listed', async ({
  page,
  site,
  folder,
}) => {
  await page.addInitScript(() => {
    // The dialog of the system cannot be answered here: the page's own file system is a real folder to write into.
    Object.assign(window, {
      showDirectoryPicker: async () => {
        const root = await navigator.storage.getDirectory();
        return root.getDirectoryHandle('picked', { create: true });
      },
    });
  });
  const files = await opened(page, site.url, folder);
  const taken = Object.keys(files)[0];
  await page.evaluate(async (path) => {
    let at = await (await navigator.storage.getDirectory()).getDirectoryHandle('picked', { create: true });
    const parts = path.split('/');
    const write = async (folder: FileSystemDirectoryHandle, name: string): Promise<void> => {
      const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await stream.write('was here before');
      await stream.close();
    };
    await write(at, 'manifest.csv');
    for (const part of parts.slice(0, -1)) at = await at.getDirectoryHandle(part, { create: true });
    await write(at, parts[parts.length - 1]);
  }, taken);

  await choose(page, 'What', /^Images/);
  await choose(page, 'Format', /^Folder/);
  await choose(page, 'Folders', 'As they came');
  await form(page).getByRole('button', { name: 'Choose a folder' }).click();
  const said = page.getByRole('region', { name: 'Messages' });
  await expect(said.getByText(/images copied, listed in manifest \(2\)\.csv/)).toBeVisible();

  const found = await page.evaluate(async () => {
    const all: Record<string, string> = {};
    async function walk(folder: FileSystemDirectoryHandle, path: string): Promise<void> {
      for await (const [name, handle] of folder.entries())
        if (handle.kind === 'directory') await walk(handle as FileSystemDirectoryHandle, `${path}${name}/`);
        else {
          const bytes = new Uint8Array(
            await (await (handle as FileSystemFileHandle).getFile()).arrayBuffer(),
          );
          all[path + name] = btoa(String.fromCharCode(...bytes));
        }
    }
    const root = await navigator.storage.getDirectory();
    await walk(await root.getDirectoryHandle('picked'), '');
    return all;
  });
  const bytesAt = (path: string): Buffer => Buffer.from(found[path], 'base64');
  expect(bytesAt(taken).toString()).toBe('was here before');
  expect(bytesAt('manifest.csv').toString()).toBe('was here before');
  const [, ...records] = parseCsv(bytesAt('manifest (2).csv').toString());
  expect(records.map(([path]) => path).sort()).toEqual(Object.keys(files).sort());
  const targets = records.filter(([, , , , , state]) => state !== 'same').map(([, target]) => target);
  expect([...targets, taken, 'manifest.csv', 'manifest (2).csv'].sort()).toEqual(Object.keys(found).sort());
  for (const [path, target, hash, , , state] of records) {
    expect(bytesAt(target).equals(files[path])).toBe(true);
    expect(hash).toBe(sha256(files[path]));
    expect(['written', 'renamed', 'same']).toContain(state);
  }
  expect(records.filter(([, , , , , state]) => state === 'renamed')).toHaveLength(
    records.some(([path, , , , , state]) => path === taken && state === 'same') ? 0 : 1,
  );
});
