import type { Arena } from '../../simd/arena';
import type { LloydStep } from '../engine';
import { Centres } from './centres';
import type { Move, Moved, Sums } from './move';
import { Scratch } from './scratch';
import { sumsLayout, type SumsLayout } from './sums';

export const UNLABELLED = 0xffff;
/** Of the memory that is left, bounds take at most this share. */
const BOUNDS_SHARE = 0.75;
/** Steps after which the sums of a fit are added up anew, so that differences do not pile up roundings. */
const WHOLE_EVERY = 32;

/** Integers and fractions of a `Fit` of the kernels `assign` and `measure`. */
export type FitFields = [number[], number[]];

/** What fits remember of each of n rows: the last two sets of labels, and Elkan's bounds (2003) where there is room. */
export class RowMemory {
  readonly labels: [number, number];
  readonly upper: number = 0;
  readonly lower: number = 0;
  /** Bytes of `lower` for a row. */
  readonly lowerStride: number;
  readonly #memory: Scratch;

  /** For fits of at most `k` clusters. */
  constructor(arena: Arena, n: number, k: number) {
    this.#memory = new Scratch(arena);
    this.lowerStride = lowerStride(k);
    this.labels = [this.#memory.take(2 * n), this.#memory.take(2 * n)];
    arena.u16(this.labels[0], n).fill(UNLABELLED);
    if (n * (this.lowerStride + 4) > BOUNDS_SHARE * arena.room) return;
    this.upper = this.#memory.take(4 * n);
    this.lower = this.#memory.take(this.lowerStride * n);
  }

  /** Bytes for each row. */
  static bytes(k: number): number {
    return 8 + lowerStride(k);
  }

  close(): void {
    this.#memory.close();
  }
}

/** A bound takes two bytes; they lie in panels of eight. */
function lowerStride(k: number): number {
  return 16 * Math.ceil(k / 8);
}

/** One fit: its centres, its rows' labels and bounds, its sums. */
export class Slot {
  readonly centres: Centres;
  /** Where the rows of each cluster are added up. */
  readonly sums: Sums;
  /** Rows whose label changed in the last step. */
  changed = 0;
  readonly #layout: SumsLayout;
  readonly #memory: Scratch;
  /** Which of the two sets of labels is the last one. */
  #current: 0 | 1 = 0;
  #steps = 0;
  /** Whether the bounds hold for the centres of the last step, and whether these have moved since. */
  #bounded = false;
  #moved = false;
  #whole = true;
  /** Centres that are to be those of the next step. */
  #placed: Float64Array | null = null;
  /** Addresses of the distances to the centres, k u32; in use where a seeding has left them. */
  readonly #columnTable: number;
  #columns = 0;

  /** The rows `from` .. `to` - 1, or the entries of a list of rows. */
  constructor(
    private readonly arena: Arena,
    readonly k: number,
    readonly d: number,
    readonly from: number,
    readonly to: number,
    private readonly rows: RowMemory,
    groups: number,
    codeStride: number,
  ) {
    this.centres = new Centres(arena, k, d, codeStride);
    this.#layout = sumsLayout(k, d, groups);
    this.#memory = new Scratch(arena);
    this.sums = {
      sums: this.#memory.take(this.#layout.sumsBytes),
      counts: this.#memory.take(this.#layout.countsBytes),
      groups,
    };
    this.#columnTable = this.#memory.take(4 * k);
  }

  /** The `Fit` of the kernel `assign` for the next step. */
  stepFields(units: number): FitFields {
    return this.#fields(this.centres, units, this.#bounded, this.rows.lower !== 0, this.#columns);
  }

  /** The same for labels only: the bounds are left as they are. */
  labelFields(units: number): FitFields {
    return this.#fields(this.centres, units, this.#bounded, false, 0);
  }

  /** The same for other centres; `known`: the bounds say something about them. */
  probeFields(probe: Centres, units: number, known: boolean): FitFields {
    return this.#fields(probe, units, known && this.#bounded && !this.#moved, false, 0);
  }

  /** Where the labels of the step, or those alone, are written. */
  get written(): number {
    return this.rows.labels[1 - this.#current];
  }

  /** Whether the sums are to be added up anew, when so many labels have changed. Then they are set to zero. */
  startSums(): boolean {
    const whole = this.#whole || this.#steps % WHOLE_EVERY === 0 || 2 * this.changed > this.to - this.from;
    if (whole) {
      this.arena.u8(this.sums.sums, this.#layout.sumsBytes).fill(0);
      this.arena.u8(this.sums.counts, this.#layout.countsBytes).fill(0);
    }
    return whole;
  }

  /** The `Fit` of the kernel `update`. */
  sumFields(whole: boolean): number[] {
    const before = this.rows.labels[this.#current];
    const { sums, counts } = this.sums;
    return [this.k, before, this.written, sums, counts, Number(whole)];
  }

  /** Whether no step has been made: the centres may be rows that a seeding has chosen. */
  get isFresh(): boolean {
    return this.#steps === 0;
  }

  /** Takes these centres for the next step; they have still to be moved to. */
  place(centres: Float64Array): void {
    this.#placed = centres.slice();
  }

  get placed(): Float64Array | null {
    return this.#placed;
  }

  /** The move to the centres that were placed, or to the means of the clusters. */
  moveTo(from: Float64Array | Sums): Move {
    // Two moves after one another are more than the bounds have been told of.
    if (this.#moved) this.#bounded = false;
    return { to: this.centres, before: this.centres, from, restart: !this.#bounded };
  }

  /** After that move; `columns`: addresses of the distances to these centres where they are known. */
  arrive({ isFar }: Moved, columns: number[] | null): void {
    if (isFar) this.#bounded = false;
    this.#moved = true;
    this.#placed = null;
    this.#columns = columns ? this.#columnTable : 0;
    if (columns) this.arena.u32(this.#columnTable, this.k).set(columns);
  }

  spoil(): void {
    this.#bounded = false;
    this.#whole = true;
  }

  finish(): void {
    this.#current = this.#current === 0 ? 1 : 0;
    this.#steps++;
    this.#bounded = this.rows.lower !== 0;
    this.#moved = false;
    this.#whole = false;
  }

  /** Rows of each cluster, over all groups. */
  counts(): Uint32Array {
    const all = this.arena.u32(this.sums.counts, this.sums.groups * this.k);
    const counts = all.slice(0, this.k);
    for (let p = this.k; p < all.length; p++) counts[p % this.k] += all[p];
    return counts;
  }

  /** What the last step has found. */
  total(): LloydStep {
    const size = this.k * this.d;
    const all = this.arena.f64(this.sums.sums, this.sums.groups * size);
    const sums = all.slice(0, size);
    for (let from = size; from < all.length; from += size)
      for (let p = 0; p < size; p++) sums[p] += all[from + p];
    return { sums, counts: this.counts(), changed: this.changed };
  }

  close(): void {
    this.centres.close();
    this.#memory.close();
  }

  #fields(centres: Centres, units: number, bounded: boolean, keep: boolean, columns: number): FitFields {
    const { exact, flat, packed, norms, drift, moves, errorScale, errorBase } = centres;
    const { labels, upper, lower, lowerStride } = this.rows;
    const addresses = [exact, flat, packed, norms, labels[this.#current], this.written];
    const bounds = [upper, lower, lowerStride, drift, moves, Number(bounded), Number(keep), columns];
    const { codeFlat, codePacked, codeUnits, codeLength, codeError } = centres;
    return [
      [this.k, ...addresses, ...bounds, codeFlat, codePacked, codeUnits],
      [errorScale, errorBase, units, (this.d + 8) * 1.01 * 2 ** -24, codeLength, codeError],
    ];
  }
}
