import { theTeam } from '../../simd/matrix';
import type { Labelling } from '../engine';
import type { ArenaRows } from './rows-in-arena';
import { Scratch } from './scratch';

/** Samples of a panel; each thread takes two panels at once, so that a row is fetched once for all of them. */
const PANEL = 8;
const PANELS_PER_PART = 2;
/** Multiply-adds of a part, at most: some milliseconds. */
const PART_WORK = 2 ** 25;
/** Bytes of sums at once. */
const MOST_BYTES = 2 ** 25;

/**
 * For each labelling the sums (m x k, row-major, f64) of the distances from each sampled row to the rows of each cluster. A
 * distance is computed once, in f32 (near rows in f64), for all labellings: relative error of a sum below 1e-6.
 */
export async function sumDistances(
  rows: ArenaRows,
  sample: Uint32Array,
  labellings: Labelling[],
  progress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<Float64Array[]> {
  const clusters = labellings.reduce((sum, { k }) => sum + k, 0);
  const all = labellings.map(({ k }) => new Float64Array(sample.length * k));
  const batch = PANEL * Math.max(1, Math.floor(MOST_BYTES / (8 * PANEL * Math.max(1, clusters))));
  const { squares } = await rows.lengths(signal);
  const labels = new Scratch(rows.arena);
  try {
    const table = labelTable(labels, labellings, rows.n);
    for (let from = 0; from < sample.length; from += batch) {
      const some = sample.subarray(from, from + batch);
      const report = (fraction: number) => progress((from + fraction * some.length) / sample.length);
      const sums = new SampleSums(rows, some, clusters, squares);
      try {
        await sums.add(table, labellings.length, report, signal);
        sums.copyTo(all, labellings, from);
      } finally {
        sums.close();
      }
    }
  } finally {
    labels.close();
  }
  return all;
}

/** Address of the labels and number of the first cluster, for each labelling. */
function labelTable(memory: Scratch, labellings: Labelling[], n: number): number {
  let first = 0;
  const entries = labellings.flatMap(({ k, labels }) => {
    const at = memory.take(2 * n);
    memory.arena.u16(at, n).set(labels);
    first += k;
    return [at, first - k];
  });
  return memory.struct(entries);
}

class SampleSums {
  readonly #memory: Scratch;
  readonly #panels: number;
  readonly #samples: number;
  readonly #sampleSquares: number;
  readonly #packed: number;
  readonly #sums: number;

  constructor(
    private readonly rows: ArenaRows,
    private readonly sample: Uint32Array,
    private readonly clusters: number,
    private readonly squares: number,
  ) {
    const { arena, d, n } = rows;
    this.#memory = new Scratch(arena);
    this.#panels = Math.ceil(sample.length / PANEL);
    const padded = PANEL * this.#panels;
    this.#samples = this.#memory.take(4 * padded);
    this.#sampleSquares = this.#memory.take(4 * padded);
    this.#packed = this.#memory.take(4 * padded * d);
    this.#sums = this.#memory.take(8 * padded * clusters);
    // The last panel is filled up with its last row.
    const list = Uint32Array.from({ length: padded }, (_, s) => sample[Math.min(s, sample.length - 1)]);
    arena.u32(this.#samples, padded).set(list);
    const lengths = arena.f32(squares, n);
    arena.f32(this.#sampleSquares, padded).set(Float32Array.from(list, (row) => lengths[row]));
    const packed = arena.f32(this.#packed, padded * d);
    list.forEach((row, s) => {
      const values = rows.row(row);
      let to = (s >> 3) * PANEL * d + (s & 7);
      for (let t = 0; t < d; t++, to += PANEL) packed[to] = values[t];
    });
    arena.f64(this.#sums, padded * clusters).fill(0);
  }

  async add(
    table: number,
    labellings: number,
    progress: (fraction: number) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    const { n, d, x } = this.rows;
    const step = Math.max(64, Math.floor(PART_WORK / (PANEL * PANELS_PER_PART * d)));
    for (let from = 0; from < n; from += step) {
      const to = Math.min(from + step, n);
      await this.rows.run('distanceSums', Math.ceil(this.#panels / PANELS_PER_PART), signal, (scratch) =>
        scratch.struct([
          x,
          d,
          this.squares,
          from,
          to,
          this.#panels,
          PANELS_PER_PART,
          this.#samples,
          this.#sampleSquares,
          this.#packed,
          labellings,
          table,
          this.clusters,
          this.#sums,
          scratch.take(192 * theTeam().threads),
        ]),
      );
      progress(to / n);
    }
  }

  /** From clusters x 8 for each panel to m x k for each labelling, from row `first`. */
  copyTo(all: Float64Array[], labellings: Labelling[], first: number): void {
    const { clusters } = this;
    const sums = this.rows.arena.f64(this.#sums, this.#panels * PANEL * clusters);
    for (let s = 0; s < this.sample.length; s++) {
      let from = (s >> 3) * PANEL * clusters + (s & 7);
      labellings.forEach(({ k }, l) => {
        for (let c = 0; c < k; c++, from += PANEL) all[l][(first + s) * k + c] = sums[from];
      });
    }
  }

  close(): void {
    this.#memory.close();
  }
}
