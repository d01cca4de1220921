import { QUAD, type CentreSet } from '../centre-store';

/** Sizes of a workgroup: `threads`, each with 8 rows x 4 centres; `quads` x 4 centres by 8 `threads` / `quads` rows. */
export interface TileShape {
  threads: number;
  quads: number;
}

/** From few centres to many: the more of them stand in a tile, the fewer times the rows are read. */
const SHAPES: TileShape[] = [
  { threads: 64, quads: 4 },
  { threads: 128, quads: 8 },
  { threads: 128, quads: 16 },
  { threads: 256, quads: 32 },
];
/** What reading the rows of a tile costs, in quads. */
const READING = 4;

/** How the centres of several fits, one behind the other, are cut into tiles; see assign.wgsl for the words. */
export interface AssignPlan {
  shape: TileShape;
  /** Rows of a workgroup. */
  rows: number;
  tiles: number;
  quadsAt: number;
  segmentsAt: number;
  words: Uint32Array<ArrayBuffer>;
  /** Centres compared with each row, padding included. */
  width: number;
}

/**
 * Cuts the quads of all sets into tiles. A set's quads in one tile are a segment; the first and the last segment of a set
 * are marked, so that a set may spread over tiles.
 */
export function planAssign(sets: CentreSet[]): AssignPlan {
  const quadsOf = ({ k }: CentreSet) => Math.ceil(k / QUAD);
  const total = sets.reduce((sum, set) => sum + quadsOf(set), 0);
  const cost = ({ quads }: TileShape) => Math.ceil(total / quads) * (quads + READING);
  const shape = SHAPES.reduce((best, next) => (cost(next) < cost(best) ? next : best));
  const count = Math.ceil(total / shape.quads);
  const heads: number[] = [];
  const quads: number[] = [];
  const segments: number[] = [];
  for (const set of sets) {
    for (let q = 0; q < quadsOf(set);) {
      const place = quads.length % shape.quads;
      if (place === 0) heads.push(quads.length, 0, segments.length / 7, 0);
      const taken = Math.min(shape.quads - place, quadsOf(set) - q);
      for (let j = 0; j < taken; j++) quads.push(set.first + (q + j) * QUAD);
      const flags = (q === 0 ? 1 : 0) | (q + taken === quadsOf(set) ? 2 : 0);
      segments.push(place, taken, set.slot, set.first, q * QUAD, flags, set.k);
      heads[heads.length - 3] += taken;
      heads[heads.length - 1] += 1;
      q += taken;
    }
  }
  const quadsAt = count * 4;
  return {
    shape,
    rows: (8 * shape.threads) / shape.quads,
    tiles: count,
    quadsAt,
    segmentsAt: quadsAt + quads.length,
    words: Uint32Array.from([...heads, ...quads, ...segments]),
    width: count * shape.quads * QUAD,
  };
}
