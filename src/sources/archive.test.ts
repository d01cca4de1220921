import { BlobWriter, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ARCHIVE_LIMITS, isArchive, listArchive } from './archive';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const blobOf = (bytes: Uint8Array): Blob => new Blob([new Uint8Array(bytes)]);

/** The archive with some of its bytes changed. */
function altered(bytes: Uint8Array, at: number, to: number[]): Blob {
  const copy = bytes.slice();
  copy.set(to, at);
  return blobOf(copy);
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array): number {
  return bytes.findIndex((_, i) => wanted.every((byte, j) => bytes[i + j] === byte));
}

describe('listArchive', () => {
  it('lists files, not folders, and unpacks one at a time', async () => {
    const zip = zipSync({ a: { 'é 🦋.txt': text('one') }, 'empty/': new Uint8Array(), 'b.txt': text('two') });
    const entries = await listArchive(blobOf(zip));
    expect(entries.map(({ path, size, skip }) => [path, size, skip])).toEqual([
      ['a/é 🦋.txt', 3, undefined],
      ['b.txt', 3, undefined],
    ]);
    expect(await (await entries[1].read()).text()).toBe('two');
    expect(await (await entries[0].read()).text()).toBe('one');
  });

  it('gives equal names as two entries', async () => {
    const twice = zipSync({ 'a.txt': text('first'), 'b.txt': text('other') });
    for (let at = 0; at < twice.length; at++) if (twice[at] === 98 && twice[at + 1] === 46) twice[at] = 97;
    const entries = await listArchive(blobOf(twice));
    expect(entries.map(({ path }) => path)).toEqual(['a.txt', 'a.txt']);
    expect(await Promise.all(entries.map(async ({ read }) => (await read()).text()))).toEqual([
      'first',
      'other',
    ]);
  });

  it.each([
    ['no archive', text('hello, this is text')],
    ['nothing', new Uint8Array()],
    ['one cut short', zipSync({ 'a.txt': text('a'.repeat(500)) }).slice(0, 30)],
  ])('refuses %s with a reason', async (_, bytes) => {
    await expect(listArchive(blobOf(bytes))).rejects.toMatchObject({
      code: 'archive',
      params: { reason: expect.stringMatching(/\w/) },
    });
  });

  it('marks encrypted entries and archives within', async () => {
    const writer = new ZipWriter(new BlobWriter());
    await writer.add('secret.txt', new Uint8ArrayReader(text('x')), { password: 'p' });
    await writer.add('inner.ZIP', new Uint8ArrayReader(zipSync({ a: text('x') })));
    const entries = await listArchive(await writer.close());
    expect(entries.map(({ skip }) => skip)).toEqual([
      { code: 'archive', detail: 'encrypted' },
      { code: 'archive', detail: 'an archive within an archive' },
    ]);
  });

  it('tells a damaged entry by its checksum when it is read', async () => {
    const zip = zipSync({ 'a.txt': [text('stored as it is'), { level: 0 }], 'b.txt': text('fine') });
    const at = indexOf(zip, text('stored'));
    const entries = await listArchive(altered(zip, at, [88]));
    await expect(entries[0].read()).rejects.toThrow(/\w/);
    expect(await (await entries[1].read()).text()).toBe('fine');
  });

  it('stops an entry that unpacks to more than it declares', async () => {
    const zip = zipSync({ 'a.txt': text('a'.repeat(100_000)) });
    const size = [...new Uint8Array(new Uint32Array([10]).buffer)];
    const central = indexOf(zip, new Uint8Array([0x50, 0x4b, 1, 2]));
    const [entry] = await listArchive(altered(zip, central + 24, size));
    expect(entry.size).toBe(10);
    await expect(entry.read()).rejects.toThrow(/\w/);
  });

  it('keeps bounds on number, size and ratio', async () => {
    const zip = blobOf(zipSync({ 'a.txt': text('a'.repeat(50_000)), 'b.txt': text('b') }));
    await expect(listArchive(zip, { ...ARCHIVE_LIMITS, entries: 1 })).rejects.toMatchObject({
      code: 'archive',
    });
    const [big] = await listArchive(zip, { ...ARCHIVE_LIMITS, bytes: 1000 });
    expect(big.skip).toEqual({ code: 'archive', detail: 'unpacks to 50000 bytes' });
    const [bomb, fine] = await listArchive(zip, { ...ARCHIVE_LIMITS, ratio: 100, ratioFrom: 1000 });
    expect(bomb.skip?.detail).toMatch(/^unpacks to \d+ times its size$/);
    expect(fine.skip).toBeUndefined();
  });
});

it('knows archives by name', () => {
  expect(
    ['a.zip', 'b/A.ZIP', 'a.zip.png', 'zip', 'a.tar', 'a.tar.gz', 'a.TGZ', 'a.gz'].map(isArchive),
  ).toEqual([true, true, false, false, true, true, true, false]);
});
