import { DEFAULT_SWEEP, type SweepOptions } from '../../domain/clustering';
import type { Project } from '../../domain/project';

/** The options of a project's sweep; what the project does not say is as usual. */
export function optionsOf({ seed, kMin, kMax, scaling, pca }: Project): SweepOptions {
  return {
    ...DEFAULT_SWEEP,
    seed,
    kMin,
    kMax,
    scaling: scaling ?? DEFAULT_SWEEP.scaling,
    pca: pca ?? DEFAULT_SWEEP.pca,
  };
}

export function sameOptions(a: SweepOptions, b: SweepOptions): boolean {
  return (Object.keys(a) as (keyof SweepOptions)[]).every((key) => a[key] === b[key]);
}
