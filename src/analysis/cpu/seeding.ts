import { theTeam } from '../../simd/matrix';
import type { Groups, GroupSeeding, Seeding } from '../engine';
import { groupList, type GroupList } from './group-list';
import { rowsPerPart, type ArenaRows } from './rows-in-arena';
import { Scratch } from './scratch';
import { SeedColumns } from './seed-columns';

/** The most candidates of one call. */
const MOST_CANDIDATES = 8;

/** The distances of k-means++, f32, as sums of (x - c)^2; a row is at 0 from itself. */
class Distances {
  readonly #memory: Scratch;
  #closest: number;
  readonly #after: number[] = [];
  /** The distances to each candidate alone, while those to the chosen rows are remembered. */
  readonly #raw: number[] = [];
  #tried: number[] = [];
  readonly #seeds: SeedColumns | null;

  constructor(
    private readonly rows: ArenaRows,
    private readonly list: GroupList | null,
  ) {
    this.#memory = new Scratch(rows.arena);
    this.#closest = this.#memory.take(4 * rows.n);
    this.#seeds = list ? null : new SeedColumns(rows.arena);
    rows.arena.f32(this.#closest, rows.n).fill(Infinity);
  }

  /** `candidates[g]`: the rows tried in group g, as many in each. */
  async measure(candidates: number[][], signal?: AbortSignal): Promise<Float32Array[]> {
    const { arena, n, d, x } = this.rows;
    const count = candidates.reduce((most, { length }) => Math.max(most, length), 0);
    if (count > MOST_CANDIDATES) throw new RangeError(`candidates: ${count}, at most ${MOST_CANDIDATES}`);
    while (this.#after.length < count) this.#after.push(this.#memory.take(4 * n));
    const remembered = this.#seeds?.fits(n, count) ?? false;
    while (remembered && this.#raw.length < count) this.#raw.push(arena.alloc(4 * n));
    this.#tried = remembered ? candidates[0] : [];
    const parts = this.#parts(rowsPerPart(n, 8 * d));
    await this.rows.run('seed', parts.length / 3, signal, (scratch) =>
      scratch.struct([
        x,
        d,
        this.list?.at ?? 0,
        scratch.struct(parts),
        this.#pack(scratch, candidates),
        this.#closest,
        count,
        scratch.struct(this.#after.slice(0, count)),
        remembered ? scratch.struct(this.#raw.slice(0, count)) : 0,
        scratch.take(128 * theTeam().threads),
      ]),
    );
    return this.#after.slice(0, count).map((at) => arena.f32(at, n));
  }

  keep(place: number): void {
    [this.#closest, this.#after[place]] = [this.#after[place], this.#closest];
    if (this.#tried.length === 0) this.#seeds?.stop();
    else {
      this.#seeds?.add(this.#tried[place], this.#raw[place]);
      this.#raw.splice(place, 1);
    }
  }

  /** Each row of a group takes the distances of the candidate at the place of its group. */
  keepEach(places: number[]): void {
    const { arena, n } = this.rows;
    const closest = arena.f32(this.#closest, n);
    const after = this.#after.map((at) => arena.f32(at, n));
    const { starts, at } = this.list!;
    places.forEach((place, g) => {
      for (const row of arena.u32(at + 4 * starts[g], starts[g + 1] - starts[g]))
        closest[row] = after[place][row];
    });
  }

  close(): void {
    this.#memory.close();
    for (const at of this.#raw) this.rows.arena.free(at);
    this.#raw.length = 0;
    if (this.#seeds) this.rows.remember(this.#seeds);
    this.list?.close();
  }

  #pack(scratch: Scratch, candidates: number[][]): number {
    const { arena, d } = this.rows;
    const at = scratch.take(32 * d * candidates.length);
    const packed = arena.f32(at, 8 * d * candidates.length).fill(0);
    candidates.forEach((rows, g) =>
      rows.forEach((row, q) => {
        const values = this.rows.row(row);
        for (let t = 0; t < d; t++) packed[8 * (g * d + t) + q] = values[t];
      }),
    );
    return at;
  }

  /** Group, first and last row of each part. */
  #parts(rows: number): number[] {
    const starts = this.list?.starts ?? [0, this.rows.n];
    const parts: number[] = [];
    for (let g = 0; g + 1 < starts.length; g++)
      for (let from = starts[g]; from < starts[g + 1]; from += rows)
        parts.push(g, from, Math.min(from + rows, starts[g + 1]));
    return parts;
  }
}

export function seedAll(rows: ArenaRows): Seeding {
  const distances = new Distances(rows, null);
  return {
    candidates: (chosen) => distances.measure([chosen]),
    keep: (place) => distances.keep(place),
    close: () => distances.close(),
  };
}

export function seedEach(rows: ArenaRows, groups: Groups): GroupSeeding {
  const distances = new Distances(rows, groupList(rows.arena, groups));
  return {
    candidates: (chosen, signal) => distances.measure(chosen, signal),
    keep: (places) => distances.keepEach(places),
    close: () => distances.close(),
  };
}
