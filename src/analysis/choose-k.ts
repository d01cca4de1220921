import type { KChoice } from '../domain/clustering';

/** The scores of one k; rising k. */
export interface KScores {
  k: number;
  inertia: number;
  silhouette: number;
  calinskiHarabasz: number;
  daviesBouldin: number;
}

/**
 * The k with the highest silhouette (the smallest of equals), the runner-up, and what the other criteria would take. With
 * a single candidate only `k` is given.
 */
export function chooseK(scores: KScores[]): KChoice {
  const order = [...scores].sort((a, b) => b.silhouette - a.silhouette || a.k - b.k);
  if (order.length < 2) {
    const k = order.length === 1 ? order[0].k : 1;
    return { k, runnerUp: null, elbow: null, byCalinskiHarabasz: null, byDaviesBouldin: null };
  }
  return {
    k: order[0].k,
    runnerUp: order[1].k,
    elbow: elbow(scores),
    byCalinskiHarabasz: best(scores, (s) => s.calinskiHarabasz),
    byDaviesBouldin: best(scores, (s) => -s.daviesBouldin),
  };
}

function best(scores: KScores[], value: (s: KScores) => number): number {
  return scores.reduce((a, b) => (value(b) > value(a) ? b : a)).k;
}

/**
 * Where inertia bends most: the largest distance below the chord from the first to the last k, both axes scaled to 0..1
 * (Satopää et al. 2011, "kneedle"). Null with fewer than three k, or where the curve is nowhere below its chord.
 */
function elbow(scores: KScores[]): number | null {
  const first = scores[0];
  const last = scores[scores.length - 1];
  const drop = first.inertia - last.inertia;
  if (scores.length < 3 || !(drop > 0)) return null;
  let depth = 1e-9;
  let found: number | null = null;
  for (const { k, inertia } of scores) {
    const x = (k - first.k) / (last.k - first.k);
    const y = (inertia - last.inertia) / drop;
    if (1 - x - y > depth) {
      depth = 1 - x - y;
      found = k;
    }
  }
  return found;
}
