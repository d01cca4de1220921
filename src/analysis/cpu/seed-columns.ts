import type { Arena } from '../../simd/arena';

/** Of the memory that is left, remembered distances take at most this share. */
const SHARE = 0.25;

/**
 * The squared distances (n f32 each) of all rows to the rows that k-means++ has chosen, in the order of choice. A fit that
 * starts from the first k of them knows its first assignment, and a bound for every centre, without a distance.
 */
export class SeedColumns {
  readonly #rows: number[] = [];
  readonly #columns: number[] = [];
  #stopped = false;

  constructor(private readonly arena: Arena) {}

  /** Whether there is room for those of another `candidates` among n rows. */
  fits(n: number, candidates: number): boolean {
    return !this.#stopped && 4 * n * (this.#columns.length + candidates) <= SHARE * this.arena.room;
  }

  /** Takes over the memory of `column`. */
  add(row: number, column: number): void {
    this.#rows.push(row);
    this.#columns.push(column);
  }

  /** No more: what follows would not be in order. */
  stop(): void {
    this.#stopped = true;
  }

  /** The columns of these centres (k x d), when they are the first k chosen rows; else null. */
  find(centres: Float64Array, d: number, rowAt: (row: number) => Float32Array): number[] | null {
    const k = centres.length / d;
    if (k > this.#rows.length) return null;
    for (let c = 0; c < k; c++) {
      const row = rowAt(this.#rows[c]);
      for (let t = 0; t < d; t++) if (row[t] !== centres[c * d + t]) return null;
    }
    return this.#columns.slice(0, k);
  }

  close(): void {
    for (const at of this.#columns) this.arena.free(at);
    this.#columns.length = 0;
    this.#rows.length = 0;
  }
}
