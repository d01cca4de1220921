import type { Scaling, SweepOptions } from '../../domain/clustering';
import type { ProjectPatch } from '../../jobs/projects';

export type Reduction = 'none' | 'dimensions' | 'share';

/** The clustering options as fields of a form: an emptied number field is null. */
export interface ClusterForm {
  seed: number | null;
  kMin: number | null;
  kMax: number | null;
  nInit: number | null;
  scaling: Scaling;
  reduction: Reduction;
  dimensions: number | null;
  /** Per cent of the variance. */
  percent: number | null;
  engine: SweepOptions['engine'];
  half: boolean;
  exact: boolean;
  sample: number | null;
}

export const SCALINGS: readonly Scaling[] = ['none', 'l2', 'standard', 'minmax'];
export const REDUCTIONS: readonly Reduction[] = ['none', 'dimensions', 'share'];
export const ENGINES: readonly SweepOptions['engine'][] = ['auto', 'webgpu', 'cpu'];
export const LIMITS = {
  seed: [0, 2 ** 32 - 1],
  k: [2, 1024],
  nInit: [1, 100],
  dimensions: [1, 4096],
  sample: [100, 1_000_000],
} as const;
/** What the fields show before they are first used. */
const USUAL = { dimensions: 50, percent: 95, sample: 2000 };

export function clusterFormOf(options: SweepOptions): ClusterForm {
  const { seed, kMin, kMax, nInit, scaling, pca, engine, half, silhouetteSample } = options;
  const exact = silhouetteSample === Infinity;
  const isShare = pca !== null && pca < 1;
  return {
    seed,
    kMin,
    kMax,
    nInit,
    scaling,
    reduction: pca === null ? 'none' : isShare ? 'share' : 'dimensions',
    dimensions: pca === null || isShare ? USUAL.dimensions : pca,
    percent: isShare ? Number((pca * 100).toPrecision(12)) : USUAL.percent,
    engine,
    half,
    exact,
    sample: exact ? USUAL.sample : silhouetteSample,
  };
}

export type Field = 'seed' | 'k' | 'nInit' | 'pca' | 'sample';

/** The fields that cannot be used as they are. */
export function wrongFields(form: ClusterForm): ReadonlySet<Field> {
  const { seed, kMin, kMax, nInit, reduction, dimensions, percent, exact, sample } = form;
  const wrong: Field[] = [];
  if (!isWhole(seed, LIMITS.seed)) wrong.push('seed');
  if (!isWhole(kMin, LIMITS.k) || !isWhole(kMax, [kMin ?? 0, LIMITS.k[1]])) wrong.push('k');
  if (!isWhole(nInit, LIMITS.nInit)) wrong.push('nInit');
  if (reduction === 'dimensions' && !isWhole(dimensions, LIMITS.dimensions)) wrong.push('pca');
  if (reduction === 'share' && !(percent !== null && percent > 0 && percent < 100)) wrong.push('pca');
  if (!exact && !isWhole(sample, LIMITS.sample)) wrong.push('sample');
  return new Set(wrong);
}

/** What a form without wrong fields changes in the project; k is chosen anew. */
export function patchOf(form: ClusterForm): ProjectPatch {
  const { seed, kMin, kMax, nInit, scaling, reduction, dimensions, percent, engine, half, exact, sample } =
    form;
  const share = percent === null ? null : Number((percent / 100).toPrecision(12));
  const pca = reduction === 'none' ? null : reduction === 'share' ? share : dimensions;
  return {
    seed: seed ?? undefined,
    kMin: kMin ?? undefined,
    kMax: kMax ?? undefined,
    nInit: nInit ?? undefined,
    scaling,
    pca,
    engine,
    half,
    silhouetteSample: exact ? Infinity : (sample ?? undefined),
    k: null,
  };
}

/** Whether two forms ask for the same; fields that are not in use do not count. */
export function sameForm(a: ClusterForm, b: ClusterForm): boolean {
  const [one, other] = [patchOf(a), patchOf(b)];
  return (Object.keys(one) as (keyof ProjectPatch)[]).every((key) => one[key] === other[key]);
}

function isWhole(n: number | null, [low, high]: readonly [number, number]): boolean {
  return n !== null && Number.isInteger(n) && n >= low && n <= high;
}
