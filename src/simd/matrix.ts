import { Arena } from './arena';
import { Team } from './team';

/** n x d f32, row-major. */
export interface Matrix {
  n: number;
  d: number;
  data: Float32Array;
}

/** Where memory cannot be shared it cannot grow under rows that are looked at either: this much is kept for the work. */
const LEAST_SCRATCH = 2 ** 26;

let team = new Team();
const arenas = new WeakMap<ArrayBufferLike, Arena>();

/** The threads of this realm. */
export function theTeam(): Team {
  return team;
}

/** From now on these threads do the work; the ones before are ended. */
export function useTeam(next: Team): void {
  team.close();
  team = next;
}

export function canShareMemory(): boolean {
  return globalThis.crossOriginIsolated === true;
}

/**
 * Rows of zeros that the kernels can read where they lie: fill them, and there is never a second copy. Errors: `memory`
 * beyond 4 GiB; `backend-missing` without WebAssembly SIMD.
 */
export function allocateRows(n: number, d: number): Matrix {
  const bytes = 4 * n * d;
  const shared = canShareMemory();
  const scratch = shared ? 0 : Math.max(LEAST_SCRATCH, Math.min(2 ** 29, bytes));
  const arena = new Arena(bytes + scratch, shared, !shared);
  const data = arena.f32(arena.alloc(bytes), n * d);
  arenas.set(data.buffer, arena);
  return { n, d, data };
}

/** Bytes of the memory that rows lie in, what the kernels took beside them included: it grows and never shrinks. */
export function memoryOf({ data }: Matrix): number {
  return arenas.get(data.buffer)?.memory.buffer.byteLength ?? data.byteLength;
}

/** Lets the threads go of rows that are not used any more. */
export function releaseRows({ data }: Matrix): void {
  const arena = arenas.get(data.buffer);
  if (arena) team.leave(arena);
}

/** Rows in the memory of the kernels: where they lie, if that is there, else as a copy. */
export class Placed {
  readonly n: number;
  readonly d: number;
  readonly arena: Arena;
  /** The address of the first row. */
  readonly x: number;
  readonly #own: boolean;

  constructor({ n, d, data }: Matrix) {
    this.n = n;
    this.d = d;
    const arena = arenas.get(data.buffer);
    this.#own = arena === undefined;
    if (arena) {
      this.arena = arena;
      this.x = data.byteOffset;
    } else {
      this.arena = new Arena(4 * n * d, canShareMemory());
      this.x = this.arena.alloc(4 * n * d);
      this.arena.f32(this.x, n * d).set(data.subarray(0, n * d));
    }
  }

  row(i: number): Float32Array {
    return this.arena.f32(this.x + 4 * i * this.d, this.d);
  }

  close(): void {
    if (this.#own) team.leave(this.arena);
  }
}
