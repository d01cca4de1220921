import type { Clustering, Sweep } from '../../domain/clustering';

export type Criterion = 'calinskiHarabasz' | 'daviesBouldin' | 'elbow';

/** What a sweep says about k, as facts; the words are in the messages. */
export interface Verdict {
  /** Highest silhouette. */
  k: number;
  silhouette: number;
  runnerUp: number | null;
  /** The two silhouettes differ by less than the standard error of their difference. */
  tie: boolean;
  agree: Criterion[];
  /** Criteria that pick another k, with the k they pick. */
  disagree: { criterion: Criterion; k: number }[];
}

export function verdictOf({ clusterings, choice }: Pick<Sweep, 'clusterings' | 'choice'>): Verdict | null {
  const best = clusterings.find((c) => c.k === choice.k);
  if (!best) return null;
  const second = clusterings.find((c) => c.k === choice.runnerUp);
  const picks: [Criterion, number | null][] = [
    ['calinskiHarabasz', choice.byCalinskiHarabasz],
    ['daviesBouldin', choice.byDaviesBouldin],
    ['elbow', choice.elbow],
  ];
  return {
    k: choice.k,
    silhouette: best.silhouette,
    runnerUp: second ? second.k : null,
    tie: second !== undefined && withinError(best, second),
    agree: picks.filter(([, k]) => k === choice.k).map(([criterion]) => criterion),
    disagree: picks.flatMap(([criterion, k]) => (k === null || k === choice.k ? [] : [{ criterion, k }])),
  };
}

/** Both errors are taken as independent; they come from the same sample, so this errs on the side of "undecided". */
function withinError(a: Clustering, b: Clustering): boolean {
  return Math.abs(a.silhouette - b.silhouette) <= Math.hypot(a.silhouetteError, b.silhouetteError);
}

export type Structure = 'strong' | 'reasonable' | 'weak' | 'none';

/** How a mean silhouette is usually read (Kaufman and Rousseeuw, 1990, table 4). */
export function structureOf(silhouette: number): Structure {
  if (silhouette > 0.7) return 'strong';
  if (silhouette > 0.5) return 'reasonable';
  return silhouette > 0.25 ? 'weak' : 'none';
}
