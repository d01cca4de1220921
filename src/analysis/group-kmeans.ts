import { means, relocateEmpty, squaredShift } from './centre-update';
import type { GroupFits, Groups, KMeansEngine, LloydStep } from './engine';
import type { GroupFit, GroupFitOptions, GroupFitted, GroupKMeans } from './group-restarts';
import { groupRows, rowsOf, type GroupRows } from './group-rows';
import { centresAt } from './kmeans';
import { seedGroups } from './seeding';

/** k-means of groups on an engine, for all groups at once. */
export function groupKMeans(engine: KMeansEngine): GroupKMeans {
  return {
    async seed(groups, ks, randoms, signal) {
      const restarts = randoms.map((random) => [random]);
      return (await seedGroups(engine, groups, ks, restarts, signal)).map(([seeds]) => seeds);
    },
    fit: (groups, seeds, options) => lloydGroups(engine, groups, seeds, options),
  };
}

interface State {
  slot: number;
  k: number;
  centres: Float64Array;
  iterations: number;
}

/**
 * Lloyd's k-means of every group of rows on its own, from these rows of the group as centres: all groups advance together
 * and leave when they converge. Stopping rule and repair of empty clusters are scikit-learn's, so each group comes out as
 * `lloyd` finds it on the rows of the group alone, up to rounding. Labels and distances of rows of no group are 0. Throws
 * RangeError where a group has no seed or fewer rows than seeds, Error for an engine without groups, `cancelled`.
 */
export async function lloydGroups(
  engine: KMeansEngine,
  groups: Groups,
  seeds: Uint32Array[],
  { maxIterations, shifts, signal, progress }: GroupFitOptions,
): Promise<GroupFitted> {
  const rows = groupRows(groups);
  const states: State[] = seeds.map((chosen, slot) => {
    const size = rows.first[slot + 1] - rows.first[slot];
    if (chosen.length < 1 || size < chosen.length)
      throw new RangeError(`group ${slot}: ${chosen.length} clusters for ${size} rows`);
    return { slot, k: chosen.length, centres: centresAt(engine, chosen), iterations: 0 };
  });
  if (!engine.openGroups) throw new Error(`The ${engine.kind} engine cannot fit groups.`);
  const ks = states.map(({ k }) => k);
  const fits = engine.openGroups(groups, ks);
  try {
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
      // Iterations that are left are not known; most groups need few.
      progress?.(1 - (active.length / states.length) * 0.9 ** i);
    }
    const { labels, squared } = await fits.assign(states, signal);
    return { fits: states.map((state) => toFit(state, squared, rows)), labels, squared };
  } finally {
    fits.close();
  }
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
  const lacking = Array.from(active.keys()).filter((place) => steps[place].counts.includes(0));
  if (lacking.length === 0) return;
  const tasks = lacking.map((place) => active[place]);
  const assignment = await fits.assign(tasks, signal);
  for (const place of lacking)
    relocateEmpty(engine, assignment, steps[place], rowsOf(rows, active[place].slot));
}

function toFit({ slot, centres, iterations }: State, squared: ArrayLike<number>, rows: GroupRows): GroupFit {
  let inertia = 0;
  for (const row of rowsOf(rows, slot)) inertia += squared[row];
  return { centres, iterations, inertia };
}
