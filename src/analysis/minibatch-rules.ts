import type { LloydStep } from './engine';
import type { Random } from './random';
import type { Rows } from './rows';

/** The centres of a mini-batch fit (k x d, f64), and how many rows each has been moved by. */
export interface BatchCentres {
  centres: Float64Array;
  counts: Float64Array;
}

/** Moves each centre to the mean of all rows it was given so far (Sculley 2010): its learning rate is 1 / its count. */
export function moveCentres({ centres, counts }: BatchCentres, { sums, counts: added }: LloydStep): void {
  const k = counts.length;
  const d = centres.length / k;
  for (let c = 0; c < k; c++) {
    if (added[c] === 0) continue;
    const before = counts[c];
    counts[c] += added[c];
    for (let t = c * d; t < (c + 1) * d; t++) centres[t] = (centres[t] * before + sums[t]) / counts[c];
  }
}

/**
 * Puts centres with less than `ratio` of the rows of the largest one onto rows of the batch, at most half as many as it has
 * rows, those with the fewest rows first. Their counts become the least of the others, so that they are not moved again at
 * once (scikit-learn).
 */
export function reassignStarved(
  { centres, counts }: BatchCentres,
  { n, d, data }: Rows,
  ratio: number,
  random: Random,
): void {
  const limit = ratio * Math.max(...counts);
  const starved = Array.from(counts.keys())
    .filter((c) => counts[c] < limit)
    .sort((a, b) => counts[a] - counts[b] || a - b)
    .slice(0, Math.floor(n / 2));
  if (starved.length === 0) return;
  const rows = random.sample(n, starved.length);
  const moved = new Set(starved);
  const least = Math.min(...counts.filter((_, c) => !moved.has(c)));
  starved.forEach((c, place) => {
    centres.set(data.subarray(rows[place] * d, (rows[place] + 1) * d), c * d);
    counts[c] = least;
  });
}

/**
 * When to stop (scikit-learn): the exponentially weighted mean of the batches' inertia has not fallen below its least for
 * `patience` batches. The first batch does not count: its inertia is that of the start.
 */
export class SmoothedStop {
  #steps = 0;
  #mean: number | null = null;
  #least = Infinity;
  #without = 0;
  readonly #alpha: number;

  constructor(
    n: number,
    private readonly batch: number,
    private readonly patience: number,
  ) {
    this.#alpha = Math.min(1, (2 * batch) / (n + 1));
  }

  /** Whether to stop after a batch with this inertia. */
  after(inertia: number): boolean {
    if (++this.#steps === 1) return false;
    const own = inertia / this.batch;
    this.#mean = this.#mean === null ? own : this.#mean * (1 - this.#alpha) + own * this.#alpha;
    if (this.#mean < this.#least) {
      this.#least = this.#mean;
      this.#without = 0;
    } else {
      this.#without++;
    }
    return this.#without >= this.patience;
  }
}
