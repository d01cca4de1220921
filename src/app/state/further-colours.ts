import {
  contrast,
  distance,
  fromOklch,
  oklab,
  parseHex,
  seenBy,
  toHex,
  type Lab,
  type Vision,
} from './colour';

/** Kinds of vision, and how much a difference counts in each: as in the floors of the first colours. */
const VISIONS: readonly (readonly [Vision, number])[] = [
  ['normal', 1],
  ['protan', 2],
  ['deutan', 2],
  ['tritan', 2],
];
/** WCAG's ratio for graphics. */
const LEAST_CONTRAST = 3;
const GRID = {
  lightness: Array.from({ length: 16 }, (_, i) => 0.24 + 0.048 * i),
  chroma: [0.03, 0.08, 0.13, 0.18, 0.23, 0.28],
  hue: Array.from({ length: 24 }, (_, i) => 15 * i),
};

/** A colour that may be taken, as each kind of vision sees it, and how far it lies from the nearest one that is taken. */
interface Candidate {
  hex: string;
  seen: Lab[];
  apart: number;
}

/**
 * Colours beyond those of a palette: each is the one of a grid over OKLCH that lies farthest from all before it, for the kind of
 * vision that tells them apart least. The same every time; the differences shrink as colours are taken.
 */
export class FurtherColours {
  private readonly taken: string[] = [];
  private readonly candidates: Candidate[];

  constructor(known: readonly string[], ground: string) {
    this.candidates = candidatesOn(ground);
    for (const hex of known) this.keepApart(seenByAll(hex));
  }

  /** The i-th beyond the palette. */
  at(i: number): string {
    while (this.taken.length <= i) {
      const farthest = this.candidates.reduce((best, one) => (one.apart > best.apart ? one : best));
      this.taken.push(farthest.hex);
      this.keepApart(farthest.seen);
    }
    return this.taken[i];
  }

  private keepApart(seen: readonly Lab[]): void {
    for (const one of this.candidates)
      VISIONS.forEach(([, weight], v) => {
        one.apart = Math.min(one.apart, weight * distance(one.seen[v], seen[v]));
      });
  }
}

const seenByAll = (hex: string): Lab[] => VISIONS.map(([vision]) => oklab(seenBy(parseHex(hex), vision)));

function candidatesOn(ground: string): Candidate[] {
  const behind = parseHex(ground);
  const found: Candidate[] = [];
  for (const lightness of GRID.lightness)
    for (const chroma of GRID.chroma)
      for (const hue of GRID.hue) {
        const rgb = fromOklch(lightness, chroma, hue);
        if (!rgb) continue;
        const hex = toHex(rgb);
        if (contrast(parseHex(hex), behind) >= LEAST_CONTRAST)
          found.push({ hex, seen: seenByAll(hex), apart: Infinity });
      }
  return found;
}
