import { seedInGroups, seedWhole } from './block-seeding';
import type { BlockRead, BlockSeeding, Groups, KMeansEngine } from './engine';
import { Draw, trialsFor } from './greedy-draw';
import { Pace } from './pace';
import type { Random } from './random';

/** Candidates that one reading of the rows may compare, over all restarts of a group. */
const MOST_CANDIDATES = 32;

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
  return (await seedRestarts(engine, k, [random], signal))[0];
}

/**
 * k-means++ once for each generator, over as few readings of the rows as the engine can; each restart is what it would be
 * alone. `progress`: 0..1. Throws `cancelled`.
 */
export async function seedRestarts(
  engine: KMeansEngine,
  k: number,
  randoms: Random[],
  signal?: AbortSignal,
  progress?: (fraction: number) => void,
): Promise<Uint32Array[]> {
  const open = (restarts: number) => seedWhole(engine, restarts);
  return (await seedAll(open, [k], [randoms], signal, progress))[0];
}

/**
 * k-means++ for all groups at once: `ks[g]` rows of group g for each of its generators, `[g][restart]`, as
 * `kmeansPlusPlus` on the rows of the group alone. Every group needs at least one row. Throws `cancelled`.
 */
export async function seedGroups(
  engine: KMeansEngine,
  groups: Groups,
  ks: number[],
  randoms: Random[][],
  signal?: AbortSignal,
): Promise<Uint32Array[][]> {
  const open = (restarts: number) => seedInGroups(engine, groups, restarts);
  return seedAll(open, ks, randoms, signal);
}

async function seedAll(
  open: (restarts: number) => { seeding: BlockSeeding; restarts: number },
  ks: number[],
  randoms: Random[][],
  signal?: AbortSignal,
  progress?: (fraction: number) => void,
): Promise<Uint32Array[][]> {
  const total = randoms[0]?.length ?? 0;
  const together = Math.max(1, Math.floor(MOST_CANDIDATES / trialsFor(Math.max(...ks))));
  const found: Uint32Array[][] = ks.map(() => []);
  for (let done = 0; done < total;) {
    const { seeding, restarts } = open(Math.min(together, total - done));
    try {
      const draws = randoms.map((of, g) =>
        of.slice(done, done + restarts).map((random) => new Draw(seeding, g, ks[g], random)),
      );
      await choose(seeding, draws, new Pace(signal), (round) =>
        progress?.((done + (restarts * round) / Math.max(...ks)) / total),
      );
      draws.forEach((of, g) => found[g].push(...of.map(({ centres }) => centres)));
    } finally {
      seeding.close();
    }
    done += restarts;
  }
  return found;
}

/** One round chooses one more centre in every group that lacks some. */
async function choose(
  seeding: BlockSeeding,
  draws: Draw[][],
  pace: Pace,
  onRound: (round: number) => void,
): Promise<void> {
  let going = draws;
  let candidates = draws.map((of) => of.map((draw) => draw.start()));
  for (let round = 1; going.some((of) => of.length > 0); round++) {
    const sums = await seeding.sums(candidates, pace.signal);
    seeding.keep(going.map((of, g) => of.map((draw, r) => draw.take(candidates[g][r], sums[g][r]))));
    onRound(round);
    await pace.turn();
    going = going.map((of) => of.filter((draw) => !draw.done));
    candidates = await drawRows(seeding, going, pace.signal);
  }
}

/** The next candidates of every group and restart, from the distances of the blocks that hold them. */
async function drawRows(seeding: BlockSeeding, draws: Draw[][], signal?: AbortSignal): Promise<number[][][]> {
  const reads: BlockRead[] = [];
  const aims = draws.map((of) =>
    of.map((draw, restart) => {
      const blocks = draw.aim();
      const from = reads.length;
      for (const block of blocks) reads.push({ restart, block });
      return { draw, from, to: reads.length };
    }),
  );
  const distances = await seeding.closest(reads, signal);
  return aims.map((of) => of.map(({ draw, from, to }) => draw.rows(distances.slice(from, to))));
}
