import type { Gpu } from '../gpu/device';
import {
  makeGroupLabels,
  recordGroupAssign,
  releaseGroupLabels,
  type GroupCentres,
  type GroupLabels,
} from '../gpu/group-assign/group-assign';
import { groupChunk, releaseGrouped, type GroupedChunk } from '../gpu/group-order';
import { makeParts, recordGroupUpdate, type GroupParts } from '../gpu/group-update/group-update';
import type { GpuMatrix } from '../gpu/matrix';
import { readBack } from '../gpu/readback';
import { submitAll } from '../gpu/submit';
import type { Assignment, GroupFits, Groups, LloydStep, Task } from './engine';
import { groupRows } from './group-rows';

/** Bytes of centres, and of their sums, on the GPU at once. */
const CENTRE_BYTES = 32 * 2 ** 20;

interface ChunkState {
  grouped: GroupedChunk;
  parts: GroupParts;
  labels: GroupLabels;
}

/**
 * Fits in groups on the GPU: rows are found through their order by group, so that every row is compared with the centres of
 * its own group only, whatever their number. Groups whose centres do not fit into memory together take turns.
 */
export class GpuGroupFits implements GroupFits {
  readonly #chunks: ChunkState[];

  /** `ks[g]` clusters in group g. `mostBytes` of centres at once. */
  constructor(
    private readonly gpu: Gpu,
    private readonly matrix: GpuMatrix,
    groups: Groups,
    private readonly ks: number[],
    private readonly mostBytes = CENTRE_BYTES,
  ) {
    const order = groupRows(groups);
    this.#chunks = matrix.chunks.map((chunk) => {
      const grouped = groupChunk(gpu, chunk, order);
      return { grouped, parts: makeParts(gpu, grouped), labels: makeGroupLabels(gpu, grouped) };
    });
  }

  async step(tasks: Task[], signal?: AbortSignal): Promise<LloydStep[]> {
    const steps = new Map<Task, LloydStep>();
    for (const batch of this.#batches(tasks)) {
      const found = await this.#stepBatch(batch, signal);
      batch.forEach((task, place) => steps.set(task, found[place]));
    }
    return tasks.map((task) => steps.get(task)!);
  }

  async assign(tasks: Task[], signal?: AbortSignal): Promise<Assignment> {
    const { gpu, matrix } = this;
    const labels = new Uint16Array(matrix.n);
    const squared = new Float32Array(matrix.n);
    // Labels of their own: the next step counts changes against those of the step before.
    const own = this.#chunks.map(({ grouped }) => makeGroupLabels(gpu, grouped));
    try {
      for (const batch of this.#batches(tasks)) {
        const { centres, tally } = this.#upload(batch);
        try {
          for (const [c, { grouped }] of this.#chunks.entries())
            await this.#assignChunk(grouped, centres, own[c], tally, signal);
        } finally {
          gpu.release(centres.groups, centres.centres, tally);
        }
      }
      for (const [c, { grouped }] of this.#chunks.entries()) {
        const bytes = grouped.positions * 4;
        const [l, s] = await readBack(gpu, [
          { buffer: own[c].labels, bytes },
          { buffer: own[c].squared, bytes },
        ]);
        const found = { labels: new Uint32Array(l), squared: new Float32Array(s) };
        for (const { slot } of tasks) {
          for (let p = grouped.first[slot]; p < grouped.first[slot + 1]; p++) {
            labels[grouped.rows[p]] = found.labels[p];
            squared[grouped.rows[p]] = found.squared[p];
          }
        }
      }
      return { labels, squared };
    } finally {
      for (const labels of own) releaseGroupLabels(gpu, labels);
    }
  }

  close(): void {
    for (const { grouped, parts, labels } of this.#chunks) {
      releaseGrouped(this.gpu, grouped);
      releaseGroupLabels(this.gpu, labels);
      this.gpu.release(parts.partTable);
    }
    this.#chunks.length = 0;
  }

  async #stepBatch(tasks: Task[], signal?: AbortSignal): Promise<LloydStep[]> {
    const { gpu, matrix } = this;
    const { d } = matrix;
    const { centres, tally } = this.#upload(tasks);
    const totals = gpu.storage(centres.total * d * 4, 'sums');
    const ks = new Uint32Array(this.ks.length);
    for (const { slot } of tasks) ks[slot] = this.ks[slot];
    try {
      for (const { grouped, parts, labels } of this.#chunks) {
        await this.#assignChunk(grouped, centres, labels, tally, signal);
        for (const { commands, scratch } of recordGroupUpdate(
          gpu,
          d,
          grouped,
          parts,
          centres,
          ks,
          labels.labels,
          totals,
        )) {
          try {
            await submitAll(gpu, commands, signal);
          } finally {
            gpu.release(...scratch);
          }
        }
      }
      const [sums, counted] = await readBack(gpu, [
        { buffer: totals, bytes: centres.total * d * 4 },
        { buffer: tally, bytes: (centres.total + ks.length) * 4 },
      ]);
      const counts = new Uint32Array(counted);
      let first = 0;
      return tasks.map(({ slot }) => {
        const from = first;
        const k = ks[slot];
        first += k;
        return {
          sums: Float64Array.from(new Float32Array(sums, from * d * 4, k * d)),
          counts: counts.slice(from, first),
          changed: counts[centres.total + slot],
        };
      });
    } finally {
      gpu.release(totals, centres.groups, centres.centres, tally);
    }
  }

  async #assignChunk(
    grouped: GroupedChunk,
    centres: GroupCentres,
    labels: GroupLabels,
    tally: GPUBuffer,
    signal?: AbortSignal,
  ): Promise<void> {
    const { gpu, matrix } = this;
    const { commands, scratch } = recordGroupAssign(gpu, matrix.d, grouped, centres, labels, tally);
    try {
      await submitAll(gpu, commands, signal);
    } finally {
      gpu.release(...scratch);
    }
  }

  /** The tasks in the order of their groups, in runs whose centres fit into memory together. */
  *#batches(tasks: Task[]): Generator<Task[]> {
    const room = Math.min(this.mostBytes, this.gpu.bindingLimit) / (this.matrix.d * 4);
    let batch: Task[] = [];
    let used = 0;
    for (const task of tasks.slice().sort((a, b) => a.slot - b.slot)) {
      const k = this.ks[task.slot];
      if (used > 0 && used + k > room) {
        yield batch;
        batch = [];
        used = 0;
      }
      batch.push(task);
      used += k;
    }
    if (batch.length > 0) yield batch;
  }

  /** Throws RangeError when the centres of one group exceed one binding, or are not k x d. */
  #upload(tasks: Task[]): { centres: GroupCentres; tally: GPUBuffer } {
    const { gpu, matrix, ks } = this;
    const { d } = matrix;
    const total = tasks.reduce((sum, { slot }) => sum + ks[slot], 0);
    if (total * d * 4 > gpu.bindingLimit) throw new RangeError(`centres: ${total} x ${d} exceed one binding`);
    const groups = new Uint32Array(ks.length * 2);
    const data = new Float32Array(total * d);
    let first = 0;
    for (const { slot, centres } of tasks) {
      if (centres.length !== ks[slot] * d)
        throw new RangeError(`centres: ${centres.length} numbers for ${ks[slot]} x ${d}`);
      groups.set([first, ks[slot]], 2 * slot);
      data.set(centres, first * d);
      first += ks[slot];
    }
    return {
      centres: {
        fromGroup: tasks[0].slot,
        toGroup: tasks[tasks.length - 1].slot + 1,
        groups: gpu.upload(groups, 'centre groups'),
        centres: gpu.upload(data, 'centres'),
        total,
        most: Math.max(...tasks.map(({ slot }) => ks[slot])),
      },
      tally: gpu.storage((total + ks.length) * 4, 'rows and changes'),
    };
  }
}
