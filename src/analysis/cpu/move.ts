import type { Centres } from './centres';
import type { ArenaRows } from './rows-in-arena';
import { writeStruct, type Scratch } from './scratch';

/** Addresses of sums and counts of clusters in groups: groups x k x d f64, groups x k u32. */
export interface Sums {
  sums: number;
  counts: number;
  groups: number;
}

export interface Move {
  to: Centres;
  /** The centres that the moves are counted from; may be the same. */
  before: Centres;
  /** The new centres, k x d, or sums without an empty cluster, whose means these are. */
  from: Float64Array | Sums;
  /** Whether the way starts from zero. */
  restart: boolean;
}

export interface Moved {
  /** Summed squared moves. */
  shift: number;
  /** Whether bounds on the distances to the centres before say nothing any more: the way starts from zero. */
  isFar: boolean;
}

/** Fields of a `Move` of the kernel `move`, and bytes of an `Outcome`. */
const MOVE_BYTES = 72;
const OUTCOME_BYTES = 32;

/** What a move has to know of the rows. */
export type MoveRows = Pick<ArenaRows, 'arena' | 'd' | 'codeStride' | 'run'>;

/** Gives fits new centres. `units` of a distance of 1. Errors: `cancelled`, with some of them moved. */
export async function moveAll(
  rows: MoveRows,
  moves: Move[],
  units: number,
  signal?: AbortSignal,
): Promise<Moved[]> {
  const { arena, d, codeStride } = rows;
  const outcomes = arena.alloc(OUTCOME_BYTES * moves.length);
  try {
    await rows.run('move', moves.length, signal, (scratch) => {
      const at = scratch.take(MOVE_BYTES * moves.length);
      moves.forEach((move, m) => writeStruct(arena, at + MOVE_BYTES * m, fieldsOf(move, scratch), [units]));
      return scratch.struct([d, codeStride, at, outcomes]);
    });
    return moves.map(({ to }, m) => {
      const at = outcomes + OUTCOME_BYTES * m;
      const [shift, longest] = arena.f64(at, 2);
      const [worst] = arena.f32(at + 16, 1);
      to.bound(Math.sqrt(longest), worst);
      return { shift, isFar: arena.u32(at + 24, 1)[0] !== 0 };
    });
  } finally {
    arena.free(outcomes);
  }
}

function fieldsOf({ to, before, from, restart }: Move, scratch: Scratch): number[] {
  const { sums, counts, groups } = from instanceof Float64Array ? asSums(from, to.k, scratch) : from;
  const { k, exact, flat, packed, norms, moves, drift, way, codeFlat, codePacked, codeUnits } = to;
  const forms = [exact, flat, packed, norms, moves, drift, way, codeFlat, codePacked, codeUnits];
  return [k, sums, counts, groups, before.exact, before.way, ...forms, Number(restart)];
}

/** Centres as the sums of clusters of one row each. */
function asSums(centres: Float64Array, k: number, scratch: Scratch): Sums {
  const sums = scratch.take(8 * centres.length);
  const counts = scratch.take(4 * k);
  scratch.arena.f64(sums, centres.length).set(centres);
  scratch.arena.u32(counts, k).fill(1);
  return { sums, counts, groups: 1 };
}
