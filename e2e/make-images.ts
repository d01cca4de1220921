import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'jpeg-js';

export type Painter = (x: number, y: number) => readonly [number, number, number];

/** RGBA pixels, row by row. */
function paint(width: number, height: number, painter: Painter): Buffer {
  const pixels = Buffer.alloc(width * height * 4, 255);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 4) pixels.set(painter(x, y), at);
  return pixels;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** An 8-bit RGBA PNG. */
export function png(width: number, height: number, painter: Painter): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const pixels = paint(width, height, painter);
  const lines = Array.from({ length: height }, (_, y) => [
    Buffer.from([0]),
    pixels.subarray(y * width * 4, (y + 1) * width * 4),
  ]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(lines.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

export function jpeg(width: number, height: number, painter: Painter): Buffer {
  return encode({ width, height, data: paint(width, height, painter) }, 90).data;
}

/** Motifs that any descriptor tells apart; `i` makes each picture of a motif its own. */
export const MOTIFS: Record<string, (i: number) => Painter> = {
  stripes: (i) => (_, y) => (((y + i) >> 3) & 1 ? [220, 40 + i, 40] : [250, 240, 200]),
  checks: (i) => (x, y) => ((((x + i) >> 3) ^ (y >> 3)) & 1 ? [20, 30 + i, 120] : [240, 240, 250]),
  disc: (i) => (x, y) => (Math.hypot(x - 32, y - 32) < 18 + (i % 8) ? [30, 160, 60 + i] : [10, 20, 10]),
  slope: (i) => (x, y) => [x * 4, (y * 2 + i * 3) % 256, 128],
  dots: (i) => (x, y) => ((x + i) % 9 < 2 && y % 9 < 2 ? [255, 255, 255] : [90, 20, 90 + i]),
};

/** Pictures of noise, so that the files are as big as they look. */
export function noisyPictures(n: number): Record<string, Buffer> {
  const noise =
    (i: number): Painter =>
    (x, y) => {
      const v = Math.imul((x + 1) * 73856093, (y + 1) * 19349663 + i * 83492791) >>> 0;
      return [v & 255, (v >> 8) & 255, (v >> 16) & 255];
    };
  return Object.fromEntries(Array.from({ length: n }, (_, i) => [`${i}.jpg`, jpeg(256, 256, noise(i))]));
}

/** Writes files below a folder; the keys are paths with `/`. */
export function writeTree(root: string, files: Record<string, Buffer | string>): void {
  for (const [path, content] of Object.entries(files)) {
    const full = join(root, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, content);
  }
}

/** `each` pictures of every motif in a folder of its name, PNG and JPEG by turns. */
export function motifFolders(each: number): Record<string, Buffer> {
  const files: Record<string, Buffer> = {};
  for (const [name, motif] of Object.entries(MOTIFS))
    for (let i = 0; i < each; i++) {
      const encodeAs = i % 2 ? png : jpeg;
      files[`${name}/${name}-${i}.${i % 2 ? 'png' : 'jpg'}`] = encodeAs(64, 64, motif(i));
    }
  return files;
}

/** Files that are no good pictures, with names that have broken programs, each with the reason code it must get. */
export function badFiles(): Record<string, { content: Buffer | string; code: string }> {
  const whole = jpeg(64, 64, MOTIFS['disc'](50));
  return {
    'bad/empty.jpg': { content: '', code: 'empty' },
    'bad/letter.jpg': { content: 'Dear Sir or Madam,', code: 'not-image' },
    'bad/cut.jpg': { content: whole.subarray(0, 300), code: 'broken' },
    'bad/<img src=x onerror=alert(1)>.jpg': { content: 'x', code: 'not-image' },
    'bad/Thumbs.db': { content: 'x', code: 'system-file' },
  };
}

/** Good pictures whose names are hard to carry through tables, archives and pages. */
export function awkwardNames(): Record<string, Buffer> {
  const picture = (i: number): Buffer => png(64, 64, MOTIFS['stripes'](100 + i));
  return Object.fromEntries(
    [
      'names/<img src=x onerror="document.title=1">.png',
      'names/=1+1.png',
      'names/תמונה יפה.png',
      'names/🦔 hedgehog.png',
      'names/comma, "quote".png',
      "names/o'clock.png",
      'names/100% #1?.png',
      `names/${'long '.repeat(49)}.png`,
    ].map((name, i) => [name, picture(i)]),
  );
}
