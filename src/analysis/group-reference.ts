import { assignReference } from '../gpu/assign/assign.cpu';
import type { Assignment, GroupFits, Groups, GroupSeeding, LloydStep, Task } from './engine';
import { groupRows, rowsOf, type GroupRows } from './group-rows';
import type { Rows } from './rows';

/** The reference of fits in groups: plain f64 arithmetic, one row after the other. For tests. */
export class GroupFitsReference implements GroupFits {
  readonly #rows: GroupRows;
  readonly #labels: Uint16Array;

  constructor(
    private readonly rows: Rows,
    groups: Groups,
  ) {
    this.#rows = groupRows(groups);
    this.#labels = new Uint16Array(rows.n).fill(0xffff);
  }

  async step(tasks: Task[]): Promise<LloydStep[]> {
    const { d, data } = this.rows;
    return tasks.map(({ slot, centres }) => {
      const k = centres.length / d;
      const step = { sums: new Float64Array(k * d), counts: new Uint32Array(k), changed: 0 };
      for (const row of rowsOf(this.#rows, slot)) {
        const [label] = this.#nearest(row, centres).labels;
        if (this.#labels[row] !== label) step.changed++;
        this.#labels[row] = label;
        step.counts[label]++;
        for (let t = 0; t < d; t++) step.sums[label * d + t] += data[row * d + t];
      }
      return step;
    });
  }

  async assign(tasks: Task[]): Promise<Assignment> {
    const labels = new Uint16Array(this.rows.n);
    const squared = new Float64Array(this.rows.n);
    for (const { slot, centres } of tasks) {
      for (const row of rowsOf(this.#rows, slot)) {
        const found = this.#nearest(row, centres);
        labels[row] = found.labels[0];
        squared[row] = found.squared[0];
      }
    }
    return { labels, squared };
  }

  close(): void {
    // Holds nothing but the rows.
  }

  #nearest(row: number, centres: Float64Array) {
    const { d, data } = this.rows;
    return assignReference({ n: 1, d, data: data.subarray(row * d, (row + 1) * d) }, centres);
  }
}

/** The reference of k-means++ in groups. For tests. */
export class GroupSeedingReference implements GroupSeeding {
  #closest: Float64Array;
  #tried: Float64Array[] = [];

  constructor(
    private readonly rows: Rows,
    private readonly groups: Groups,
  ) {
    this.#closest = new Float64Array(rows.n).fill(Infinity);
  }

  async candidates(chosen: number[][]): Promise<Float64Array[]> {
    const { n, d, data } = this.rows;
    const { count, of } = this.groups;
    this.#tried = Array.from({ length: chosen[0].length }, (_, place) =>
      Float64Array.from({ length: n }, (_, i) => {
        if (of[i] >= count) return Infinity;
        const c = chosen[of[i]][place];
        let sum = 0;
        for (let t = 0; t < d; t++) sum += (data[i * d + t] - data[c * d + t]) ** 2;
        return Math.min(this.#closest[i], sum);
      }),
    );
    return this.#tried;
  }

  keep(places: number[]): void {
    const { of, count } = this.groups;
    this.#closest = this.#closest.map((_, i) => (of[i] < count ? this.#tried[places[of[i]]][i] : Infinity));
  }

  close(): void {
    this.#tried = [];
  }
}
