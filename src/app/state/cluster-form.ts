import type { Scaling, SweepOptions } from '../../domain/clustering';

/** The clustering options as fields of a form: an emptied number field is null. */
export interface ClusterForm {
  seed: number | null;
  kMin: number | null;
  kMax: number | null;
  scaling: Scaling;
  pca: number | null;
}

export const SCALINGS: readonly Scaling[] = ['none', 'l2', 'standard', 'minmax'];
export const K_LIMITS = { min: 2, max: 100 };
const SEED_MAX = 2 ** 32 - 1;
const PCA_MAX = 4096;

export function clusterFormOf({ seed, kMin, kMax, scaling, pca }: SweepOptions): ClusterForm {
  return { seed, kMin, kMax, scaling, pca };
}

type Field = 'seed' | 'k' | 'pca';

/** The fields that cannot be used as they are. */
export function wrongFields({ seed, kMin, kMax, pca }: ClusterForm): ReadonlySet<Field> {
  const within = (n: number | null, low: number, high: number): boolean =>
    n !== null && Number.isInteger(n) && n >= low && n <= high;
  const wrong: Field[] = [];
  if (!within(seed, 0, SEED_MAX)) wrong.push('seed');
  if (!within(kMin, K_LIMITS.min, K_LIMITS.max) || !within(kMax, kMin ?? 0, K_LIMITS.max)) wrong.push('k');
  if (pca !== null && !within(pca, 1, PCA_MAX)) wrong.push('pca');
  return new Set(wrong);
}

export function sameForm(a: ClusterForm, b: ClusterForm): boolean {
  return (Object.keys(a) as (keyof ClusterForm)[]).every((key) => a[key] === b[key]);
}
