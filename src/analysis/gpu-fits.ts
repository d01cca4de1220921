import { makeLabels, prepareAssign, releaseLabels, type Labels } from '../gpu/assign/assign';
import { CentreStore, type CentreSet } from '../gpu/centre-store';
import type { Gpu } from '../gpu/device';
import { record, type Prepared } from '../gpu/dispatch';
import { FIT_STATES, prepareMove } from '../gpu/move/move';
import { readBack } from '../gpu/readback';
import type { KMeansRows } from '../gpu/row-norms/row-norms';
import { prepareSquared } from '../gpu/squared/squared';
import { submitAll } from '../gpu/submit';
import { prepareUpdate } from '../gpu/update/update';
import type { Advance, Assignment, EmptyFit, FitResult, Fits, LloydStep, Task } from './engine';

/** Iterations in one call of `advance`: waiting for an answer can take longer than a few iterations. */
const MOST_ITERATIONS = 8;
/** Work of one call, in dispatches of full size: about half a second between two signs of progress. */
const MOST_WORK = 16;
/** Fits whose labels and distances are read together at the end. */
const TOGETHER = 8;

/** k-means fits on the GPU: labels, centres, sums and the decision to go on stay there; a few words a fit come back. */
export class GpuFits implements Fits {
  readonly #centres: CentreStore;
  /** One for each chunk. */
  readonly #labels: Labels[];
  readonly #states: GPUBuffer;
  readonly #changed: GPUBuffer;
  readonly #totals: GPUBuffer;
  readonly #counts: GPUBuffer;
  readonly #shifts: GPUBuffer;

  constructor(
    private readonly gpu: Gpu,
    private readonly rows: KMeansRows,
    private readonly ks: number[],
  ) {
    this.#centres = new CentreStore(gpu, ks, rows.d);
    const centres = this.#centres.rows;
    this.#labels = rows.chunks.map((chunk) => makeLabels(gpu, ks.length, chunk.n));
    this.#states = gpu.storage(ks.length * 16, 'fit states');
    this.#changed = gpu.storage(ks.length * 4, 'changed');
    this.#totals = gpu.storage(centres * rows.d * 4, 'sums');
    this.#counts = gpu.storage(centres * 4, 'counts');
    this.#shifts = gpu.storage(centres * 4, 'shifts');
  }

  place(tasks: Task[]): void {
    const { queue } = this.gpu.device;
    for (const { slot, centres } of tasks) {
      this.#centres.write(slot, centres);
      const { first, k } = this.#centres.sets[slot];
      queue.writeBuffer(this.#counts, first * 4, new Uint32Array(k));
      queue.writeBuffer(this.#changed, slot * 4, new Uint32Array(1));
    }
  }

  async advance(slots: number[], most: number[], shift: number, signal?: AbortSignal): Promise<Advance[]> {
    const { gpu } = this;
    const sets = this.#start(slots, most);
    const prepared = [
      this.#prepareStep(sets),
      prepareMove(
        gpu,
        this.#centres,
        sets,
        {
          states: this.#states,
          changed: this.#changed,
          totals: this.#totals,
          counts: this.#counts,
          shifts: this.#shifts,
        },
        shift,
      ),
    ];
    const work = prepared.flatMap(({ dispatches }) => dispatches).reduce((sum, one) => sum + one.work, 0);
    const affordable = Math.floor((MOST_WORK * gpu.dispatchWork) / work);
    const times = Math.max(1, Math.min(MOST_ITERATIONS, affordable, Math.max(...most)));
    await this.#run(prepared, times, signal);
    const [read] = await readBack(gpu, [{ buffer: this.#states, bytes: this.ks.length * 16 }], signal);
    const states = new Uint32Array(read);
    return slots.map((slot) => {
      const state = FIT_STATES[states[slot * 4]];
      return { iterations: states[slot * 4 + 1], state: state === 'going' ? 'paused' : state };
    });
  }

  async empty(slot: number, signal?: AbortSignal): Promise<EmptyFit> {
    const set = this.#centres.sets[slot];
    const [step] = await this.#steps([set], signal);
    const [centres] = await this.#readCentres([set], signal);
    const [assignment] = await this.#assignments([set], [slot], this.#labels, signal);
    return { step, assignment, centres };
  }

  /** Fits are read together, so that the rows are read once for all of them, as far as their labels stay small. */
  async results(slots: number[], signal?: AbortSignal): Promise<FitResult[]> {
    const longest = Math.max(1, ...this.rows.chunks.map(({ n }) => n));
    const most = Math.max(1, Math.min(TOGETHER, Math.floor(this.gpu.bindingLimit / (longest * 4))));
    const found: FitResult[] = [];
    for (let first = 0; first < slots.length; first += most)
      found.push(...(await this.#resultsTogether(slots.slice(first, first + most), signal)));
    return found;
  }

  async #resultsTogether(slots: number[], signal?: AbortSignal): Promise<FitResult[]> {
    const { gpu, rows } = this;
    const sets = slots.map((slot) => this.#centres.sets[slot]);
    const centres = await this.#readCentres(sets, signal);
    // Labels of their own, of which all are going.
    const own = sets.map((set, slot) => ({ ...set, slot }));
    const labels = rows.chunks.map((chunk) => makeLabels(gpu, slots.length, chunk.n));
    const states = gpu.storage(slots.length * 16, 'fit states');
    const changed = gpu.storage(slots.length * 4, 'changed');
    try {
      const assign = prepareAssign(gpu, rows, this.#centres, own, labels, { states, changed });
      await this.#run([{ dispatches: assign.chunks.flat(), scratch: assign.scratch }], 1, signal);
      const places = own.map(({ slot }) => slot);
      const assignments = await this.#assignments(own, places, labels, signal);
      return assignments.map((assignment, i) => ({ centres: centres[i], assignment }));
    } finally {
      gpu.release(states, changed);
      for (const one of labels) releaseLabels(gpu, one);
    }
  }

  async step(tasks: Task[], signal?: AbortSignal): Promise<LloydStep[]> {
    this.place(tasks);
    const slots = tasks.map(({ slot }) => slot);
    const sets = this.#start(
      slots,
      slots.map(() => 1),
    );
    await this.#run([this.#prepareStep(sets)], 1, signal);
    return this.#steps(sets, signal);
  }

  async assign(tasks: Task[], signal?: AbortSignal): Promise<Assignment[]> {
    const ks = tasks.map(({ slot }) => this.ks[slot]);
    const fits = new GpuFits(this.gpu, this.rows, ks);
    try {
      fits.place(tasks.map(({ centres }, slot) => ({ slot, centres })));
      const results = await fits.results(Array.from(ks.keys()), signal);
      return results.map(({ assignment }) => assignment);
    } finally {
      fits.close();
    }
  }

  close(): void {
    for (const labels of this.#labels) releaseLabels(this.gpu, labels);
    this.#labels.length = 0;
    this.#centres.release();
    this.gpu.release(this.#states, this.#changed, this.#totals, this.#counts, this.#shifts);
  }

  /** Lets these fits go, for so many iterations. */
  #start(slots: number[], most: number[]): CentreSet[] {
    slots.forEach((slot, i) =>
      this.gpu.device.queue.writeBuffer(this.#states, slot * 16, Uint32Array.of(0, 0, 0, most[i])),
    );
    return slots.map((slot) => this.#centres.sets[slot]);
  }

  /** Assignment and sums, chunk by chunk, so that a chunk is added up right after it was read. */
  #prepareStep(sets: CentreSet[]): Prepared {
    const states = this.#states;
    const counters = { states, changed: this.#changed };
    const assign = prepareAssign(this.gpu, this.rows, this.#centres, sets, this.#labels, counters);
    const sums = { states, totals: this.#totals, counts: this.#counts };
    const update = prepareUpdate(this.gpu, this.rows, sets, this.#labels, sums);
    return {
      dispatches: assign.chunks.flatMap((chunk, c) => [...chunk, ...update.chunks[c]]),
      scratch: [...assign.scratch, ...update.scratch],
    };
  }

  async #run(prepared: Prepared[], times: number, signal?: AbortSignal): Promise<void> {
    const once = prepared.flatMap(({ dispatches }) => dispatches);
    try {
      const all = Array.from({ length: times }, () => once).flat();
      await submitAll(this.gpu, record(this.gpu, all), signal);
    } finally {
      this.gpu.release(...prepared.flatMap(({ scratch }) => scratch));
    }
  }

  async #steps(sets: CentreSet[], signal?: AbortSignal): Promise<LloydStep[]> {
    const { d } = this.rows;
    const parts = sets.flatMap(({ slot, first, k }) => [
      { buffer: this.#totals, from: first * d * 4, bytes: k * d * 4 },
      { buffer: this.#counts, from: first * 4, bytes: k * 4 },
      { buffer: this.#changed, from: slot * 4, bytes: 4 },
    ]);
    const read = await readBack(this.gpu, parts, signal);
    return sets.map((_, i) => ({
      sums: Float64Array.from(new Float32Array(read[3 * i])),
      counts: new Uint32Array(read[3 * i + 1]),
      changed: new Uint32Array(read[3 * i + 2])[0],
    }));
  }

  async #readCentres(sets: CentreSet[], signal?: AbortSignal): Promise<Float64Array[]> {
    const { buffer, d } = this.#centres;
    const parts = sets.map(({ first, k }) => ({ buffer, from: first * d * 4, bytes: k * d * 4 }));
    const read = await readBack(this.gpu, parts, signal);
    return read.map((bytes) => Float64Array.from(new Float32Array(bytes)));
  }

  /** Labels as they are in these slots of `labels`, and the distances to the sets' centres. */
  async #assignments(
    sets: CentreSet[],
    slots: number[],
    labels: Labels[],
    signal?: AbortSignal,
  ): Promise<Assignment[]> {
    const { gpu, rows } = this;
    const out = sets.map(() => ({ labels: new Uint16Array(rows.n), squared: new Float32Array(rows.n) }));
    for (const [c, chunk] of rows.chunks.entries()) {
      const squared = gpu.storage(sets.length * chunk.n * 4, 'squared distances');
      try {
        await this.#run(
          [prepareSquared(gpu, chunk, this.#centres, sets, slots, labels[c], squared)],
          1,
          signal,
        );
        const bytes = chunk.n * 4;
        const parts = [
          { buffer: squared, from: 0, bytes: sets.length * bytes },
          ...slots.map((slot) => ({ buffer: labels[c].labels, from: slot * bytes, bytes })),
        ];
        const read = await readBack(gpu, parts, signal);
        out.forEach((one, i) => {
          one.squared.set(new Float32Array(read[0], i * bytes, chunk.n), chunk.row0);
          one.labels.set(new Uint32Array(read[i + 1]), chunk.row0);
        });
      } finally {
        gpu.release(squared);
      }
    }
    return out;
  }
}
