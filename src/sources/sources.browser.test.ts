import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import archives from '../../test/golden/archives.json';
import tables from '../../test/golden/tables.json';
import vectors from '../../test/golden/vectors.json';
import { textAt } from '../domain/table';
import { listArchive } from './archive';
import { readJsonImages } from './json/json-images';
import { sniffJson } from './json/sniff-json';
import { readTable } from './table/read-table';
import { openDescriptors } from './vectors/open';

/** A golden file: base64 of gzip. */
async function golden(base64: string): Promise<Blob> {
  const packed = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).blob();
}

/** What is packed in a golden TAR.GZ. */
async function tarOf(name: 'plain.tgz'): Promise<Uint8Array> {
  const packed = (await golden(archives[name])).stream();
  return new Uint8Array(
    await new Response(packed.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer(),
  );
}

// The same files as in Node, with the browser's own streams, text decoders and WebAssembly.
describe('readers in the browser', () => {
  it.each(['gnu.tar', 'plain.tgz', 'streamed.zip', 'zip64.zip', 'shift-jis.zip', 'ibm866.zip'] as const)(
    'lists and unpacks %s',
    async (name) => {
      const entries = (await listArchive(await golden(archives[name]))).filter(({ skip }) => !skip);
      const texts = await Promise.all(entries.map(async (entry) => (await entry.read()).text()));
      if (name.startsWith('shift')) expect(entries.map(({ path }) => path)).toContain('写真/テスト画像.txt');
      else if (name.startsWith('ibm')) expect(entries.map(({ path }) => path)).toContain('папка.txt');
      else expect(texts.slice(-3)).toEqual(['one', '', 'three'.repeat(300)]);
    },
  );

  it('lists what is whole of a TAR.GZ that is cut short', async () => {
    const bytes = await golden(archives['plain.tgz']);
    const whole = new Blob([bytes]);
    for (let end = 20; end < whole.size; end += 20) {
      const entries = await listArchive(whole.slice(0, end)).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'archive', params: { reason: expect.stringMatching(/\w/) } });
        return null;
      });
      // The last bytes are a checksum, behind all entries.
      if (entries && entries.length < 4)
        expect(entries.at(-1)).toMatchObject({ path: '', skip: { code: 'archive' } });
    }
  });

  it('reads a TAR.GZ of several gzip members, wherever they are cut', async () => {
    const tar = await tarOf('plain.tgz');
    for (const cuts of [[700], [512, 512, 1024], [1, 5000]]) {
      const members = [0, ...cuts].map((from, i) => gzipSync(tar.subarray(from, cuts[i] ?? tar.length)));
      const entries = await listArchive(new Blob(members.map((member) => new Uint8Array(member))));
      expect(entries.map(({ path }) => path)).toEqual(['a/é 🦋.txt', 'a/b/empty.txt', 'c.txt', 'link.txt']);
      const texts = await Promise.all(entries.slice(0, 3).map(async ({ read }) => (await read()).text()));
      expect(texts).toEqual(['one', '', 'three'.repeat(300)]);
    }
  });

  it('says where a TAR.GZ of several members cannot be read', async () => {
    const tar = await tarOf('plain.tgz');
    const [first, second] = [gzipSync(tar.subarray(0, 3000)), gzipSync(tar.subarray(3000))];
    for (const end of [second.slice(0, 30), new Uint8Array([1, 2, 3, 4])]) {
      const entries = await listArchive(new Blob([new Uint8Array(first), new Uint8Array(end)]));
      expect(entries.at(-1)).toMatchObject({ path: '', skip: { code: 'archive' } });
      expect(await (await entries[0].read()).text()).toBe('one');
    }
  });

  it.each(['semicolon.csv', 'utf-16be.csv', 'lines.ndjson', 'snappy.parquet', 'zstd.parquet'] as const)(
    'reads the table %s',
    async (name) => {
      const table = await readTable(new File([await golden(tables[name])], name));
      expect(table.columns.map((column) => textAt(column, 0))).toEqual([
        'a/é 1.jpg',
        '1.5',
        '1',
        'true',
        '2020-01-31T10:20:30.500Z',
        '007',
      ]);
    },
  );

  it.each([
    'f2.npy',
    'fortran-big.npy',
    'packed-fortran.npz',
    'frame-mixed-5.pickle',
    'list-zstd.parquet',
  ] as const)('reads the vectors of %s', async (name) => {
    const { file, rows } = vectors[name];
    const reader = await openDescriptors(new File([await golden(file)], name));
    const read: number[] = [];
    for await (const { data } of reader.blocks()) read.push(...data);
    expect(read).toEqual(rows.flat());
  });

  it('reads pictures from JSON', async () => {
    const png =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=';
    const file = new File(
      [JSON.stringify({ detections: [{ id: 3, frame_content: png, at: 1 }] })],
      'rays.json',
    );
    const { shape, imageField } = await sniffJson(file);
    for await (const [{ entry, record }] of readJsonImages(file, { shape, imageField })) {
      expect([entry.path, [...record.columns]]).toEqual([
        'rays/3.png',
        [
          ['id', 3],
          ['at', 1],
        ],
      ]);
      expect((await createImageBitmap(await entry.read())).width).toBe(1);
    }
  });
});
