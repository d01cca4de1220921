import { afterEach, expect, it, vi } from 'vitest';
import type { Artifact } from './artifact';
import { save } from './save';

const artifact = (chunks: AsyncIterable<Uint8Array<ArrayBuffer>>): Artifact => ({
  name: 'a.csv',
  type: 'text/csv',
  chunks,
});
async function* parts(...texts: string[]): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (const text of texts) yield new TextEncoder().encode(text);
}

/** A picker that gives a file of the origin's private file system. */
async function pick(): Promise<FileSystemFileHandle> {
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle('picked', { create: true });
  vi.stubGlobal('showSaveFilePicker', async () => handle);
  return handle;
}

/** What is downloaded by a click on a link, instead of downloading it. */
function watchDownloads(): { name: string; text: Promise<string> }[] {
  const seen: { name: string; text: Promise<string> }[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    seen.push({ name: this.download, text: fetch(this.href).then((response) => response.text()) });
  });
  return seen;
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it('writes into the chosen file as it is made', async () => {
  const handle = await pick();
  expect(await save(artifact(parts('one,', 'two')))).toBe(true);
  expect(await (await handle.getFile()).text()).toBe('one,two');
});

it('leaves the chosen file as it was when making fails', async () => {
  const handle = await pick();
  await save(artifact(parts('before')));
  async function* broken() {
    yield* parts('half');
    throw new Error('the image is gone');
  }
  await expect(save(artifact(broken()))).rejects.toThrow('the image is gone');
  expect(await (await handle.getFile()).text()).toBe('before');
});

it('does nothing when the person closes the dialog', async () => {
  const downloads = watchDownloads();
  vi.stubGlobal('showSaveFilePicker', async () => {
    throw new DOMException('closed', 'AbortError');
  });
  expect(await save(artifact(parts('x')))).toBe(false);
  expect(downloads).toEqual([]);
});

it.each([
  ['the browser has no dialog', undefined],
  ['the dialog is not allowed', () => Promise.reject(new DOMException('no', 'SecurityError'))],
])('hands it over as a download when %s', async (_, picker) => {
  const downloads = watchDownloads();
  vi.stubGlobal('showSaveFilePicker', picker);
  expect(await save(artifact(parts('one', 'two')))).toBe(true);
  expect(downloads.map(({ name }) => name)).toEqual(['a.csv']);
  expect(await downloads[0].text).toBe('onetwo');
});
