import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { png } from '../../../e2e/make-images';
import { anyDamage, damaged } from '../../../test/damage';
import { TesseraError } from '../../domain/errors';
import { textAt } from '../../domain/table';
import { recognise } from '../recognise';
import { readTable } from '../table/read-table';
import { readJsonImages, type JsonImage } from './json-images';
import type { JsonOptions } from './read-json';
import { samplePictures } from './sample-pictures';
import { sniffJson } from './sniff-json';
import { textSource } from './text-source';

const PNG = png(4, 4, (x, y) => [x, y, 7]).toString('base64');
const AS_LINES: JsonOptions = { shape: { kind: 'lines', path: [] }, imageField: 'frame_content' };
const LINES = Array.from({ length: 30 }, (_, id) => ({ id, device: `d${id % 3}`, frame_content: PNG }));
const NDJSON = LINES.map((line) => `${JSON.stringify(line)}\n`).join('');
const fileOf = (bytes: Uint8Array, name: string): File => new File([new Uint8Array(bytes)], name);
const packed = (text: string, name = 'rays.ndjson.gz'): File => fileOf(gzipSync(text), name);

async function imagesOf(file: File): Promise<JsonImage[]> {
  const { shape, imageField } = await sniffJson(file);
  const images: JsonImage[] = [];
  for await (const some of readJsonImages(file, { shape, imageField })) images.push(...some);
  return images;
}

describe('JSON packed with gzip', () => {
  it.each([
    ['lines', NDJSON, 'rays.ndjson.gz'],
    ['an array', JSON.stringify(LINES), 'rays.json.gz'],
    ['an object, after a byte order mark', `\ufeff${JSON.stringify({ detections: LINES })}`, 'rays.json.gz'],
  ])('is read as if it were not: %s', async (_, text, name) => {
    const plain = fileOf(new TextEncoder().encode(text), name.replace('.gz', ''));
    const file = packed(text, name);
    expect(await sniffJson(file)).toEqual(await sniffJson(plain));
    expect(await recognise({ path: name, file })).toBe('records');
    const [mine, theirs] = [await imagesOf(file), await imagesOf(plain)];
    expect(mine.map(({ entry }) => [entry.path, entry.line, entry.size])).toEqual(
      theirs.map(({ entry }) => [entry.path, entry.line, entry.size]),
    );
    for (const { entry } of mine)
      expect(Buffer.from(await (await entry.read()).arrayBuffer()).toString('base64')).toBe(PNG);
    expect(mine[3].record.columns.get('device')).toBe('d0');
  });

  it('may consist of several members, and its pictures may be asked for in any order', async () => {
    const half = NDJSON.indexOf('\n', NDJSON.length / 2) + 1;
    const bytes = Buffer.concat([gzipSync(NDJSON.slice(0, half)), gzipSync(NDJSON.slice(half))]);
    const images = await imagesOf(fileOf(bytes, 'rays.ndjson.gz'));
    expect(images).toHaveLength(30);
    for (const { entry } of images.toReversed())
      expect(Buffer.from(await (await entry.read()).arrayBuffer()).toString('base64')).toBe(PNG);
  });

  it('shows its first pictures without unpacking the rest', async () => {
    const sample = await samplePictures(packed(NDJSON), AS_LINES.shape, 'frame_content');
    expect(sample).toMatchObject({ looked: 20, found: 20, fault: null });
  });

  it('is unpacked piece by piece', async () => {
    const text = `${JSON.stringify({ id: 1, note: 'x'.repeat(3 << 20) })}\n`.repeat(3);
    const source = await textSource(packed(text));
    expect(source.length).toBe(text.length);
    let length = 0;
    for await (const piece of source.chunks(0, 1 << 16)) {
      expect(piece.length).toBeLessThanOrEqual(1 << 16);
      length += piece.length;
    }
    expect(length).toBe(text.length);
    await expect(source.read(length - 1, length + 1)).rejects.toThrow(/ends there/);
  });

  it('is a table as well, with progress', async () => {
    const told: number[] = [];
    const sheet = LINES.map(({ id, device }) => ({ id, device }));
    const table = await readTable(packed(JSON.stringify(sheet), 'sheet.json.gz'), (share) =>
      told.push(share),
    );
    expect(table.n).toBe(30);
    expect(textAt(table.columns[1], 4)).toBe('d1');
    expect(told.at(-1)).toBe(1);
    await expect(readTable(packed('a;b\n1;2\n', 'sheet.csv.gz'))).rejects.toThrow(/unpack it first/);
  });

  it('tells where it is cut short, after the records before', async () => {
    const noise = LINES.map((line, i) => ({ ...line, noise: Array.from({ length: 200 }, (_, j) => i * j) }));
    const whole = gzipSync(noise.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const file = fileOf(whole.subarray(0, whole.length / 2), 'rays.ndjson.gz');
    const images: JsonImage[] = [];
    const read = async (): Promise<void> => {
      for await (const some of readJsonImages(file, { ...AS_LINES, chunk: 512 })) images.push(...some);
    };
    await expect(read()).rejects.toThrow(/^rays\.ndjson\.gz could not be read \(byte \d+ unpacked\): .+\.$/);
    expect(images.length).toBeGreaterThan(0);
    await images[0].entry.read();
  });

  it('never fails but by a sentence: cut anywhere, and with bytes changed', async () => {
    const bytes = gzipSync(NDJSON.slice(0, NDJSON.indexOf('\n', 600) + 1));
    const attempt = async (damaged: Uint8Array): Promise<void> => {
      const file = fileOf(damaged, 'set.ndjson.gz');
      try {
        for await (const some of readJsonImages(file, AS_LINES))
          for (const { entry } of some) await entry.read().catch(() => undefined);
      } catch (error) {
        expect(error).toBeInstanceOf(TesseraError);
        expect((error as TesseraError).message).toContain('set.ndjson.gz');
      }
    };
    for (let end = 0; end < bytes.length; end++) await attempt(bytes.subarray(0, end));
    await fc.assert(
      fc.asyncProperty(anyDamage, (damage) => attempt(damaged(bytes, damage))),
      { numRuns: 2000 },
    );
  }, 300_000);
});
