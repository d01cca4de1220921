/** Longest file name most file systems take, in UTF-8 bytes. */
const MAX_BYTES = 255;
const DEVICES = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i;
/** What Windows forbids, control characters, and the marks that turn the reading direction round to disguise an ending. */
const UNSAFE = /[<>:"|?*\\/\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const size = (text: string): number => new TextEncoder().encode(text).length;

/** Shortens a name to 255 bytes of UTF-8, keeping its ending and whole characters. */
function shorten(name: string): string {
  if (size(name) <= MAX_BYTES) return name;
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 && size(name.slice(dot)) <= 16 ? name.slice(dot) : '';
  // Room for ` (1234)`, which keeps names apart once they are short.
  return cut(name.slice(0, name.length - ending.length), MAX_BYTES - size(ending) - 8) + ending;
}

/** The beginning of a text that takes so many bytes, in whole characters. */
function cut(text: string, bytes: number): string {
  let kept = '';
  let room = bytes;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    room -= size(segment);
    if (room < 0) break;
    kept += segment;
  }
  return kept;
}

/** `a.jpg` as `a (2).jpg`, not longer than a name may be. */
export function numberedName(name: string, number: number): string {
  const dot = name.lastIndexOf('.');
  const end = dot > 0 ? dot : name.length;
  const rest = ` (${number})${name.slice(end)}`;
  const stem = name.slice(0, end);
  return (size(stem) + size(rest) > MAX_BYTES ? cut(stem, MAX_BYTES - size(rest)) : stem) + rest;
}

/**
 * A file or folder name that every common file system takes and that cannot leave its folder: forbidden characters
 * become `_`, names that are devices on Windows, `.`, `..` and empty ones get one too.
 */
export function safeName(name: string): string {
  const plain = name
    .toWellFormed()
    .replace(UNSAFE, '_')
    .replace(/[. ]+$/, (tail) => '_'.repeat(tail.length));
  const safe = plain === '' || DEVICES.test(plain) ? `_${plain}` : plain;
  return shorten(safe);
}
