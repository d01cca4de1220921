import type { Arena } from '../../simd/arena';
import { Centres } from './centres';
import { Scratch } from './scratch';
import { sumsLayout, type SumsLayout } from './sums';

export const UNLABELLED = 0xffff;
/** Steps after which the sums of a fit are added up anew, so that differences do not pile up roundings. */
const WHOLE_EVERY = 8;

/** What a fit remembers of each of n rows: the last two sets of labels, and Hamerly's bounds. */
export class RowMemory {
  readonly labels: [number, number];
  readonly upper: number;
  readonly lower: number;
  readonly #memory: Scratch;

  constructor(arena: Arena, n: number) {
    this.#memory = new Scratch(arena);
    this.labels = [this.#memory.take(2 * n), this.#memory.take(2 * n)];
    this.upper = this.#memory.take(4 * n);
    this.lower = this.#memory.take(4 * n);
    arena.u16(this.labels[0], n).fill(UNLABELLED);
  }

  /** Bytes for each row. */
  static readonly bytes = 12;

  close(): void {
    this.#memory.close();
  }
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

  /** The rows `from` .. `to` - 1, or the entries of a list of rows. */
  constructor(
    private readonly arena: Arena,
    readonly k: number,
    readonly d: number,
    readonly from: number,
    readonly to: number,
    private readonly rows: RowMemory,
    groups: number,
  ) {
    this.centres = new Centres(arena, k, d);
    this.#layout = sumsLayout(k, d, groups);
    this.#memory = new Scratch(arena);
    this.sums = this.#memory.take(this.#layout.sumsBytes);
    this.counts = this.#memory.take(this.#layout.countsBytes);
    arena.f64(this.centres.exact, k * d).fill(0);
  }

  /** The `Fit` of the kernel `assign` for the next step. */
  stepFields(): [number[], number[]] {
    return this.#fields(this.centres, this.#bounded, true);
  }

  /** The same for other centres, which leaves the bounds as they are. */
  probeFields(centres: Centres): [number[], number[]] {
    return this.#fields(centres, this.#bounded, false);
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

  /** Before a step: until it has finished nothing that was known holds. */
  begin(centres: Float64Array): void {
    this.centres.set(centres, this.centres);
  }

  spoil(): void {
    this.#bounded = false;
    this.#whole = true;
  }

  finish(): void {
    this.#current = this.#current === 0 ? 1 : 0;
    this.#steps++;
    this.#bounded = true;
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

  #fields(centres: Centres, bounded: boolean, keep: boolean): [number[], number[]] {
    const { exact, packed, norms, moves, farthest, most, next, errorScale, errorBase } = centres;
    const { labels, upper, lower } = this.rows;
    const before = labels[this.#current];
    return [
      [
        this.k,
        exact,
        packed,
        norms,
        before,
        this.written,
        upper,
        lower,
        Number(bounded),
        Number(keep),
        moves,
        farthest,
      ],
      [most, next, errorScale, errorBase],
    ];
  }
}
