import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SheetPage } from '../domain/contact-sheet';
import type { PictureSet } from '../domain/pictures';
import { RAW_PIXELS } from '../domain/spec';
import { INTAKE_STORES } from '../store/intake';
import { write } from '../store/open';
import { purgeProject } from '../store/projects';
import { commitRows } from '../store/rows';
import { PicturesJob } from './pictures-job';
import { createProject } from './projects';

/** Solid pictures of these greys, 8 x 4. */
const GREYS = [0, 100, 200, 100, 40];
const ROWS = GREYS.length;
const job = new PicturesJob();
let projectId = '';

async function png(width: number, height: number, fill: string): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  context.fillStyle = fill;
  context.fillRect(0, 0, width, height);
  return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
}

beforeAll(async () => {
  const fields = { spec: RAW_PIXELS, backend: 'auto', seed: 1, k: null, kMin: 5, kMax: 30 } as const;
  projectId = (await createProject({ ...fields, name: 'pictures' })).id;
  const rows = await Promise.all(
    GREYS.map(async (grey, i) => ({
      seq: i,
      hash: `${i}`,
      width: 8,
      height: 4,
      thumbnail: await png(8, 4, `rgb(${grey}, ${grey}, 255)`),
    })),
  );
  // The last has no picture.
  rows[ROWS - 1].thumbnail = new Uint8Array();
  await commitRows(projectId, 'none', 0, rows, []);
  const originals = await Promise.all(GREYS.slice(0, 2).map((grey) => png(8, 4, `rgb(0, ${grey}, 0)`)));
  await write(INTAKE_STORES, async (tx) => {
    await Promise.all(
      originals.map((bytes, i) => tx.objectStore('blobs').put(new Blob([bytes]), [projectId, `${i}`])),
    );
  });
});

afterAll(async () => {
  job.dispose();
  await purgeProject(projectId);
});

function setOf(source: PictureSet['source'], n = ROWS): PictureSet {
  const rows = Uint32Array.from({ length: n }, (_, i) => i);
  return {
    projectId,
    rows,
    hashes: Array.from(rows, String),
    widths: new Uint32Array(n).fill(8),
    heights: new Uint32Array(n).fill(4),
    source,
  };
}

it('lays thumbnails over each other', async () => {
  const told: number[] = [];
  const found = await job.summarise(setOf('thumbnails'), (fraction) => told.push(fraction));
  expect(found).toMatchObject({ width: 8, height: 4, of: 4, failed: 1, asked: 5 });
  expect([...found.mean.subarray(0, 4)]).toEqual([100, 100, 255, 255]);
  expect([...found.median.subarray(124)]).toEqual([100, 100, 255, 255]);
  const sd = Math.sqrt((2 / 3) * 5000);
  expect([...found.spread.subarray(0, 4)]).toEqual([...Array(3).fill(Math.round(2 * sd)), 255]);
  expect(found.meanSpread).toBeCloseTo(sd, 4);
  // The last word of progress may come after the answer.
  expect(told.length).toBeGreaterThanOrEqual(ROWS - 1);
  expect(told).toEqual([...told].sort((a, b) => a - b));
});

it('lays originals over each other, those that are kept', async () => {
  const found = await job.summarise(setOf('originals'), () => undefined);
  expect(found).toMatchObject({ of: 2, failed: 3 });
  expect([...found.mean.subarray(0, 4)]).toEqual([0, 50, 0, 255]);
  const none = await job.summarise(setOf('thumbnails', 0), () => undefined);
  expect(none).toMatchObject({ width: 1, height: 1, of: 0, meanSpread: 0 });
});

const page: SheetPage = {
  width: 300,
  height: 240,
  dpi: 300,
  scale: 1,
  fit: 'whole',
  texts: [
    { text: 'Cluster 3 🦔 שלום', x: 10, y: 24, width: 280, font: 16, look: 'title', align: 'start' },
    { text: '1', x: 10, y: 230, width: 280, font: 9, look: 'quiet', align: 'end' },
  ],
  cells: [0, 2, 4].map((row, i) => ({
    row,
    hash: `${row}`,
    x: 10 + 100 * i,
    y: 40,
    side: 80,
    captions: ['a name that is much too long for its picture', 'תמונה יפה'],
  })),
  font: 11,
  line: 14,
  missing: 'none',
};

async function pixelsOf(blob: Blob): Promise<{ at(x: number, y: number): number[]; width: number }> {
  const bitmap = await createImageBitmap(blob);
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  return {
    width: bitmap.width,
    at: (x, y) => [...context.getImageData(x, y, 1, 1).data.subarray(0, 3)],
  };
}

it('draws a page: pictures whole in their squares, captions under them and nowhere else', async () => {
  const { png: blob, missing } = await job.sheetPage(projectId, page);
  expect(missing).toBe(1);
  const { at, width } = await pixelsOf(blob);
  expect(width).toBe(300);
  // Eight by four in a square of 80: enlarged, 20 px of paper above and below.
  expect(at(50, 80)).toEqual([0, 0, 255]);
  expect(at(50, 50)).toEqual([255, 255, 255]);
  expect(at(150, 80)).toEqual([200, 200, 255]);
  // Where a picture is missing stands a grey square.
  expect(at(212, 42)).toEqual([236, 236, 238]);
  const inked = (x0: number, x1: number, y0: number, y1: number): number => {
    let count = 0;
    for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) if (at(x, y)[0] < 200) count++;
    return count;
  };
  expect(inked(10, 90, 122, 136)).toBeGreaterThan(20);
  expect(inked(10, 90, 136, 150)).toBeGreaterThan(20);
  // The second caption begins at the right; nothing stands in the gap or over the margin.
  expect(inked(50, 90, 136, 150)).toBeGreaterThan(inked(10, 50, 136, 150));
  expect(inked(91, 109, 120, 200)).toBe(0);
  expect(inked(291, 300, 0, 240)).toBe(0);
});

it('draws it smaller for a preview, and ends when it is told to', async () => {
  const { png: blob } = await job.sheetPage(projectId, { ...page, scale: 0.5 });
  const { at, width } = await pixelsOf(blob);
  expect(width).toBe(150);
  expect(at(25, 40)).toEqual([0, 0, 255]);
  const stop = new AbortController();
  const ended = job.sheetPage(projectId, page, stop.signal);
  stop.abort();
  await expect(ended).rejects.toMatchObject({ code: 'cancelled' });
  expect((await job.sheetPage(projectId, page)).missing).toBe(1);
});
