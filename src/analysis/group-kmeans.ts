import { means, relocateEmpty, squaredShift } from './centre-update';
import type { Assignment, GroupFits, Groups, KMeansEngine, LloydStep } from './engine';
import { groupRows, rowsOf, type GroupRows } from './group-rows';
import { centresAt } from './kmeans';
import { Random } from './random';
import { seedGroups } from './seeding';

export interface GroupFit {
  k: number;
  /** k x d, in the mean-centred space of the engine. */
  centres: Float64Array;
  /** Rows of each cluster; 0 only where the group has fewer different rows than clusters. */
  counts: Uint32Array;
  iterations: number;
  /** Sum of the squared distances, f64. */
  inertia: number;
}

/** A fit for each group; labels (within the group) and distances at the rows' places among all n, 0 for rows of no group. */
export interface GroupedFit extends Assignment {
  fits: GroupFit[];
}

export interface GroupOptions {
  maxIterations: number;
  /** A group stops once its centres' summed squared shift is at most this times the mean variance of its columns. */
  tolerance: number;
  /** Seedings; the fit with the least inertia of each group is kept. */
  nInit: number;
  signal?: AbortSignal;
  /** After each iteration of a restart: how many groups are still going. */
  onIteration?: (restart: number, iteration: number, active: number) => void;
}

/**
 * k-means (k-means++, then Lloyd) of every group of rows on its own, all groups advancing together and leaving when they
 * converge: `ks[g]` clusters in group g, whose restart r draws from `Random(seeds[g], r)`. Stopping rule and repair of empty
 * clusters are scikit-learn's, so each group comes out as `kmeans` finds it on the rows of the group alone, up to
 * rounding. Throws RangeError where a group has fewer rows than clusters or none, `cancelled` once aborted.
 */
export async function lloydGroups(
  engine: KMeansEngine,
  groups: Groups,
  ks: number[],
  seeds: number[],
  options: GroupOptions,
): Promise<GroupedFit> {
  const { n } = engine;
  const rows = groupRows(groups);
  ks.forEach((k, g) => {
    const size = rows.first[g + 1] - rows.first[g];
    if (k < 1 || size < k) throw new RangeError(`group ${g}: ${k} clusters for ${size} rows`);
  });
  const best: GroupedFit = { fits: [], labels: new Uint16Array(n), squared: new Float64Array(n) };
  if (groups.count === 0) return best;
  const { signal } = options;
  const shifts = (await meanVariances(engine, groups, rows, signal)).map((v) => v * options.tolerance);
  const randoms = seeds.map((seed) => Array.from({ length: options.nInit }, (_, r) => new Random(seed, r)));
  const chosen = await seedGroups(engine, groups, ks, randoms, signal);
  for (let restart = 0; restart < options.nInit; restart++) {
    const inits = chosen.map((of) => centresAt(engine, of[restart]));
    const found = await advance(engine, groups, rows, inits, shifts, {
      ...options,
      onIteration: (iteration, active) => options.onIteration?.(restart, iteration, active),
    });
    keepBetter(best, found, rows);
  }
  return best;
}

interface State {
  slot: number;
  k: number;
  centres: Float64Array;
  iterations: number;
}

interface AdvanceOptions {
  maxIterations: number;
  signal?: AbortSignal;
  onIteration: (iteration: number, active: number) => void;
}

/** Lloyd's iterations of all groups from these centres until each has converged. */
async function advance(
  engine: KMeansEngine,
  groups: Groups,
  rows: GroupRows,
  inits: Float64Array[],
  shifts: number[],
  { maxIterations, signal, onIteration }: AdvanceOptions,
): Promise<GroupedFit> {
  const states: State[] = inits.map((centres, slot) => ({
    slot,
    k: centres.length / engine.d,
    centres,
    iterations: 0,
  }));
  const ks = states.map(({ k }) => k);
  return withFits(engine, groups, ks, async (fits) => {
    let active = states;
    for (let i = 1; i <= maxIterations && active.length > 0; i++) {
      const steps = await fits.step(active, signal);
      await repair(engine, fits, rows, active, steps, signal);
      active = active.filter((state, place) => {
        const centres = means(steps[place], engine.d);
        const shift = squaredShift(state.centres, centres);
        state.centres = centres;
        state.iterations = i;
        return steps[place].changed > 0 && shift > shifts[state.slot];
      });
      onIteration(i, active.length);
    }
    const { labels, squared } = await fits.assign(states, signal);
    return { fits: states.map((state) => toFit(state, labels, squared, rows)), labels, squared };
  });
}

/** Gives rows to the empty clusters of all groups, from one assignment. */
async function repair(
  engine: KMeansEngine,
  fits: GroupFits,
  rows: GroupRows,
  active: State[],
  steps: LloydStep[],
  signal?: AbortSignal,
): Promise<void> {
  const lacking = active.map((_, place) => place).filter((place) => steps[place].counts.includes(0));
  if (lacking.length === 0) return;
  const tasks = lacking.map((place) => active[place]);
  const assignment = await fits.assign(tasks, signal);
  for (const place of lacking)
    relocateEmpty(engine, assignment, steps[place], rowsOf(rows, active[place].slot));
}

function toFit(
  { slot, k, centres, iterations }: State,
  labels: Uint16Array,
  squared: ArrayLike<number>,
  rows: GroupRows,
): GroupFit {
  const counts = new Uint32Array(k);
  let inertia = 0;
  for (const row of rowsOf(rows, slot)) {
    counts[labels[row]]++;
    inertia += squared[row];
  }
  return { k, centres, counts, iterations, inertia };
}

function keepBetter(best: GroupedFit, found: GroupedFit, rows: GroupRows): void {
  found.fits.forEach((fit, g) => {
    const known = best.fits[g] as GroupFit | undefined;
    if (known && fit.inertia >= known.inertia) return;
    best.fits[g] = fit;
    for (const row of rowsOf(rows, g)) {
      best.labels[row] = found.labels[row];
      best.squared[row] = found.squared[row];
    }
  });
}

/** The mean over the columns of the variance of each group's rows: one cluster in each, and the distances to its mean. */
async function meanVariances(
  engine: KMeansEngine,
  groups: Groups,
  rows: GroupRows,
  signal?: AbortSignal,
): Promise<number[]> {
  const slots = Array.from({ length: groups.count }, (_, slot) => slot);
  const ones = slots.map(() => 1);
  return withFits(engine, groups, ones, async (fits) => {
    const starts = slots.map((slot) => ({ slot, centres: new Float64Array(engine.d) }));
    const steps = await fits.step(starts, signal);
    const centred = steps.map((step, slot) => ({ slot, centres: means(step, engine.d) }));
    const { squared } = await fits.assign(centred, signal);
    return slots.map((slot) => {
      const of = rowsOf(rows, slot);
      let sum = 0;
      for (const row of of) sum += squared[row];
      return sum / (of.length * engine.d);
    });
  });
}

async function withFits<T>(
  engine: KMeansEngine,
  groups: Groups,
  ks: number[],
  work: (fits: GroupFits) => Promise<T>,
): Promise<T> {
  if (!engine.openGroups) throw new Error(`The ${engine.kind} engine cannot fit groups.`);
  const fits = engine.openGroups(groups, ks);
  try {
    return await work(fits);
  } finally {
    fits.close();
  }
}
