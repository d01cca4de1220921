const ELLIPSIS = '…';
const segmenter = new Intl.Segmenter();

/** One line of a caption: line breaks and control characters become spaces, marks that turn the direction are left out. */
export function captionLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** The beginning of a text that is not wider than `width`, in whole characters as people see them, with `…` where it was cut. */
export function cutToWidth(text: string, width: number, measure: (text: string) => number): string {
  if (measure(text) <= width) return text;
  const parts = Array.from(segmenter.segment(text), ({ segment }) => segment);
  let fits = 0;
  let fails = parts.length;
  while (fits + 1 < fails) {
    const middle = (fits + fails) >> 1;
    if (measure(parts.slice(0, middle).join('').trimEnd() + ELLIPSIS) <= width) fits = middle;
    else fails = middle;
  }
  if (fits === 0) return measure(ELLIPSIS) <= width ? ELLIPSIS : '';
  return parts.slice(0, fits).join('').trimEnd() + ELLIPSIS;
}

/** Letters of scripts that are written from the right. */
const RIGHT_TO_LEFT =
  /\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}|\p{Script=Adlam}/u;

/** The direction of a text, as its first letter has it (Unicode's rules P2 and P3). */
export function directionOf(text: string): 'ltr' | 'rtl' {
  const first = /\p{L}/u.exec(text)?.[0] ?? '';
  return RIGHT_TO_LEFT.test(first) ? 'rtl' : 'ltr';
}
