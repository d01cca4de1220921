import type { Clustering, KChoice } from '../../domain/clustering';

export type ScoreName = 'silhouette' | 'elbow' | 'calinski' | 'davies';

/** The four curves of a sweep: where each score is read, and the k it would take. */
export const SCORES: Record<
  ScoreName,
  {
    value: (c: Clustering) => number;
    best: (choice: KChoice) => number | null;
    /** Names of its file, without an ending, and of its column. */
    file: string;
    column: string;
  }
> = {
  silhouette: {
    value: (c) => c.silhouette,
    best: (choice) => choice.k,
    file: 'silhouette',
    column: 'silhouette',
  },
  elbow: { value: (c) => c.inertia, best: (choice) => choice.elbow, file: 'elbow', column: 'inertia' },
  calinski: {
    value: (c) => c.calinskiHarabasz,
    best: (choice) => choice.byCalinskiHarabasz,
    file: 'calinski-harabasz',
    column: 'calinski_harabasz',
  },
  davies: {
    value: (c) => c.daviesBouldin,
    best: (choice) => choice.byDaviesBouldin,
    file: 'davies-bouldin',
    column: 'davies_bouldin',
  },
};
export const SCORE_NAMES = Object.keys(SCORES) as ScoreName[];
