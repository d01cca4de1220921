import type { KMeansEngine, Seeding } from './engine';
import { Pace } from './pace';
import { Random } from './random';

/**
 * Greedy k-means++ (Arthur and Vassilvitskii 2007, with the local trials of scikit-learn): each new centre is the best of
 * 2 + ln k rows drawn with probability proportional to their squared distance to the centres so far. Returns k rows in
 * the order chosen; the first m of them seed a fit with m clusters, so one run serves a whole sweep.
 */
export async function kmeansPlusPlus(
  engine: KMeansEngine,
  k: number,
  random: Random,
  signal?: AbortSignal,
): Promise<Uint32Array> {
  const seeding = engine.seeding();
  try {
    return await choose(engine.n, seeding, k, random, new Pace(signal));
  } finally {
    seeding.close();
  }
}

async function choose(
  n: number,
  seeding: Seeding,
  k: number,
  random: Random,
  pace: Pace,
): Promise<Uint32Array> {
  const trials = 2 + Math.floor(Math.log(k));
  const centres = new Uint32Array(k);
  centres[0] = random.below(n);
  let closest = (await seeding.candidates([centres[0]]))[0];
  seeding.keep(0);
  let potential = total(closest);
  for (let c = 1; c < k; c++) {
    const drawn = drawRows(closest, potential, trials, random);
    const after = await seeding.candidates(drawn);
    const potentials = after.map(total);
    const best = potentials.indexOf(Math.min(...potentials));
    seeding.keep(best);
    centres[c] = drawn[best];
    closest = after[best];
    potential = potentials[best];
    await pace.turn();
  }
  return centres;
}

function total(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}

/** `count` rows drawn with probability weight / total; uniformly when every weight is 0 (only duplicates are left). */
function drawRows(weights: ArrayLike<number>, sum: number, count: number, random: Random): number[] {
  const n = weights.length;
  if (!(sum > 0)) return Array.from({ length: count }, () => random.below(n));
  const targets = Array.from({ length: count }, (_, place) => ({ place, at: random.float() * sum }));
  targets.sort((a, b) => a.at - b.at);
  const rows = new Array<number>(count).fill(n - 1);
  let running = 0;
  let next = 0;
  for (let i = 0; i < n && next < count; i++) {
    running += weights[i];
    while (next < count && targets[next].at < running) rows[targets[next++].place] = i;
  }
  return rows;
}
