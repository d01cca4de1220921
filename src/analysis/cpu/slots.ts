import type { Arena } from '../../simd/arena';
import { Centres } from './centres';
import { Scratch } from './scratch';
import { sumsLayout, type SumsLayout } from './sums';

export const UNLABELLED = 0xffff;
/** Of the memory that is left, bounds take at most this share. */
const BOUNDS_SHARE = 0.75;
/** Steps after which the sums of a fit are added up anew, so that differences do not pile up roundings. */
const WHOLE_EVERY = 32;

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
  /** groups x k x d f64, groups x k u32. */
  readonly sums: number;
  readonly counts: number;
  readonly #layout: SumsLayout;
  readonly #memory: Scratch;
  /** Which of the two sets of labels is the last one. */
  #current: 0 | 1 = 0;
  #steps = 0;
  #bounded = false;
  #whole = true;
  #units = 0;
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
    this.sums = this.#memory.take(this.#layout.sumsBytes);
    this.counts = this.#memory.take(this.#layout.countsBytes);
    this.#columnTable = this.#memory.take(4 * k);
    arena.f64(this.centres.exact, k * d).fill(0);
  }

  /** The `Fit` of the kernel `assign` for the next step. */
  stepFields(): [number[], number[]] {
    return this.#fields(this.centres, this.#bounded, this.rows.lower !== 0, this.#columns);
  }

  /** The same for other centres, which leaves the bounds as they are; `known`: these say something about them. */
  probeFields(centres: Centres, known: boolean): [number[], number[]] {
    return this.#fields(centres, this.#bounded && known, false, 0);
  }

  /** Where the labels of the step, or of the probe, are written. */
  get written(): number {
    return this.rows.labels[1 - this.#current];
  }

  /** Whether the sums are to be added up anew, when so many labels have changed. Then they are set to zero. */
  startSums(changed: number): boolean {
    const whole = this.#whole || this.#steps % WHOLE_EVERY === 0 || 2 * changed > this.to - this.from;
    if (whole) {
      this.arena.u8(this.sums, this.#layout.sumsBytes).fill(0);
      this.arena.u8(this.counts, this.#layout.countsBytes).fill(0);
    }
    return whole;
  }

  /** The `Fit` of the kernel `update`. */
  sumFields(whole: boolean): number[] {
    const before = this.rows.labels[this.#current];
    return [this.k, before, this.written, this.sums, this.counts, Number(whole)];
  }

  /** Whether no step has been made: the centres may be rows that a seeding has chosen. */
  get isFresh(): boolean {
    return this.#steps === 0;
  }

  /** Before a step; `columns`: addresses of the distances to these centres where they are known. */
  begin(centres: Float64Array, units: number, columns: number[] | null): void {
    this.#units = units;
    this.#columns = columns ? this.#columnTable : 0;
    if (columns) this.arena.u32(this.#columnTable, this.k).set(columns);
    if (!this.centres.set(centres, this.centres, units)) this.#bounded = false;
    if (!this.#bounded) this.centres.restart();
  }

  spoil(): void {
    this.#bounded = false;
    this.#whole = true;
  }

  finish(): void {
    this.#current = this.#current === 0 ? 1 : 0;
    this.#steps++;
    this.#bounded = this.rows.lower !== 0;
    this.#whole = false;
  }

  /** The sums and counts, over all groups. */
  total(): { sums: Float64Array; counts: Uint32Array } {
    const { k, d } = this;
    const { groups } = this.#layout;
    const sums = this.arena.f64(this.sums, k * d).slice();
    const counts = this.arena.u32(this.counts, k).slice();
    for (let g = 1; g < groups; g++) {
      const more = this.arena.f64(this.sums + 8 * g * k * d, k * d);
      for (let p = 0; p < sums.length; p++) sums[p] += more[p];
      const others = this.arena.u32(this.counts + 4 * g * k, k);
      for (let c = 0; c < k; c++) counts[c] += others[c];
    }
    return { sums, counts };
  }

  close(): void {
    this.centres.close();
    this.#memory.close();
  }

  #fields(centres: Centres, bounded: boolean, keep: boolean, columns: number): [number[], number[]] {
    const { exact, flat, packed, norms, drift, moves, errorScale, errorBase } = centres;
    const { labels, upper, lower, lowerStride } = this.rows;
    const addresses = [exact, flat, packed, norms, labels[this.#current], this.written];
    const bounds = [upper, lower, lowerStride, drift, moves, Number(bounded), Number(keep), columns];
    const { codeFlat, codePacked, codeUnits, codeLength, codeError } = centres;
    return [
      [this.k, ...addresses, ...bounds, codeFlat, codePacked, codeUnits],
      [errorScale, errorBase, this.#units, (this.d + 8) * 1.01 * 2 ** -24, codeLength, codeError],
    ];
  }
}
