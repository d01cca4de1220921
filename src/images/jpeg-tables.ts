// The tables of ITU-T T.81 (JPEG), Annex K, and what an encoder makes of them.

/** Places of the coefficients, row x 8 + column, in the order in which they are written. */
export const ZIGZAG = zigzag();

const STEPS = {
  // prettier-ignore
  luma: [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55,
    14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
  ],
  // prettier-ignore
  chroma: [
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99,
    24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
  ],
};

export interface HuffmanTable {
  /** 0x10 for all but the first coefficient, plus 1 for chroma. */
  id: number;
  /** How many symbols have codes of 1 .. 16 bits. */
  counts: number[];
  /** By rising length of their codes. */
  symbols: number[];
}

const LENGTHS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/** For luma the first coefficient and the others, then the same for chroma. */
export const HUFFMAN: readonly HuffmanTable[] = [
  { id: 0x00, counts: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], symbols: LENGTHS },
  {
    id: 0x10,
    counts: [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125],
    symbols: fromHex(
      '01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a' +
        '3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a929394' +
        '95969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8' +
        'e9eaf1f2f3f4f5f6f7f8f9fa',
    ),
  },
  { id: 0x01, counts: [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], symbols: LENGTHS },
  {
    id: 0x11,
    counts: [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 119],
    symbols: fromHex(
      '000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a262728' +
        '292a35363738393a434445464748494a535455565758595a636465666768696a737475767778797a82838485868788898a92' +
        '939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7' +
        'e8e9eaf2f3f4f5f6f7f8f9fa',
    ),
  },
];

/** Quantisation steps by place for a quality of 1..100, as libjpeg scales them. */
export function quantisation(of: keyof typeof STEPS, quality: number): number[] {
  const percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  return STEPS[of].map((step) => Math.min(255, Math.max(1, Math.floor((step * percent + 50) / 100))));
}

/** For each symbol its code << 8 | the length of the code, 0 where it has none. */
export function huffmanEntries({ counts, symbols }: HuffmanTable): Uint32Array<ArrayBuffer> {
  const entries = new Uint32Array(256);
  let code = 0;
  let next = 0;
  counts.forEach((count, i) => {
    for (let k = 0; k < count; k++) entries[symbols[next++]] = (code++ << 8) | (i + 1);
    code <<= 1;
  });
  return entries;
}

function zigzag(): number[] {
  const places = Array.from({ length: 64 }, (_, place) => place);
  const diagonal = (place: number) => (place >> 3) + (place & 7);
  const along = (place: number) => (diagonal(place) % 2 ? place >> 3 : place & 7);
  return places.sort((a, b) => diagonal(a) - diagonal(b) || along(a) - along(b));
}

function fromHex(text: string): number[] {
  return Array.from({ length: text.length / 2 }, (_, i) => parseInt(text.slice(2 * i, 2 * i + 2), 16));
}
