import type { Advance, Assignment, EmptyFit, FitResult, LloydStep, Task } from '../engine';
import { Centres } from './centres';
import { moveAll, type Moved, type Sums } from './move';
import { Passes } from './passes';
import type { ArenaRows } from './rows-in-arena';
import type { FitFields, Slot } from './slots';

/** Bytes that the distances of several fits may take at a time. */
const SQUARED_BYTES = 2 ** 26;

/**
 * Fits that advance together: over all rows (`list` = 0), where every block of rows is read once for all of them, or each
 * over its own part of a list of rows.
 */
export class SlotFits {
  readonly #passes: Passes;

  constructor(
    private readonly rows: ArenaRows,
    private readonly slots: Slot[],
    private readonly list: number,
    groups: number,
    private readonly release: () => void,
  ) {
    this.#passes = new Passes(rows, list, groups);
  }

  /** Takes these centres; the fits move to them with what is done next. */
  place(tasks: Task[]): void {
    for (const { slot, centres } of tasks) this.slots[slot].place(centres);
  }

  async step(tasks: Task[], signal?: AbortSignal): Promise<LloydStep[]> {
    this.place(tasks);
    const slots = this.#at(tasks.map(({ slot }) => slot));
    await this.#orSpoil(slots, () => this.#step(slots, signal));
    return slots.map((slot) => slot.total());
  }

  /** One iteration of each fit, whatever is allowed: so there is a sign of progress after each. */
  async advance(slots: number[], _most: number[], shift: number, signal?: AbortSignal): Promise<Advance[]> {
    const going = this.#at(slots);
    return this.#orSpoil(going, async () => {
      await this.#step(going, signal);
      const full = going.filter((slot) => !slot.counts().includes(0));
      const moved = await this.#move(full, (slot) => slot.sums, signal);
      return going.map((slot): Advance => {
        const place = full.indexOf(slot);
        if (place < 0) return { iterations: 0, state: 'empty' };
        const isGoing = slot.changed > 0 && moved[place].shift > shift;
        return { iterations: 1, state: isGoing ? 'paused' : 'converged' };
      });
    });
  }

  /** The step of a fit that `advance` left with an empty cluster. */
  async empty(slot: number, signal?: AbortSignal): Promise<EmptyFit> {
    const [result] = await this.results([slot], signal);
    return { step: this.slots[slot].total(), ...result };
  }

  /** Labels and squared distances (f64) of all rows for the centres as they are; counts as no step. */
  async results(slots: number[], signal?: AbortSignal): Promise<FitResult[]> {
    const { arena, d } = this.rows;
    const asked = this.#at(slots);
    await this.#settle(asked, signal);
    const { units } = await this.rows.lengths(signal);
    const fits = asked.map((slot) => slot.labelFields(units));
    const assignments = await this.#label(asked, fits, signal);
    return asked.map(({ centres, k }, i) => ({
      centres: arena.f64(centres.exact, k * d).slice(),
      assignment: assignments[i],
    }));
  }

  /** Labels and squared distances (f64) of all rows, for the centres of each task. */
  assignEach(tasks: Task[], signal?: AbortSignal): Promise<Assignment[]> {
    return this.#probe(tasks, signal, (slots, fits) => this.#label(slots, fits, signal));
  }

  /** The same of the rows of these slots together, where each has a part of the rows. */
  assign(tasks: Task[], signal?: AbortSignal): Promise<Assignment> {
    const { arena, n } = this.rows;
    return this.#probe(tasks, signal, async (slots, fits) => {
      const squared = arena.alloc(8 * n);
      try {
        arena.f64(squared, n).fill(0);
        await this.#passes.assign(slots, fits, signal);
        await this.#passes.measure(slots, fits, squared, 0, signal);
        return { labels: this.#partLabels(slots), squared: arena.f64(squared, n).slice() };
      } finally {
        arena.free(squared);
      }
    });
  }

  close(): void {
    for (const slot of this.slots) slot.close();
    this.release();
  }

  #at(slots: number[]): Slot[] {
    return slots.map((slot) => this.slots[slot]);
  }

  /** Labels of the rows for the centres as they are to be, and sums of the rows by label. */
  async #step(slots: Slot[], signal?: AbortSignal): Promise<void> {
    await this.#settle(slots, signal);
    const { units } = await this.rows.lengths(signal);
    const fits = slots.map((slot) => slot.stepFields(units));
    const changed = await this.#passes.assign(slots, fits, signal);
    slots.forEach((slot, place) => (slot.changed = changed[place]));
    await this.#passes.addUp(slots, signal);
    for (const slot of slots) slot.finish();
  }

  /** What slots remember after work that was broken off is not to be relied on. */
  async #orSpoil<T>(slots: Slot[], work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      for (const slot of slots) slot.spoil();
      throw error;
    }
  }

  /** Moves fits to centres that were placed. */
  async #settle(slots: Slot[], signal?: AbortSignal): Promise<void> {
    const waiting = slots.filter(({ placed }) => placed);
    if (waiting.length > 0) await this.#move(waiting, ({ placed }) => placed!, signal);
  }

  async #move(
    slots: Slot[],
    from: (slot: Slot) => Float64Array | Sums,
    signal?: AbortSignal,
  ): Promise<Moved[]> {
    const { units } = await this.rows.lengths(signal);
    const moves = slots.map((slot) => slot.moveTo(from(slot)));
    const moved = await moveAll(this.rows, moves, units, signal);
    slots.forEach((slot, i) => {
      const isSeeded = this.list === 0 && slot.isFresh && slot.placed;
      slot.arrive(moved[i], isSeeded ? this.rows.seedColumns(slot.placed!) : null);
    });
    return moved;
  }

  /** Does something with slots as if their centres were those of the tasks. */
  async #probe<T>(
    tasks: Task[],
    signal: AbortSignal | undefined,
    work: (slots: Slot[], fits: FitFields[]) => Promise<T>,
  ): Promise<T> {
    const { arena, d, codeStride } = this.rows;
    const slots = this.#at(tasks.map(({ slot }) => slot));
    const { units } = await this.rows.lengths(signal);
    const probes = slots.map(({ k }) => new Centres(arena, k, d, codeStride));
    try {
      const moves = probes.map((to, i) => ({
        ...{ to, before: slots[i].centres, from: tasks[i].centres },
        restart: false,
      }));
      const moved = await moveAll(this.rows, moves, units, signal);
      const fits = slots.map((slot, i) => slot.probeFields(probes[i], units, !moved[i].isFar));
      return await work(slots, fits);
    } finally {
      for (const probe of probes) probe.close();
    }
  }

  /** Labels and squared distances of all rows for each of these, some at a time. */
  async #label(slots: Slot[], fits: FitFields[], signal?: AbortSignal): Promise<Assignment[]> {
    const { arena, n } = this.rows;
    const together = Math.max(1, Math.min(slots.length, Math.floor(SQUARED_BYTES / (8 * n))));
    const squared = arena.alloc(8 * n * together);
    try {
      const found: Assignment[] = [];
      for (let from = 0; from < slots.length; from += together) {
        const some = slots.slice(from, from + together);
        const their = fits.slice(from, from + together);
        await this.#passes.assign(some, their, signal);
        await this.#passes.measure(some, their, squared, 8 * n, signal);
        some.forEach(({ written }, f) =>
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
