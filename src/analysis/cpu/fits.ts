import { theTeam } from '../../simd/matrix';
import type { Assignment, LloydStep, Task } from '../engine';
import { Centres } from './centres';
import { blockRows, rowsPerPart, type ArenaRows } from './rows-in-arena';
import { writeStruct, type Scratch } from './scratch';
import type { Slot } from './slots';
import { SUM_PART_FIELDS, sumRounds } from './sums';

/** Bytes that the distances of several fits may take at a time. */
const SQUARED_BYTES = 2 ** 26;

/** Rows of some slots: `first` .. `last` - 1 of those at hand look at rows `from` .. `to` - 1. */
interface Range {
  first: number;
  last: number;
  from: number;
  to: number;
}

/**
 * Fits that advance together: over all rows (`list` = 0), where every block of rows is read once for all of them, or each
 * over its own part of a list of rows.
 */
export class SlotFits {
  constructor(
    private readonly rows: ArenaRows,
    private readonly slots: Slot[],
    private readonly list: number,
    private readonly groups: number,
    private readonly release: () => void,
  ) {}

  async step(tasks: Task[], signal?: AbortSignal): Promise<LloydStep[]> {
    const slots = tasks.map(({ slot }) => this.slots[slot]);
    const { units } = await this.rows.lengths(signal);
    try {
      tasks.forEach(({ centres }, place) => {
        const seeded = this.list === 0 && slots[place].isFresh;
        slots[place].begin(centres, units, seeded ? this.rows.seedColumns(centres) : null);
      });
      const changed = await this.#assign(
        slots,
        slots.map((slot) => slot.stepFields()),
        signal,
      );
      await this.#addUp(slots, changed, signal);
      for (const slot of slots) slot.finish();
      return slots.map((slot, place) => ({ ...slot.total(), changed: changed[place] }));
    } catch (error) {
      for (const slot of slots) slot.spoil();
      throw error;
    }
  }

  /** Labels and squared distances (f64) of the rows for these centres, of all slots together where each has a part of the rows. */
  async assign(tasks: Task[], signal?: AbortSignal): Promise<Assignment> {
    const { arena, n } = this.rows;
    const squared = arena.alloc(8 * n);
    try {
      arena.f64(squared, n).fill(0);
      const slots = await this.#probe(tasks, squared, 0, signal);
      return { labels: this.#partLabels(slots), squared: arena.f64(squared, n).slice() };
    } finally {
      arena.free(squared);
    }
  }

  /** Labels and squared distances (f64) of all rows, for the centres of each task. */
  async assignEach(tasks: Task[], signal?: AbortSignal): Promise<Assignment[]> {
    const { arena, n } = this.rows;
    const together = Math.max(1, Math.min(tasks.length, Math.floor(SQUARED_BYTES / (8 * n))));
    const squared = arena.alloc(8 * n * together);
    try {
      const found: Assignment[] = [];
      for (let from = 0; from < tasks.length; from += together) {
        const slots = await this.#probe(tasks.slice(from, from + together), squared, 8 * n, signal);
        slots.forEach(({ written }, f) =>
          found.push({
            labels: arena.u16(written, n).slice(),
            squared: arena.f64(squared + 8 * n * f, n).slice(),
          }),
        );
      }
      return found;
    } finally {
      arena.free(squared);
    }
  }

  close(): void {
    for (const slot of this.slots) slot.close();
    this.release();
  }

  /** Writes labels, and squared distances at `squared`, for these centres; counts as no step. */
  async #probe(tasks: Task[], squared: number, stride: number, signal?: AbortSignal): Promise<Slot[]> {
    const slots = tasks.map(({ slot }) => this.slots[slot]);
    const { units } = await this.rows.lengths(signal);
    const probes: Centres[] = [];
    try {
      const fits = tasks.map(({ centres }, place) => {
        const probe = new Centres(this.rows.arena, slots[place].k, this.rows.d, this.rows.codeStride);
        probes.push(probe);
        const known = probe.set(centres, slots[place].centres, units);
        return slots[place].probeFields(probe, known);
      });
      await this.#assign(slots, fits, signal);
      await this.#measure(slots, fits, squared, stride, signal);
      return slots;
    } finally {
      for (const probe of probes) probe.close();
    }
  }

  /** Writes the labels of the rows; how many have changed in each slot. */
  async #assign(slots: Slot[], fits: [number[], number[]][], signal?: AbortSignal): Promise<number[]> {
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

  async #addUp(slots: Slot[], changed: number[], signal?: AbortSignal): Promise<void> {
    const { x, d, n } = this.rows;
    const fields = slots.flatMap((slot, place) => slot.sumFields(slot.startSums(changed[place])));
    const ranges =
      this.list === 0
        ? [{ first: 0, last: slots.length, from: 0, to: n, groups: this.groups }]
        : slots.map(({ from, to }, f) => ({ first: f, last: f + 1, from, to, groups: this.groups }));
    for (const parts of sumRounds(ranges, d))
      await this.rows.run('update', parts.length / SUM_PART_FIELDS, signal, (scratch) =>
        scratch.struct([x, d, this.list, scratch.struct(fields), scratch.struct(parts)]),
      );
  }

  async #measure(
    slots: Slot[],
    fits: [number[], number[]][],
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

  #partLabels(slots: Slot[]): Uint16Array {
    const { arena, n } = this.rows;
    const labels = new Uint16Array(n);
    for (const { from, to, written } of slots) {
      const own = arena.u16(written, n);
      for (const row of arena.u32(this.list + 4 * from, to - from)) labels[row] = own[row];
    }
    return labels;
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
function fitArray(scratch: Scratch, fits: [number[], number[]][]): number {
  const bytes = 4 * (fits[0][0].length + fits[0][1].length);
  const at = scratch.take(bytes * fits.length);
  fits.forEach(([integers, fractions], f) => writeStruct(scratch.arena, at + f * bytes, integers, fractions));
  return at;
}
