import { encodeJpeg, encodePng, encodeZip } from './encode';
import { GROUNDS } from './grounds';
import { drawPictogram, PICTOGRAM_CLASSES, PICTOGRAMS } from './pictograms';
import { random } from './random';
import { CAMERAS, drawRay, RAY_CLASSES } from './rays';
import { drawTexture, TEXTURE_CLASSES } from './textures';

export const TITLE = 'Rays, pictograms and textures';
const RAYS_PER_CLASS = 40;
const COPIES_PER_PICTOGRAM = 2;
const TEXTURES_PER_CLASS = 24;

/** Copies, byte for byte, that a person would make by accident: copy -> original. */
export const DUPLICATES: Record<string, string> = {
  'rays/track/track-01 (copy).png': 'rays/track/track-01.png',
  'pictograms/animals/fox-1 (copy).png': 'pictograms/animals/fox-1.png',
  'textures/wood/wood-01 (copy).jpg': 'textures/wood/wood-01.jpg',
};
/** Files that are no pictures any more: a JPEG cut inside its header, and a note with a picture's name. */
export const BROKEN = ['broken/cut-short.jpg', 'broken/not-a-picture.png'];

interface Row {
  path: string;
  subject: string;
  device: string;
  time: string;
  ground: string;
}

export interface SampleSet {
  /** Path -> bytes in the order of the archive: pictures, copies, broken files, metadata.csv. */
  files: Map<string, Uint8Array>;
  /** Readable pictures, copies included. */
  images: number;
  zip: Uint8Array;
}

const two = (n: number) => String(n).padStart(2, '0');

export function makeSampleSet(): SampleSet {
  const files = new Map<string, Uint8Array>();
  const rows: Row[] = [];
  const add = (path: string, data: Uint8Array, row: Partial<Row>) => {
    files.set(path, data);
    rows.push({ path, subject: '', device: '', time: '', ground: '', ...row });
  };

  for (const kind of RAY_CLASSES)
    for (let i = 0; i < RAYS_PER_CLASS; i++) {
      const path = `rays/${kind}/${kind}-${two(i + 1)}.png`;
      const rng = random(path);
      const camera = rng.pick(CAMERAS);
      const time =
        new Date(Date.UTC(2025, 2, 1) + rng.index(92 * 86_400) * 1000).toISOString().slice(0, 19) + 'Z';
      add(path, encodePng(drawRay(kind, i, camera, rng)), { subject: kind, device: camera.name, time });
    }
  for (const kind of PICTOGRAM_CLASSES)
    for (const name of PICTOGRAMS[kind].split(' '))
      for (let copy = 1; copy <= COPIES_PER_PICTOGRAM; copy++) {
        const path = `pictograms/${kind}/${name}-${copy}.png`;
        const row = { subject: name, ground: GROUNDS[kind].name };
        add(path, encodePng(drawPictogram(name, kind, random(path))), row);
      }
  for (const kind of TEXTURE_CLASSES)
    for (let i = 0; i < TEXTURES_PER_CLASS; i++) {
      const path = `textures/${kind}/${kind}-${two(i + 1)}.jpg`;
      add(path, encodeJpeg(drawTexture(kind, random(path)), 86), { subject: kind });
    }
  for (const [copy, original] of Object.entries(DUPLICATES)) {
    const row = rows.find((r) => r.path === original)!;
    add(copy, files.get(original)!, { ...row, path: copy });
  }
  const images = rows.length;
  files.set(BROKEN[0], files.get('textures/waves/waves-01.jpg')!.slice(0, 200));
  files.set(BROKEN[1], new TextEncoder().encode('A note that somebody saved under the name of a picture.\n'));
  files.set('metadata.csv', new TextEncoder().encode(csv(rows)));
  return { files, images, zip: encodeZip(files) };
}

function csv(rows: Row[]): string {
  const lines = rows.map((r) => [r.path, r.subject, r.device, r.time, r.ground].join(','));
  return ['path,subject,device,time,ground', ...lines].join('\n') + '\n';
}
