import { theTeam } from '../../simd/matrix';
import { blockRows, rowsPerPart, type ArenaRows } from './rows-in-arena';
import { writeStruct, type Scratch } from './scratch';
import type { FitFields, Slot } from './slots';
import { SUM_PART_FIELDS, sumRounds } from './sums';

/** Rows of some slots: `first` .. `last` - 1 of those at hand look at rows `from` .. `to` - 1. */
interface Range {
  first: number;
  last: number;
  from: number;
  to: number;
}

/** Passes over the rows for some slots: all rows (`list` = 0), or for each slot its own part of a list of rows. */
export class Passes {
  constructor(
    private readonly rows: ArenaRows,
    private readonly list: number,
    private readonly groups: number,
  ) {}

  /** Writes the labels of the rows; how many have changed in each slot. */
  async assign(slots: Slot[], fits: FitFields[], signal?: AbortSignal): Promise<number[]> {
    const { arena, x, d } = this.rows;
    const { squares } = await this.rows.lengths(signal);
    const codes = await this.rows.codes(signal);
    const panels = Math.max(...slots.map(({ centres }) => centres.panels));
    const ranges = this.#ranges(slots, (slot) => slot.centres.panels * 8 * d);
    const block = blockRows(d);
    const scratchSize = 4 * block + 128 * panels;
    const width = ranges.reduce((most, { first, last }) => Math.max(most, last - first), 0);
    const tallies = arena.alloc(4 * width * ranges.length);
    try {
      await this.rows.run('assign', ranges.length, signal, (scratch) => {
        const parts = ranges.flatMap(({ first, last, from, to }, p) => [
          first,
          last,
          from,
          to,
          tallies + 4 * width * p,
        ]);
        const threads = scratch.take(scratchSize * theTeam().threads);
        return scratch.struct([
          x,
          d,
          squares,
          this.list,
          fitArray(scratch, fits),
          scratch.struct(parts),
          block,
          threads,
          scratchSize,
          ...(codes ? [codes.at, codes.stride, codes.units, codes.errors] : [0, 0, 0, 0]),
        ]);
      });
      const tally = arena.u32(tallies, width * ranges.length);
      const changed = slots.map(() => 0);
      ranges.forEach(({ first, last }, p) => {
        for (let f = first; f < last; f++) changed[f] += tally[width * p + f - first];
      });
      return changed;
    } finally {
      arena.free(tallies);
    }
  }

  /** Brings the sums of slots up to date with the labels of a step. */
  async addUp(slots: Slot[], signal?: AbortSignal): Promise<void> {
    const { x, d, n } = this.rows;
    const fields = slots.flatMap((slot) => slot.sumFields(slot.startSums()));
    const ranges =
      this.list === 0
        ? [{ first: 0, last: slots.length, from: 0, to: n, groups: this.groups }]
        : slots.map(({ from, to }, f) => ({ first: f, last: f + 1, from, to, groups: this.groups }));
    for (const parts of sumRounds(ranges, d))
      await this.rows.run('update', parts.length / SUM_PART_FIELDS, signal, (scratch) =>
        scratch.struct([x, d, this.list, scratch.struct(fields), scratch.struct(parts)]),
      );
  }

  /** Writes the squared distance of each row to the centre of its label, f64; `stride` bytes from fit to fit. */
  async measure(
    slots: Slot[],
    fits: FitFields[],
    squared: number,
    stride: number,
    signal?: AbortSignal,
  ): Promise<void> {
    const { x, d } = this.rows;
    const ranges = this.#ranges(slots, () => 4 * d);
    await this.rows.run('measure', ranges.length, signal, (scratch) => {
      const parts = ranges.flatMap(({ first, last, from, to }) => [first, last, from, to, 0]);
      return scratch.struct([
        x,
        d,
        this.list,
        fitArray(scratch, fits),
        scratch.struct(parts),
        squared,
        stride,
      ]);
    });
  }

  #ranges(slots: Slot[], work: (slot: Slot) => number): Range[] {
    if (this.list !== 0)
      return slots.flatMap((slot, f) =>
        cut(f, f + 1, slot.from, slot.to, rowsPerPart(this.rows.n, work(slot))),
      );
    const all = slots.reduce((sum, slot) => sum + work(slot), 0);
    return cut(0, slots.length, 0, this.rows.n, rowsPerPart(this.rows.n, all));
  }
}

function cut(first: number, last: number, from: number, to: number, rows: number): Range[] {
  return Array.from({ length: Math.ceil((to - from) / rows) }, (_, p) => ({
    first,
    last,
    from: from + p * rows,
    to: Math.min(from + (p + 1) * rows, to),
  }));
}

/** The array of `Fit` of the kernels `assign` and `measure`. */
function fitArray(scratch: Scratch, fits: FitFields[]): number {
  const bytes = 4 * (fits[0][0].length + fits[0][1].length);
  const at = scratch.take(bytes * fits.length);
  fits.forEach(([integers, fractions], f) => writeStruct(scratch.arena, at + f * bytes, integers, fractions));
  return at;
}
