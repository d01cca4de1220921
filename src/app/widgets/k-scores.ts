import type { Clustering, KChoice } from '../../domain/clustering';

export type ScoreName = 'silhouette' | 'elbow' | 'calinski' | 'davies';

/** The four curves of a sweep: where each score is read, and the k it would take. */
export const SCORES: Record<
  ScoreName,
  { value: (c: Clustering) => number; best: (choice: KChoice) => number | null; file: string }
> = {
  silhouette: { value: (c) => c.silhouette, best: (choice) => choice.k, file: 'silhouette.svg' },
  elbow: { value: (c) => c.inertia, best: (choice) => choice.elbow, file: 'elbow.svg' },
  calinski: {
    value: (c) => c.calinskiHarabasz,
    best: (choice) => choice.byCalinskiHarabasz,
    file: 'calinski-harabasz.svg',
  },
  davies: {
    value: (c) => c.daviesBouldin,
    best: (choice) => choice.byDaviesBouldin,
    file: 'davies-bouldin.svg',
  },
};
export const SCORE_NAMES = Object.keys(SCORES) as ScoreName[];
