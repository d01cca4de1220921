/** Value of each byte in either alphabet of RFC 4648 (`+/` and `-_`), 64 for white space, 65 for `=`, 255 for others. */
const VALUES = new Uint8Array(256).fill(255);
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
for (let i = 0; i < 64; i++) VALUES[ALPHABET.charCodeAt(i)] = i;
VALUES['-'.charCodeAt(0)] = 62;
VALUES['_'.charCodeAt(0)] = 63;
for (const space of ' \t\r\n') VALUES[space.charCodeAt(0)] = 64;
VALUES['='.charCodeAt(0)] = 65;

const SPACE = 64;
const PADDING = 65;
const BACKSLASH = 0x5c;

/**
 * Decodes base64 as it stands between the quotes of a JSON text: both alphabets, white space, escaped slashes and line
 * breaks, a `data:…;base64,` prefix, padding or none. With `cut`, `text` is only the beginning of one. Throws an Error
 * that says at which byte it is wrong.
 */
export function decodeBase64(text: Uint8Array, cut = false): Uint8Array<ArrayBuffer> {
  const from = prefixLength(text);
  const out = new Uint8Array(Math.ceil(((text.length - from) * 3) / 4));
  let length = 0;
  let bits = 0;
  let held = 0;
  let padding = 0;
  for (let i = from; i < text.length; i++) {
    let byte = text[i];
    if (byte === BACKSLASH) {
      if (cut && i + 6 > text.length) break;
      const escape = unescape(text, i);
      byte = escape.byte;
      i += escape.length - 1;
    }
    const value = VALUES[byte];
    if (value < 64) {
      if (padding > 0) throw new Error(`base64 goes on after its end at byte ${i}`);
      held = ((held << 6) | value) & 0xffffff;
      bits += 6;
      if (bits === 24) {
        out[length++] = held >> 16;
        out[length++] = (held >> 8) & 255;
        out[length++] = held & 255;
        bits = 0;
      }
    } else if (value === PADDING) padding++;
    else if (value !== SPACE) throw new Error(`byte ${i} of the text is not base64`);
  }
  if (!cut && (bits === 6 || padding > 2)) throw new Error('base64 is cut short');
  if (bits >= 12) out[length++] = (held >> (bits - 8)) & 255;
  if (bits === 18) out[length++] = (held >> 2) & 255;
  return out.subarray(0, length);
}

/** Bytes of a `data:` address before its base64; 0 when the text has no such prefix. */
function prefixLength(text: Uint8Array): number {
  const head = String.fromCharCode(...text.subarray(0, 256));
  if (!/^\s*data:/i.test(head)) return 0;
  const comma = head.indexOf(',');
  if (comma < 0 || !/;base64$/i.test(head.slice(0, comma)))
    throw new Error('a data: address that is not base64');
  return comma + 1;
}

const SHORT: Record<string, number> = { n: 10, r: 13, t: 9, b: 8, f: 12, '/': 47, '"': 34, '\\': 92 };

function unescape(text: Uint8Array, i: number): { byte: number; length: number } {
  const kind = String.fromCharCode(text[i + 1] ?? 0);
  if (kind in SHORT) return { byte: SHORT[kind], length: 2 };
  const code = kind === 'u' ? parseInt(String.fromCharCode(...text.subarray(i + 2, i + 6)), 16) : NaN;
  if (!(code < 256)) throw new Error(`byte ${i} of the text is not base64`);
  return { byte: code, length: 6 };
}
