/** Images with a value in one cluster, beside what would be expected if value and cluster had nothing to do with each other. */
export interface Enrichment {
  /** Images of the cluster with the value, and of the cluster. */
  with: number;
  size: number;
  share: number;
  /** The share here divided by the share of all; NaN where nothing is compared. */
  lift: number;
  /** Two-sided p of Fisher's exact test, and the same corrected over all clusters shown (Benjamini-Hochberg). */
  p: number;
  q: number;
  /** Whether the value is more or less frequent than elsewhere, at the level of `FALSE_DISCOVERIES`. */
  mark: 'over' | 'under' | null;
}

/** False discovery rate at which a value counts as more or less frequent, on every screen that says so. */
export const FALSE_DISCOVERIES = 0.05;

/** Tests one value in every cluster: `found[c]` of its `sizes[c]` images have the value. */
export function enrichmentOf(found: ArrayLike<number>, sizes: ArrayLike<number>): Enrichment[] {
  const clusters = Array.from({ length: sizes.length }, (_, c) => c);
  const all = clusters.reduce((sum, c) => sum + sizes[c], 0);
  const having = clusters.reduce((sum, c) => sum + found[c], 0);
  const ps = clusters.map((c) => fisherExact(found[c], sizes[c], having, all));
  const qs = benjaminiHochberg(ps);
  return clusters.map((c): Enrichment => {
    const share = sizes[c] === 0 ? NaN : found[c] / sizes[c];
    const lift = share / (having / all);
    const marked = qs[c] <= FALSE_DISCOVERIES && lift !== 1;
    return {
      with: found[c],
      size: sizes[c],
      share,
      lift,
      p: ps[c],
      q: qs[c],
      mark: !marked ? null : lift > 1 ? 'over' : 'under',
    };
  });
}

/** Weights that the tie rule takes for equal although rounding made them differ. */
const TIE = 1 + 1e-7;

/**
 * Two-sided p of Fisher's exact test: the chance that of `drawn` images, taken at random out of `all` of which `having` have
 * the value, the number with the value is no more likely than `found` (hypergeometric distribution). The weights are
 * built outward from the mode by their ratios, so that no factorial is needed; weights below 1e-300 of the mode count as none.
 */
export function fisherExact(found: number, drawn: number, having: number, all: number): number {
  const least = Math.max(0, drawn + having - all);
  const most = Math.min(drawn, having);
  if (least === most) return 1;
  const mode = Math.min(Math.max(Math.floor(((drawn + 1) * (having + 1)) / (all + 2)), least), most);
  const weights = new Map<number, number>([[mode, 1]]);
  let total = 1;
  const walk = (step: 1 | -1): void => {
    let weight = 1;
    for (let x = mode; step === 1 ? x < most : x > least;) {
      const ratio = step === 1 ? ratioUp(x, drawn, having, all) : 1 / ratioUp(x - 1, drawn, having, all);
      weight *= ratio;
      if (weight < 1e-300) return;
      x += step;
      weights.set(x, weight);
      total += weight;
    }
  };
  walk(1);
  walk(-1);
  const own = weights.get(found) ?? 0;
  let tail = 0;
  for (const weight of weights.values()) if (weight <= own * TIE) tail += weight;
  return Math.min(tail / total, 1);
}

/** P(x + 1) / P(x) of the hypergeometric distribution. */
function ratioUp(x: number, drawn: number, having: number, all: number): number {
  return ((having - x) * (drawn - x)) / ((x + 1) * (all - having - drawn + x + 1));
}

/** p values corrected to false discovery rates (Benjamini and Hochberg 1995), in the same order. */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  const order = [...ps.keys()].sort((a, b) => ps[b] - ps[a]);
  const corrected = new Array<number>(ps.length);
  let least = 1;
  order.forEach((at, i) => {
    const rank = ps.length - i;
    least = Math.min(least, (ps[at] * ps.length) / rank);
    corrected[at] = least;
  });
  return corrected;
}
