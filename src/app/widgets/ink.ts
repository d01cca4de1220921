import { contrast, parseHex } from '../state/colour';

const BLACK = parseHex('#000000');
const WHITE = parseHex('#ffffff');

/** Black or white, whichever is easier to read on the colour (always WCAG AA: one of the two reaches 4.5). */
export function inkOn(hex: string): string {
  const ground = parseHex(hex);
  return contrast(ground, WHITE) >= contrast(ground, BLACK) ? '#ffffff' : '#000000';
}
