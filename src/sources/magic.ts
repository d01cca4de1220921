const MAGIC: [extension: string, offset: number, latin1: string][] = [
  ['jpg', 0, '\xff\xd8\xff'],
  ['png', 0, '\x89PNG\r\n\x1a\n'],
  ['gif', 0, 'GIF8'],
  ['webp', 8, 'WEBP'],
  ['avif', 4, 'ftypavif'],
  ['heic', 4, 'ftyphe'],
  ['heic', 4, 'ftypmif1'],
  ['tif', 0, 'II*\0'],
  ['tif', 0, 'MM\0*'],
  ['bmp', 0, 'BM'],
  ['ico', 0, '\0\0\x01\0'],
  ['jxl', 0, '\xff\x0a'],
  ['jxl', 0, '\0\0\0\x0cJXL '],
];

/** The usual file name extension of a picture by its first bytes, or null. Twelve bytes are enough. */
export function extensionOf(head: Uint8Array): string | null {
  const found = MAGIC.find(([, offset, magic]) =>
    [...magic].every((char, i) => head[offset + i] === char.charCodeAt(0)),
  );
  return found?.[0] ?? null;
}
