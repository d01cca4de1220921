import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { fetchShared, hasShared } from '../../test/shared.browser';
import { decodeImage } from './decode';
import { pixelsOf } from './pixels';
import { preprocess } from './preprocess';
import { resize } from './resize';

interface Row {
  row: number;
  file: string;
  width: number;
  height: number;
  mode: string;
  orientation: string;
  sha256: string;
}

const SIDE = 224;
const PIXELS = SIDE * SIDE * 3;

async function readIndex(): Promise<Row[]> {
  const text = new TextDecoder().decode(await fetchShared('data/golden/index.tsv'));
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [row, file, width, height, mode, , , orientation, sha256] = line.split('\t');
      return { row: +row, file, width: +width, height: +height, mode, orientation, sha256 };
    });
}

/** The data of one array of an .npz: a ZIP of .npy files, each a header of declared length and then the values. */
async function readNpz(path: string, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const zip = new ZipReader(new Uint8ArrayReader(await fetchShared(path)));
  const entry = (await zip.getEntries()).find((e) => e.filename === `${name}.npy`);
  if (!entry || entry.directory) throw new Error(`${path} has no array ${name}`);
  const npy = new Uint8Array(await entry.getData(new Uint8ArrayWriter()));
  return npy.slice(10 + npy[8] + npy[9] * 256);
}

async function sha256(data: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(data)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function maxDifference(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((max, value, i) => Math.max(max, Math.abs(value - b[i])), 0);
}

describe.skipIf(!hasShared)('against Pillow (needs shared data/golden)', () => {
  let rows: Row[] = [];
  let squashed = new Uint8Array();

  beforeAll(async () => {
    rows = await readIndex();
    squashed = await readNpz('data/golden/resized-squash.npz', 'rgb');
  });

  const stored = async (row: Row) =>
    decodeImage(await fetchShared(`data/golden/${row.file}`), { orient: false });

  it('decodes every picture to the same bytes', async () => {
    expect(rows).toHaveLength(24);
    for (const row of rows) {
      const image = await stored(row);
      expect([image.width, image.height], row.file).toEqual([row.width, row.height]);
      expect(await sha256(image.data), row.file).toBe(row.sha256);
    }
  });

  it('resizes every picture to the same bytes', async () => {
    for (const row of rows) {
      const got = resize(pixelsOf(await stored(row)), SIDE, SIDE);
      const want = squashed.subarray(row.row * PIXELS, (row.row + 1) * PIXELS);
      expect(maxDifference(got.data, want), row.file).toBe(0);
    }
  });

  it('turns the picture that its EXIF orientation says is turned', async () => {
    const row = rows.find(({ orientation }) => orientation === '6')!;
    const image = await decodeImage(await fetchShared(`data/golden/${row.file}`));
    expect([image.width, image.height]).toEqual([row.height, row.width]);
    const got = preprocess(pixelsOf(image), { width: SIDE, height: SIDE, resize: 'squash' });
    const want = await readNpz('data/golden/upright.npz', 'rgb');
    expect(maxDifference(got.data, want.subarray(0, PIXELS))).toBe(0);
  });
});
