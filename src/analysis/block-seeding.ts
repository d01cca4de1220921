import type { BlockRead, BlockSeeding, Groups, GroupSeeding, KMeansEngine } from './engine';
import { groupRows, oneGroup, rowsOf, type GroupRows } from './group-rows';

/**
 * k-means++ over all rows for as many restarts as asked, or fewer (`restarts` of the answer) where the engine does one at
 * a time. The caller closes it. Throws Error for an engine without `seedBlocks` and `seeding`.
 */
export function seedWhole(
  engine: KMeansEngine,
  restarts: number,
): { seeding: BlockSeeding; restarts: number } {
  const groups = oneGroup(engine.n);
  if (engine.seedBlocks) return { seeding: engine.seedBlocks(groups, restarts), restarts };
  const seeding = engine.seeding?.();
  if (!seeding) throw new Error(`The ${engine.kind} engine cannot seed.`);
  const one: GroupSeeding = {
    candidates: ([rows]) => seeding.candidates(rows),
    keep: ([place]) => seeding.keep(place),
    close: () => seeding.close(),
  };
  return { seeding: new GroupBlocks(one, groups), restarts: 1 };
}

/** As `seedWhole`, for groups. Throws Error for an engine without `seedBlocks` and `seedGroups`. */
export function seedInGroups(
  engine: KMeansEngine,
  groups: Groups,
  restarts: number,
): { seeding: BlockSeeding; restarts: number } {
  if (engine.seedBlocks) return { seeding: engine.seedBlocks(groups, restarts), restarts };
  if (!engine.seedGroups) throw new Error(`The ${engine.kind} engine cannot seed groups.`);
  return { seeding: new GroupBlocks(engine.seedGroups(groups), groups), restarts: 1 };
}

/** One restart on an engine that hands out all distances: each group is one block. */
class GroupBlocks implements BlockSeeding {
  readonly first: Uint32Array;
  readonly #rows: GroupRows;
  #tried: ArrayLike<number>[] = [];
  #places: number[] = [];

  constructor(
    private readonly seeding: GroupSeeding,
    groups: Groups,
  ) {
    this.#rows = groupRows(groups);
    this.first = Uint32Array.from({ length: groups.count + 1 }, (_, g) => g);
  }

  rows(block: number): Uint32Array {
    return rowsOf(this.#rows, block);
  }

  async sums(candidates: number[][][], signal?: AbortSignal): Promise<Float64Array[][][]> {
    const trials = Math.max(...candidates.map(([rows = []]) => rows.length));
    // Groups with fewer candidates try one of their rows again.
    const padded = candidates.map(([rows = []], g) => {
      const spare = rows[0] ?? this.rows(g)[0];
      return Array.from({ length: trials }, (_, place) => rows[place] ?? spare);
    });
    this.#tried = await this.seeding.candidates(padded, signal);
    return candidates.map((of, g) =>
      of.map((rows) => rows.map((_, place) => Float64Array.of(total(this.#tried[place], this.rows(g))))),
    );
  }

  keep(places: number[][]): void {
    this.#places = places.map(([place]) => place ?? 0);
    this.seeding.keep(this.#places);
  }

  async closest(blocks: BlockRead[]): Promise<Float64Array[]> {
    return blocks.map(({ block }) =>
      Float64Array.from(this.rows(block), (row) => this.#tried[this.#places[block]][row]),
    );
  }

  close(): void {
    this.seeding.close();
  }
}

function total(values: ArrayLike<number>, rows: Uint32Array): number {
  let sum = 0;
  for (const row of rows) sum += values[row];
  return sum;
}
