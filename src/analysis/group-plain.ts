import { CpuEngine } from './cpu/engine';
import type { GroupFitted, GroupKMeans } from './group-restarts';
import { groupRows, rowsOf } from './group-rows';
import { lloyd } from './kmeans';
import type { Rows } from './rows';
import { kmeansPlusPlus } from './seeding';

/** A copy of the rows at these places. */
export function gather({ d, data }: Rows, places: Uint32Array): Rows {
  const picked = new Float32Array(places.length * d);
  places.forEach((row, i) => picked.set(data.subarray(row * d, (row + 1) * d), i * d));
  return { n: places.length, d, data: picked };
}

/** k-means in one group after the other, each on a copy of its rows: the reference for all groups at once. */
export function plainGroups(rows: Rows): GroupKMeans {
  return {
    async seed(groups, ks, randoms, signal) {
      const byGroup = groupRows(groups);
      const seeds: Uint32Array[] = [];
      for (const [g, k] of ks.entries()) {
        const members = rowsOf(byGroup, g);
        const chosen = await alone(gather(rows, members), (engine) =>
          kmeansPlusPlus(engine, k, randoms[g], signal),
        );
        seeds.push(chosen.map((place) => members[place]));
      }
      return seeds;
    },

    async fit(groups, seeds, { maxIterations, shifts, signal, progress }) {
      const fitted: GroupFitted = {
        fits: [],
        labels: new Uint16Array(rows.n),
        squared: new Float64Array(rows.n),
      };
      const byGroup = groupRows(groups);
      for (const [g, chosen] of seeds.entries()) {
        const members = rowsOf(byGroup, g);
        const init = Float64Array.from(gather(rows, chosen).data);
        const options = { maxIterations, shift: shifts[g], signal };
        const [fit] = await alone(gather(rows, members), (engine) => lloyd(engine, [init], options));
        members.forEach((row, i) => {
          fitted.labels[row] = fit.labels[i];
          fitted.squared[row] = fit.squared[i];
        });
        fitted.fits.push({ centres: fit.centres, iterations: fit.iterations, inertia: fit.inertia });
        progress?.((g + 1) / groups.count);
      }
      return fitted;
    },
  };
}

/** Work on an engine of its own for these rows. */
export async function alone<T>(rows: Rows, work: (engine: CpuEngine) => Promise<T>): Promise<T> {
  const engine = new CpuEngine(rows);
  try {
    return await work(engine);
  } finally {
    engine.close();
  }
}
