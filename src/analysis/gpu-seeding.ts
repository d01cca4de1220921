import type { Gpu } from '../gpu/device';
import { groupChunk, releaseGrouped } from '../gpu/group-order';
import type { GpuMatrix } from '../gpu/matrix';
import { readBack, type Part } from '../gpu/readback';
import {
  makeSeed,
  NONE,
  recordKeep,
  recordSeed,
  releaseSeed,
  widenSeed,
  type Candidates,
  type SeedState,
} from '../gpu/seed/seed';
import { submitAll } from '../gpu/submit';
import type { BlockRead, BlockSeeding, Groups } from './engine';
import { groupRows, type GroupRows } from './group-rows';
import type { Rows } from './rows';

/** Bytes of candidate rows on the GPU at once. */
const CANDIDATE_BYTES = 32 * 2 ** 20;
/** Blocks read one by one; more of them are read with all others. */
const MOST_READS = 256;

/** A tile of a chunk, as k-means++ draws from it. */
interface Block {
  chunk: number;
  tile: number;
}

/** The distances of k-means++, kept on the GPU; a block is a tile of its kernel. */
export class GpuSeeding implements BlockSeeding {
  readonly first: Uint32Array;
  readonly #states: SeedState[];
  readonly #blocks: Block[] = [];
  #trials: number[] = [];

  constructor(
    private readonly gpu: Gpu,
    private readonly matrix: GpuMatrix,
    private readonly resident: Rows,
    groups: Groups,
    private readonly restarts: number,
  ) {
    const order: GroupRows = groupRows(groups);
    this.#states = matrix.chunks.map((chunk) => makeSeed(gpu, groupChunk(gpu, chunk, order), restarts));
    this.first = new Uint32Array(groups.count + 1);
    for (let g = 0; g < groups.count; g++) {
      this.#states.forEach(({ grouped: { tiles } }, chunk) => {
        for (let tile = tiles.first[g]; tile < tiles.first[g + 1]; tile++) this.#blocks.push({ chunk, tile });
      });
      this.first[g + 1] = this.#blocks.length;
    }
  }

  rows(block: number): Uint32Array {
    const { chunk, tile } = this.#blocks[block];
    const { grouped } = this.#states[chunk];
    const [from, count] = grouped.tiles.words.subarray(4 * tile);
    return grouped.rows.subarray(from, from + count);
  }

  async sums(candidates: number[][][], signal?: AbortSignal): Promise<Float64Array[][][]> {
    const { gpu, matrix } = this;
    this.#trials = candidates.map((of) => of[0]?.length ?? 0);
    const width = Math.max(...candidates.map((of) => of.flat().length));
    for (const state of this.#states) widenSeed(gpu, state, width);
    for (const batch of this.#batches(candidates)) {
      const uploaded = this.#upload(candidates, batch);
      const scratch: GPUBuffer[] = [];
      try {
        for (const state of this.#states) {
          const recorded = recordSeed(gpu, matrix.d, state, uploaded);
          scratch.push(...recorded.scratch);
          await submitAll(gpu, recorded.commands, signal);
        }
      } finally {
        gpu.release(uploaded.groups, uploaded.centres, ...scratch);
      }
    }
    const read = await readBack(
      gpu,
      this.#states.map(({ sums, grouped, width }) => ({
        buffer: sums,
        bytes: grouped.tiles.count * width * 4,
      })),
    );
    const sums = read.map((bytes) => new Float32Array(bytes));
    return candidates.map((of, g) =>
      of.map((rows, r) => rows.map((_, place) => this.#blockSums(sums, g, r * rows.length + place))),
    );
  }

  keep(places: number[][]): void {
    const { gpu, restarts } = this;
    const kept = new Uint32Array(places.length * restarts).fill(NONE);
    places.forEach((of, g) =>
      of.forEach((place, r) => (kept[g * restarts + r] = r * this.#trials[g] + place)),
    );
    const table = gpu.upload(kept, 'kept candidates');
    const scratch = [table];
    for (const state of this.#states) {
      const recorded = recordKeep(gpu, state, table);
      scratch.push(...recorded.scratch);
      gpu.device.queue.submit(recorded.commands);
    }
    // Destroyed once the queue is done with them.
    gpu.release(...scratch);
  }

  async closest(blocks: BlockRead[]): Promise<Float32Array[]> {
    const parts: Part[] = blocks.map(({ restart, block }) => {
      const { chunk, tile } = this.#blocks[block];
      const { closest, grouped } = this.#states[chunk];
      const [from, count] = grouped.tiles.words.subarray(4 * tile);
      return { buffer: closest, from: (restart * grouped.positions + from) * 4, bytes: count * 4 };
    });
    if (blocks.length <= MOST_READS)
      return (await readBack(this.gpu, parts)).map((bytes) => new Float32Array(bytes));
    const whole = this.#states.map(({ closest, grouped, restarts }) => ({
      buffer: closest,
      bytes: restarts * grouped.positions * 4,
    }));
    const read = await readBack(this.gpu, whole);
    return parts.map(
      ({ from, bytes }, i) => new Float32Array(read[this.#blocks[blocks[i].block].chunk], from, bytes / 4),
    );
  }

  close(): void {
    for (const state of this.#states) {
      releaseGrouped(this.gpu, state.grouped);
      releaseSeed(this.gpu, state);
    }
    this.#states.length = 0;
  }

  /** The sums of one candidate of a group, block by block. */
  #blockSums(sums: Float32Array[], group: number, candidate: number): Float64Array {
    const from = this.first[group];
    return Float64Array.from({ length: this.first[group + 1] - from }, (_, i) => {
      const { chunk, tile } = this.#blocks[from + i];
      return sums[chunk][tile * this.#states[chunk].width + candidate];
    });
  }

  /** Runs of groups whose candidates fit into memory together. */
  *#batches(candidates: number[][][]): Generator<{ fromGroup: number; toGroup: number }> {
    const room = Math.min(CANDIDATE_BYTES, this.gpu.bindingLimit) / (this.matrix.d * 4);
    let fromGroup = 0;
    let used = 0;
    for (const [g, of] of candidates.entries()) {
      const more = of.flat().length;
      if (used > 0 && used + more > room) {
        yield { fromGroup, toGroup: g };
        fromGroup = g;
        used = 0;
      }
      used += more;
    }
    if (used > 0) yield { fromGroup, toGroup: candidates.length };
  }

  #upload(candidates: number[][][], batch: { fromGroup: number; toGroup: number }): Candidates {
    const { gpu, matrix, resident } = this;
    const { d } = matrix;
    const groups = new Uint32Array(candidates.length * 2);
    const chosen: number[] = [];
    for (let g = batch.fromGroup; g < batch.toGroup; g++) {
      const rows = candidates[g].flat();
      groups.set([chosen.length, rows.length], 2 * g);
      for (const row of rows) chosen.push(row);
    }
    const data = new Float32Array(chosen.length * d);
    chosen.forEach((row, place) => data.set(resident.data.subarray(row * d, (row + 1) * d), place * d));
    return {
      ...batch,
      groups: gpu.upload(groups, 'candidate groups'),
      centres: gpu.upload(data, 'candidates'),
    };
  }
}
