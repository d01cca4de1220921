import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { anyDamage, damaged } from '../../../test/damage';
import { TesseraError } from '../../domain/errors';
import { listArchive } from '../archive';
import { ARCHIVE_LIMITS, type ArchiveEntry } from './entry';

const golden = JSON.parse(readFileSync('test/golden/archives.json', 'utf8')) as Record<string, string>;
const archive = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(gunzipSync(Buffer.from(golden[name], 'base64')));
const list = (bytes: Uint8Array<ArrayBuffer>, limits = ARCHIVE_LIMITS): Promise<ArchiveEntry[]> =>
  listArchive(new Blob([bytes]), limits);
const textOf = async (entry: ArchiveEntry): Promise<string> => (await entry.read()).text();

const THREE = 'three'.repeat(300);
const FILES = [
  ['a/é 🦋.txt', 'one'],
  ['a/b/empty.txt', ''],
  ['c.txt', THREE],
];
const LONG = `long/${'n'.repeat(120)}/${'m'.repeat(120)}.txt`;

async function contents(entries: ArchiveEntry[]): Promise<string[][]> {
  const files: string[][] = [];
  for (const entry of entries) if (!entry.skip) files.push([entry.path, await textOf(entry)]);
  return files;
}

describe('what other archivers wrote', () => {
  it.each([
    ['ustar.tar', [[`${'p'.repeat(90)}/${'q'.repeat(90)}.txt`, 'split'], ...FILES]],
    ['gnu.tar', [[LONG, 'long'], ...FILES]],
    ['pax.tar', [[LONG, 'long'], ...FILES]],
    ['plain.tgz', FILES],
    ['zip64.zip', FILES],
    ['streamed.zip', FILES],
    ['stored.zip', FILES],
  ])('%s', async (name, files) => {
    const entries = await list(archive(name));
    expect(await contents(entries)).toEqual(files);
    if (!name.endsWith('.zip'))
      expect(entries.at(-1)).toMatchObject({ path: 'link.txt', skip: { code: 'archive', detail: 'a link' } });
  });

  it('reads times, those of PAX to the millisecond', async () => {
    expect((await list(archive('gnu.tar')))[0].modified).toBe(1_600_000_000_000);
    expect((await list(archive('pax.tar')))[0].modified).toBe(1_600_000_000_500);
  });

  it.each(['sparse-gnu.tar', 'sparse-pax.tar'])(
    'refuses the sparse file of %s and reads what follows',
    async (name) => {
      const entries = await list(archive(name));
      expect(entries[0].skip?.detail).toContain('sparse');
      expect(await contents(entries)).toEqual([['after.txt', 'after']]);
    },
  );

  it.each([
    ['cp437.zip', 'CP437', ['Café/Übung.txt', 'naïve façade.txt']],
    ['windows-1252.zip', 'windows-1252', ['Café/Übung.txt', 'naïve façade.txt']],
    ['shift-jis.zip', 'Shift_JIS', ['写真/テスト画像.txt', '表示.txt']],
    ['windows-1251.zip', 'windows-1251', ['Снимки/Частица 12.txt', 'ФОТО.txt']],
    ['ibm866.zip', 'IBM866', ['Снимки/Частица 12.txt', 'папка.txt']],
    ['utf-8.zip', undefined, ['写真/é.txt', 'Снимки.txt']],
  ])('guesses how the names in %s are written', async (name, encoding, paths) => {
    const entries = await list(archive(name));
    expect(entries.map(({ path }) => path)).toEqual(paths);
    expect(entries.map(({ nameEncoding }) => nameEncoding)).toEqual(paths.map(() => encoding));
    expect((await list(archive('zip64.zip')))[0].nameEncoding).toBeUndefined();
  });

  it('keeps paths inside, whatever their slashes', async () => {
    expect((await list(archive('backslash.zip'))).map(({ path }) => path)).toEqual(['a/b/c.txt', 'evil.txt']);
  });

  it('names the method it does not unpack', async () => {
    const [entry] = await list(archive('bzip2.zip'));
    expect(entry.skip?.detail).toBe('packed by bzip2, which is not unpacked here');
  });

  it('unpacks deflate64', async () => {
    // Without matches of 258 bytes or beyond 32 KiB both methods write the same.
    const zip = zipSync({ 'a.txt': new TextEncoder().encode('deflate deflate 64') });
    for (let at = 0; at < zip.length - 12; at++) {
      const [p, k, one, two] = zip.subarray(at, at + 4);
      if (p === 0x50 && k === 0x4b && one === 3 && two === 4) zip[at + 8] = 9;
      if (p === 0x50 && k === 0x4b && one === 1 && two === 2) zip[at + 10] = 9;
    }
    expect(await contents(await list(new Uint8Array(zip)))).toEqual([['a.txt', 'deflate deflate 64']]);
  });
});

describe('TAR.GZ', () => {
  it('reads in order in one more pass, and out of order too', async () => {
    const bytes = archive('plain.tgz');
    let passes = 0;
    const counted = new Proxy(new Blob([bytes]), {
      get(blob, key) {
        if (key === 'stream') passes++;
        const value: unknown = Reflect.get(blob, key, blob);
        return typeof value === 'function' ? value.bind(blob) : value;
      },
    });
    const entries = await listArchive(counted);
    expect(passes).toBe(1);
    expect(await Promise.all(entries.slice(0, 3).map(textOf))).toEqual(['one', '', THREE]);
    expect(passes).toBe(2);
    expect(await textOf(entries[0])).toBe('one');
    expect(passes).toBe(3);
  });

  it('refuses gzip of something else', async () => {
    await expect(list(archive('no-tar.gz'))).rejects.toThrow('does not begin as a TAR archive');
  });

  it('stops a stream that unpacks too far', async () => {
    const bytes = archive('plain.tgz');
    const limits = { ...ARCHIVE_LIMITS, streamRatio: 2, ratioFrom: 0 };
    const entries = await list(bytes, limits);
    expect(entries.at(-1)?.skip?.detail).toContain(`unpacks to more than ${2 * bytes.length} bytes`);
  });
});

describe('bounds', () => {
  it('of TAR: number, one, all together', async () => {
    const bytes = archive('ustar.tar');
    const few = await list(bytes, { ...ARCHIVE_LIMITS, entries: 2 });
    expect([few.length, few[2].skip?.detail]).toEqual([3, 'more than 2 entries, the others are left out']);
    const small = await list(bytes, { ...ARCHIVE_LIMITS, bytes: 1000 });
    expect(small[3].skip?.detail).toBe('unpacks to 1500 bytes');
    const all = await list(bytes, { ...ARCHIVE_LIMITS, total: 1000 });
    expect(all[3].skip?.detail).toBe('the archive unpacks to more than 1000 bytes');
  });

  it('of ZIP: all together, and bytes used twice', async () => {
    const bytes = archive('stored.zip');
    const all = await list(bytes, { ...ARCHIVE_LIMITS, total: 1000 });
    expect(all.map(({ skip }) => skip?.detail)).toEqual([
      undefined,
      undefined,
      'the archive unpacks to more than 1000 bytes',
    ]);
    const zip = zipSync({
      'a.txt': [new Uint8Array(100), { level: 0 }],
      'b.txt': [new Uint8Array(100), { level: 0 }],
    });
    const second = zip.findLastIndex((_, i) => zip[i] === 0x50 && zip[i + 1] === 0x4b && zip[i + 2] === 1);
    zip.set([0, 0, 0, 0], second + 42);
    const shared = await list(new Uint8Array(zip));
    expect(shared[1].skip?.detail).toBe('its bytes are also those of another entry');
  });
});

describe('archives that are cut short', () => {
  it.each(['ustar.tar', 'gnu.tar', 'plain.tgz', 'zip64.zip', 'streamed.zip'])(
    '%s: what is whole is read, the rest is told',
    async (name) => {
      const bytes = archive(name);
      const whole = new Map((await contents(await list(bytes))) as [string, string][]);
      for (let end = 0; end < bytes.length - 1; end += 61) {
        try {
          const entries = await list(bytes.slice(0, end));
          const files = await contents(entries);
          for (const [path, text] of files) expect(text).toBe(whole.get(path));
          if (files.length < whole.size && !name.endsWith('tar'))
            expect(entries.at(-1)).toMatchObject({ path: '', skip: { code: 'archive' } });
        } catch (error) {
          expect(error).toBeInstanceOf(TesseraError);
          expect((error as TesseraError).params['reason']).toMatch(/\w/);
        }
      }
    },
  );

  it('finds the files of a ZIP without its directory', async () => {
    const bytes = archive('streamed.zip');
    const directory = bytes.findIndex(
      (_, i) => bytes[i] === 0x50 && bytes[i + 1] === 0x4b && bytes[i + 2] === 1,
    );
    const entries = await list(bytes.slice(0, directory));
    expect(await contents(entries)).toEqual(FILES);
    expect(entries.at(-1)?.skip?.detail).toContain('3 are whole, then it ends');
  });

  it('says in which entry a TAR ends', async () => {
    const entries = await list(archive('ustar.tar').slice(0, 7 * 512 + 600));
    const last = entries.at(-1)!;
    expect(last).toMatchObject({ path: '', skip: { detail: 'it is cut short in c.txt' } });
  });
});

it.each([
  ['ZIP', ['zip64.zip', 'streamed.zip']],
  ['TAR', ['ustar.tar', 'pax.tar']],
  ['TAR.GZ', ['plain.tgz']],
])(
  '%s never fails but by a sentence: cut, bits turned, random bytes',
  async (_, names) => {
    const attempt = async (bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
      try {
        for (const entry of await list(bytes))
          await entry.read().catch((error) => expect(error).toBeInstanceOf(Error));
      } catch (error) {
        expect(error).toBeInstanceOf(TesseraError);
      }
    };
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), anyDamage, (name, damage) =>
        attempt(damaged(archive(name), damage)),
      ),
      { numRuns: 2000 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), (bytes) => attempt(new Uint8Array(bytes))),
    );
  },
  900_000,
);
