import { readBytes, chunksOf } from '../file-bytes';

export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Thrown by `textOf` at the first byte that is not UTF-8. */
export class NotUtf8 extends Error {}

/** The encoding of a text file by its byte order mark, or by the zero bytes that ASCII has in UTF-16; else UTF-8. */
export async function sniffEncoding(file: File): Promise<TextEncodingName> {
  const head = await readBytes(file, 0, Math.min(file.size, 1024));
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  let even = 0;
  let odd = 0;
  head.forEach((byte, i) => (byte === 0 ? (i % 2 === 0 ? even++ : odd++) : 0));
  const most = head.length * 0.2;
  return odd > most && even === 0 ? 'utf-16le' : even > most && odd === 0 ? 'utf-16be' : 'utf-8';
}

/** A file's text in pieces, without its byte order mark. Throws `NotUtf8`. */
export async function* textOf(
  file: File,
  encoding: TextEncodingName,
  chunk?: number,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: encoding === 'utf-8' });
  const decode = (bytes?: Uint8Array): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch (error) {
      throw new NotUtf8('it is not UTF-8', { cause: error });
    }
  };
  for await (const bytes of chunksOf(file, 0, chunk)) {
    const text = decode(bytes);
    if (text !== '') yield text;
  }
  const rest = decode();
  if (rest !== '') yield rest;
}
