import { CpuEngine } from './cpu/engine';
import { NO_GROUP, type Groups } from './engine';
import type { GroupFitted, GroupKMeans } from './group-restarts';
import { centresAt, lloyd } from './kmeans';
import type { Rows } from './rows';
import { kmeansPlusPlus } from './seeding';

/** The rows of each group, rising. */
export function membersOf({ count, of }: Groups): Uint32Array[] {
  const sizes = new Uint32Array(count);
  for (const group of of) if (group !== NO_GROUP) sizes[group]++;
  const members = Array.from(sizes, (size) => new Uint32Array(size));
  sizes.fill(0);
  of.forEach((group, row) => {
    if (group !== NO_GROUP) members[group][sizes[group]++] = row;
  });
  return members;
}

/** A copy of the rows at these places. */
export function gather({ d, data }: Rows, places: Uint32Array): Rows {
  const picked = new Float32Array(places.length * d);
  places.forEach((row, i) => picked.set(data.subarray(row * d, (row + 1) * d), i * d));
  return { n: places.length, d, data: picked };
}

/** k-means in one group after the other, each on a copy of its rows, in f64: the reference for all groups at once. */
export function plainGroups(rows: Rows): GroupKMeans {
  return {
    async seed(groups, ks, randoms, signal) {
      const seeds: Uint32Array[] = [];
      for (const [g, members] of membersOf(groups).entries()) {
        const engine = new CpuEngine(gather(rows, members));
        const chosen = await kmeansPlusPlus(engine, ks[g], randoms[g], signal);
        seeds.push(chosen.map((place) => members[place]));
      }
      return seeds;
    },

    async fit(groups, seeds, { maxIterations, shifts, signal, progress }) {
      const all = new CpuEngine(rows);
      const fitted: GroupFitted = {
        fits: [],
        labels: new Uint16Array(rows.n),
        squared: new Float64Array(rows.n),
      };
      for (const [g, members] of membersOf(groups).entries()) {
        const options = { maxIterations, shift: shifts[g], signal };
        const [fit] = await lloyd(new CpuEngine(gather(rows, members)), [centresAt(all, seeds[g])], options);
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
