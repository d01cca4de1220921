/** The upper half of code page 437, in which ZIP names are by default (APPNOTE, appendix D). */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
  'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** An encoding of names, and how much of a text looks like one written in it. */
interface Encoding {
  label: string;
  decode(bytes: Uint8Array): string;
  plausible: RegExp;
}

const LATIN_WORD = /^\p{Script=Latin}+$/u;
const RUSSIAN_WORD = /^(?:[А-ЯЁ]?[а-яё]+|[А-ЯЁ]+)$/u;
const JAPANESE = /^[\u3041-\u30ff\u3005-\u3007\u4e00-\u9fff\uff01-\uff5e]+$/u;

function standard(label: string, plausible: RegExp): Encoding {
  const decoder = new TextDecoder(label, { fatal: true });
  return { label, decode: (bytes) => decoder.decode(bytes), plausible };
}

/** The default first: it wins a draw. */
const ENCODINGS: Encoding[] = [
  { label: 'CP437', decode: decodeCp437, plausible: LATIN_WORD },
  standard('windows-1252', LATIN_WORD),
  standard('Shift_JIS', JAPANESE),
  standard('windows-1251', RUSSIAN_WORD),
  standard('IBM866', RUSSIAN_WORD),
];

function decodeCp437(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : CP437[byte - 128])).join('');
}

/** How names without a declared encoding are best read, all of an archive together. */
export function guessNames(names: readonly Uint8Array[]): { label: string; names: string[] } {
  let best = { label: 'CP437', names: names.map(decodeCp437), score: -1 };
  for (const encoding of ENCODINGS) {
    const decoded = decodeAll(encoding, names);
    const score = decoded ? plausibility(decoded.slice(0, 1000).join(' '), encoding.plausible) : -1;
    if (decoded && score > best.score) best = { label: encoding.label, names: decoded, score };
  }
  return best;
}

function decodeAll(encoding: Encoding, names: readonly Uint8Array[]): string[] | null {
  try {
    return names.map((name) => encoding.decode(name));
  } catch {
    return null;
  }
}

/** The share of characters beyond ASCII that stand in words of the expected script; half of a Latin word is ASCII. */
function plausibility(text: string, plausible: RegExp): number {
  let foreign = 0;
  let good = 0;
  for (const [word] of text.matchAll(/\p{L}+|[^\p{ASCII}]/gu)) {
    const count = [...word].filter((char) => char > '\x7f').length;
    foreign += count;
    const fits = plausible.test(word) && (plausible !== LATIN_WORD || count * 2 <= word.length);
    if (fits) good += count;
  }
  return foreign === 0 ? 0 : good / foreign;
}
