/** u32 of one run: first centre, clusters, place of its sums, first part, parts. */
export const RUN_WORDS = 5;

/** Parts that are summed up by one dispatch, by group. */
export interface RunPlan {
  fromPart: number;
  toPart: number;
  /** A run for each of all groups; those without parts here have 0 clusters and 0 parts. */
  words: Uint32Array<ArrayBuffer>;
  /** Partial sums, numbers. */
  room: number;
}

/**
 * Goes through the parts of groups `fromGroup` .. `toGroup - 1` (`first[g]` .. `first[g + 1] - 1` are those of group g) in runs of
 * one group, as many together as have room for their sums: k x d numbers a part. Centres are counted from the first of
 * these groups on. At least one part is taken at a time.
 */
export function* planRuns(
  first: Uint32Array,
  { fromGroup, toGroup }: { fromGroup: number; toGroup: number },
  ks: Uint32Array,
  d: number,
  room: number,
): Generator<RunPlan> {
  const empty = () => new Uint32Array(ks.length * RUN_WORDS);
  let plan: RunPlan = { fromPart: 0, toPart: 0, words: empty(), room: 0 };
  let centre = 0;
  for (let g = fromGroup; g < toGroup; g++) {
    const size = ks[g] * d;
    for (let part = first[g]; size > 0 && part < first[g + 1];) {
      let parts = Math.min(first[g + 1] - part, Math.floor((room - plan.room) / size));
      if (parts <= 0 && plan.room > 0) {
        yield plan;
        plan = { fromPart: 0, toPart: 0, words: empty(), room: 0 };
        continue;
      }
      parts = Math.max(1, parts);
      plan.words.set([centre, ks[g], plan.room, part, parts], g * RUN_WORDS);
      if (plan.room === 0) plan.fromPart = part;
      part += parts;
      plan.toPart = part;
      plan.room += parts * size;
    }
    centre += ks[g];
  }
  if (plan.room > 0) yield plan;
}
