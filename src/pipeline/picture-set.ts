import type { PictureSet } from '../domain/pictures';
import { openImage, type OpenImage } from '../images/decode';
import { readOriginals } from '../store/intake';
import type { Original } from '../store/schema';
import { readThumbnails } from '../store/thumbs';
import { mapAhead } from './ahead';

/** Pictures read from the store at once: thumbnails lie in chunks, originals may be large. */
const READ = { thumbnails: 100, originals: 8 };
/** Opened ahead, so that the browser's decoders have work. */
const AHEAD = 4;

/** The pictures of a set in its order, to be closed by whoever takes them; null for those that are not there or no good. */
export async function* openPictures(set: PictureSet): AsyncGenerator<OpenImage | null> {
  yield* mapAhead(
    filesOf(set),
    () => AHEAD,
    (file) => open(file),
  );
}

async function* filesOf({ projectId, rows, hashes, source }: PictureSet): AsyncGenerator<Original | null> {
  for (let at = 0; at < rows.length; at += READ[source]) {
    const end = Math.min(at + READ[source], rows.length);
    yield* source === 'originals'
      ? await readOriginals(projectId, hashes.slice(at, end))
      : await readThumbnails(projectId, rows.subarray(at, end));
  }
}

async function open(file: Original | null): Promise<OpenImage | null> {
  if (!file) return null;
  const bytes = file instanceof Uint8Array ? file : new Uint8Array(await file.arrayBuffer());
  // What cannot be decoded counts as not there; the set says how many those were.
  return openImage(bytes as Uint8Array<ArrayBuffer>).catch(() => null);
}
