import { theTeam } from '../../simd/matrix';
import type {
  Fits,
  GroupFits,
  Groups,
  GroupSeeding,
  KMeansEngine,
  Labelling,
  Seeding,
  Task,
} from '../engine';
import type { Rows } from '../rows';
import { sumDistances } from './distance-sums';
import { SlotFits } from './fits';
import { groupList } from './group-list';
import { ArenaRows } from './rows-in-arena';
import { seedAll, seedEach } from './seeding';
import { RowMemory, Slot } from './slots';
import { sumGroups } from './sums';

/** Bytes that what slots remember of the rows may take. */
const SLOT_BYTES = 2 ** 29;

/**
 * k-means in WebAssembly SIMD, on as many threads as there are. Labels are those of exact arithmetic: what f32 cannot tell
 * apart is compared again in f64. The same bits for any number of threads.
 */
export class CpuEngine implements KMeansEngine {
  readonly kind = 'cpu';
  readonly n: number;
  readonly d: number;
  readonly #rows: ArenaRows;

  /** Rows from `allocateRows` are used where they lie, others are copied. */
  constructor(rows: Rows) {
    this.n = rows.n;
    this.d = rows.d;
    this.#rows = new ArenaRows(rows);
  }

  get adapter(): string {
    return 'CPU';
  }

  /** Threads that work on it. */
  get threads(): number {
    return theTeam().threads;
  }

  /** Bytes of its memory that are in use: the rows and what is kept beside them. */
  get bytes(): number {
    return this.#rows.arena.used;
  }

  slots(k: number): number {
    const { n, d } = this;
    const { codeStride, arena } = this.#rows;
    const bytes = RowMemory.bytes(k) * n + k * (d * (24 + 8 * sumGroups(n, d)) + 2 * codeStride);
    return Math.max(1, Math.floor(Math.min(SLOT_BYTES, 0.8 * arena.room) / bytes));
  }

  open(ks: number[]): Fits {
    const { n, d } = this;
    const { arena, codeStride } = this.#rows;
    const groups = sumGroups(n, d);
    const memories = ks.map((k) => new RowMemory(arena, n, k));
    const slots = ks.map((k, s) => new Slot(arena, k, d, 0, n, memories[s], groups, codeStride));
    const fits = new SlotFits(this.#rows, slots, 0, groups, () => {
      for (const memory of memories) memory.close();
    });
    return {
      place: (tasks) => fits.place(tasks),
      advance: (...asked) => fits.advance(...asked),
      empty: (slot, signal) => fits.empty(slot, signal),
      results: (asked, signal) => fits.results(asked, signal),
      step: (tasks, signal) => fits.step(tasks, signal),
      assign: (tasks, signal) => fits.assignEach(tasks, signal),
      close: () => fits.close(),
    };
  }

  openGroups(groups: Groups, ks: number[]): GroupFits {
    const { n, d } = this;
    const { arena, codeStride } = this.#rows;
    const list = groupList(arena, groups);
    const memory = new RowMemory(arena, n, Math.max(1, ...ks));
    const slots = ks.map(
      (k, g) => new Slot(arena, k, d, list.starts[g], list.starts[g + 1], memory, 1, codeStride),
    );
    const fits = new SlotFits(this.#rows, slots, list.at, 1, () => {
      memory.close();
      list.close();
    });
    return {
      step: (tasks: Task[], signal?: AbortSignal) => fits.step(tasks, signal),
      assign: (tasks: Task[], signal?: AbortSignal) => fits.assign(tasks, signal),
      close: () => fits.close(),
    };
  }

  seeding(): Seeding {
    return seedAll(this.#rows);
  }

  seedGroups(groups: Groups): GroupSeeding {
    return seedEach(this.#rows, groups);
  }

  distanceSums(
    sample: Uint32Array,
    labellings: Labelling[],
    progress: (fraction: number) => void,
    signal?: AbortSignal,
  ): Promise<Float64Array[]> {
    return sumDistances(this.#rows, sample, labellings, progress, signal);
  }

  row(i: number): Float32Array {
    return this.#rows.row(i);
  }

  close(): void {
    this.#rows.close();
  }
}
