import type { BlockSeeding } from './engine';
import type { Random } from './random';

/** Local trials of greedy k-means++ for k clusters: 2 + ln k, as scikit-learn. */
export function trialsFor(k: number): number {
  return 2 + Math.floor(Math.log(k));
}

/** A number drawn below the sum of all distances, by the block it falls into and how far. */
interface Target {
  /** Place among the distinct blocks of this round. */
  place: number;
  rest: number;
}

/**
 * The draws of k-means++ for one group in one restart: a row is found by its block's sum first, in f64, and within the block
 * by the rows' distances. With exact sums these are the rows that a scan over all distances finds.
 */
export class Draw {
  readonly centres: Uint32Array;
  #chosen = 0;
  #sums: Float64Array = new Float64Array(0);
  #blocks: number[] = [];
  #targets: Target[] = [];
  readonly #n: number;

  constructor(
    private readonly seeding: BlockSeeding,
    private readonly group: number,
    k: number,
    private readonly random: Random,
  ) {
    this.centres = new Uint32Array(k);
    const [from, to] = [seeding.first[group], seeding.first[group + 1]];
    let n = 0;
    for (let b = from; b < to; b++) n += seeding.rows(b).length;
    this.#n = n;
  }

  get done(): boolean {
    return this.#chosen === this.centres.length;
  }

  /** The first candidate: any row. */
  start(): number[] {
    return [this.#row(this.random.below(this.#n))];
  }

  /** Takes the candidate with the least sum of distances (the first of equals) and returns its place. */
  take(candidates: number[], sums: Float64Array[]): number {
    const potentials = sums.map((blocks) => blocks.reduce((sum, value) => sum + value, 0));
    const best = potentials.indexOf(Math.min(...potentials));
    this.centres[this.#chosen++] = candidates[best];
    this.#sums = sums[best].slice();
    return best;
  }

  /** Draws numbers below the sum of all distances; the blocks whose distances `rows` needs to tell the rows. */
  aim(): number[] {
    const sum = this.#sums.reduce((total, value) => total + value, 0);
    this.#blocks = [];
    this.#targets = [];
    if (!(sum > 0)) return [];
    for (let trial = trialsFor(this.centres.length); trial > 0; trial--) {
      const { block, rest } = locate(this.#sums, this.random.float() * sum);
      const known = this.#blocks.indexOf(block);
      if (known < 0) this.#blocks.push(block);
      this.#targets.push({ place: known < 0 ? this.#blocks.length - 1 : known, rest });
    }
    return this.#blocks.map((block) => this.seeding.first[this.group] + block);
  }

  /** The rows drawn, given the distances of the blocks of `aim`; any rows when all distances are 0. */
  rows(distances: ArrayLike<number>[]): number[] {
    if (this.#targets.length === 0)
      return Array.from({ length: trialsFor(this.centres.length) }, () =>
        this.#row(this.random.below(this.#n)),
      );
    const first = this.seeding.first[this.group];
    return this.#targets.map(({ place, rest }) => {
      const rows = this.seeding.rows(first + this.#blocks[place]);
      return rows[locate(distances[place], rest).block];
    });
  }

  /** The row at this place among all rows of the group. */
  #row(place: number): number {
    let block = this.seeding.first[this.group];
    let rows = this.seeding.rows(block);
    while (place >= rows.length) {
      place -= rows.length;
      rows = this.seeding.rows(++block);
    }
    return rows[place];
  }
}

/**
 * Where `at` falls when the weights stand side by side, and how far into that weight. Rounding may put it past the end: then
 * into the last weight above 0, so that a row that is already a centre is never drawn.
 */
function locate(weights: ArrayLike<number>, at: number): { block: number; rest: number } {
  let running = 0;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (at < running + weights[i]) return { block: i, rest: at - running };
    running += weights[i];
    if (weights[i] > 0) last = i;
  }
  return { block: last, rest: weights[last] };
}
