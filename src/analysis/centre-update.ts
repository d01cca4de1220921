import type { Assignment, KMeansEngine, LloydStep } from './engine';

/**
 * Gives each empty cluster the row farthest from its own centre, taking it out of its old cluster (as scikit-learn).
 * With fewer different rows than clusters nothing is far and the cluster stays empty. `among`: the rows of the fit, rising;
 * all of them if not given.
 */
export function relocateEmpty(
  engine: Pick<KMeansEngine, 'd' | 'row'>,
  { labels, squared }: Assignment,
  step: LloydStep,
  among?: Uint32Array,
): void {
  const { sums, counts } = step;
  const empty = Array.from(counts.keys()).filter((c) => counts[c] === 0);
  const far = farthest(squared, empty.length, among);
  if (squared[far[0]] === 0) return;
  far.forEach((row, place) => {
    const x = engine.row(row);
    const from = labels[row] * engine.d;
    const to = empty[place] * engine.d;
    for (let t = 0; t < engine.d; t++) {
      sums[from + t] -= x[t];
      sums[to + t] = x[t];
    }
    counts[labels[row]]--;
    counts[empty[place]] = 1;
  });
}

/** The rows with the largest values, largest first; ties: lowest row. */
function farthest(values: ArrayLike<number>, count: number, among?: Uint32Array): number[] {
  const top: number[] = [];
  const rows = among?.length ?? values.length;
  for (let r = 0; r < rows; r++) {
    const i = among ? among[r] : r;
    if (top.length === count && values[i] <= values[top[count - 1]]) continue;
    let place = top.length;
    while (place > 0 && values[top[place - 1]] < values[i]) place--;
    top.splice(place, 0, i);
    if (top.length > count) top.pop();
  }
  return top;
}

/** Centres, k x d: sums over counts; a cluster that is still empty is put where the largest one is, as scikit-learn does. */
export function means({ sums, counts }: LloydStep, d: number): Float64Array {
  const centres = new Float64Array(sums.length);
  const largest = counts.indexOf(Math.max(...counts));
  counts.forEach((count, c) => {
    const from = count > 0 ? c : largest;
    for (let t = 0; t < d; t++) centres[c * d + t] = sums[from * d + t] / counts[from];
  });
  return centres;
}

/** Summed squared differences of two sets of centres. */
export function squaredShift(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return sum;
}
