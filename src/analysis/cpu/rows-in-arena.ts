import { Placed, theTeam, type Matrix } from '../../simd/matrix';
import type { KernelName } from '../../simd/module';
import { Pace } from '../pace';
import { Scratch } from './scratch';
import type { SeedColumns } from './seed-columns';

/** Multiply-adds of a part, at most: about a millisecond. */
const PART_WORK = 2 ** 24;
/** Parts that are enough to keep every thread busy to the end. */
const ENOUGH = 64;
/** Bytes of rows that are looked at again and again before the next are read: a part of a core's own cache. */
const BLOCK_BYTES = 2 ** 18;

/** Seedings whose distances are kept: as many as restarts that are usual. */
const MOST_SEEDINGS = 8;
/** Units of the typical length of a row: 16 bits hold eight such lengths, all but what is far out. */
const UNITS = 8191;

/** With fewer columns a code saves little, and the products are few. */
const LEAST_CODED = 32;
const MOST_CODE_BYTES = 2 ** 28;

export interface Lengths {
  /** The address of the rows' squared lengths, n f32. */
  squares: number;
  /** How many units a distance of 1 is where bounds are kept in 16 bits. */
  units: number;
}

/** The rows in 16 bits beside those in 32, for the dot products that k-means only compares. */
export interface Codes {
  /** n rows of `stride` bytes. */
  at: number;
  stride: number;
  /** What 1 stands for in each row, and how far a row may be off as a vector: n f32 each. */
  units: number;
  errors: number;
}

/** The rows of an engine where the kernels read them, and what is known of every row. */
export class ArenaRows extends Placed {
  #lengths: Lengths | null = null;
  #codes: (Codes & { isMade: boolean }) | null | undefined;
  readonly #seeds: SeedColumns[] = [];
  readonly #memory: Scratch;

  constructor(rows: Matrix) {
    super(rows);
    this.#memory = new Scratch(this.arena);
  }

  /** Measured at the first call. */
  async lengths(signal?: AbortSignal): Promise<Lengths> {
    if (this.#lengths) return this.#lengths;
    const { n, d, x, arena } = this;
    const squares = this.#memory.take(4 * n);
    const perPart = rowsPerPart(n, d);
    await this.run('lengths', Math.ceil(n / perPart), signal, (scratch) =>
      scratch.struct([x, d, n, squares, perPart]),
    );
    let sum = 0;
    for (const square of arena.f32(squares, n)) sum += square;
    const typical = Math.sqrt(sum / Math.max(1, n));
    return (this.#lengths = { squares, units: typical > 0 ? UNITS / typical : 1 });
  }

  /** Bytes of a row in 16 bits; 0 where such rows would save nothing or take too much. Their memory is taken at once. */
  get codeStride(): number {
    if (this.#codes === undefined) {
      const { n, d, arena } = this;
      const stride = 16 * Math.ceil(d / 8);
      const fits = d >= LEAST_CODED && n * stride <= Math.min(MOST_CODE_BYTES, arena.room / 4);
      const take = (bytes: number) => this.#memory.take(bytes);
      this.#codes = fits
        ? { at: take(n * stride), stride, units: take(4 * n), errors: take(4 * n), isMade: false }
        : null;
    }
    return this.#codes?.stride ?? 0;
  }

  /** Made at the first call; null where `codeStride` is 0. */
  async codes(signal?: AbortSignal): Promise<Codes | null> {
    const stride = this.codeStride;
    const codes = this.#codes ?? null;
    if (!codes || codes.isMade) return codes;
    const { n, d, x } = this;
    const { squares } = await this.lengths(signal);
    const perPart = rowsPerPart(n, d);
    await this.run('encodeRows', Math.ceil(n / perPart), signal, (scratch) =>
      scratch.struct([x, d, n, squares, codes.at, stride, codes.units, codes.errors, perPart]),
    );
    codes.isMade = true;
    return codes;
  }

  /** Keeps the distances of a seeding for the fits that start from it. */
  remember(seeds: SeedColumns): void {
    this.#seeds.push(seeds);
    if (this.#seeds.length > MOST_SEEDINGS) this.#seeds.shift()!.close();
  }

  /** Addresses of the distances to these centres (k x d), if they are the first rows of a seeding. */
  seedColumns(centres: Float64Array): number[] | null {
    for (const seeds of this.#seeds) {
      const found = seeds.find(centres, this.d, (row) => this.row(row));
      if (found) return found;
    }
    return null;
  }

  /** Runs parts of a job whose parameters `fill` writes; they are given back afterwards. Errors: `cancelled`. */
  async run(
    kernel: KernelName,
    parts: number,
    signal: AbortSignal | undefined,
    fill: (scratch: Scratch) => number,
  ): Promise<void> {
    const pace = new Pace(signal);
    pace.check();
    const scratch = new Scratch(this.arena);
    try {
      await theTeam().run(this.arena, kernel, fill(scratch), parts, () => pace.turn());
    } finally {
      scratch.close();
    }
  }

  override close(): void {
    for (const seeds of this.#seeds.splice(0)) seeds.close();
    this.#memory.close();
    super.close();
  }
}

/** Rows of a part with `work` multiply-adds a row; a multiple of four. */
export function rowsPerPart(n: number, work: number): number {
  const most = Math.min(Math.floor(PART_WORK / Math.max(1, work)), Math.ceil(n / ENOUGH));
  return Math.max(4, Math.ceil(most / 4) * 4);
}

/** Rows that fit into the cache together; a multiple of four. */
export function blockRows(d: number): number {
  return Math.max(16, Math.min(512, Math.floor(BLOCK_BYTES / (16 * d)) * 4));
}
