import { extensionOf } from '../magic';
import { decodeBase64 } from './base64';
import type { TextPlace } from './record';
import type { TextSource } from './text-source';

/** Longest base64 text that is decoded: it has to fit in memory twice. */
const MAX_BASE64 = 512 << 20;

/** The extension of the picture that a base64 text begins with, or null when it is none; `head` as in the file. */
export function pictureIn(head: string): string | null {
  const bytes = Uint8Array.from(head, (char) => char.charCodeAt(0));
  try {
    return extensionOf(decodeBase64(bytes, true));
  } catch {
    return null;
  }
}

/** Reads and decodes the base64 text at a place. Throws an Error with what is wrong with it. */
export async function readPicture(
  text: TextSource,
  place: Pick<TextPlace, 'start' | 'end'>,
): Promise<Uint8Array<ArrayBuffer>> {
  if (place.end - place.start > MAX_BASE64)
    throw new Error(`a picture of more than ${MAX_BASE64 >> 20} MiB in one text`);
  const bytes = decodeBase64(await text.read(place.start, place.end));
  if (bytes.length === 0) throw new Error('the text of the picture is empty');
  return bytes;
}
