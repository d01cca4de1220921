import { DEFAULT_SWEEP, type Sweep, type SweepOptions } from '../../domain/clustering';
import type { Project } from '../../domain/project';

/** The options of a project's sweep; what the project does not say is as usual. */
export function optionsOf(project: Project): SweepOptions {
  const { seed, kMin, kMax } = project;
  return {
    ...DEFAULT_SWEEP,
    seed,
    kMin,
    kMax,
    scaling: project.scaling ?? DEFAULT_SWEEP.scaling,
    pca: project.pca ?? DEFAULT_SWEEP.pca,
    nInit: project.nInit ?? DEFAULT_SWEEP.nInit,
    engine: project.engine ?? DEFAULT_SWEEP.engine,
    half: project.half ?? DEFAULT_SWEEP.half,
    silhouetteSample: project.silhouetteSample ?? DEFAULT_SWEEP.silhouetteSample,
  };
}

export function sameOptions(a: SweepOptions, b: SweepOptions): boolean {
  return (Object.keys(a) as (keyof SweepOptions)[]).every((key) => a[key] === b[key]);
}

/** Whether a kept sweep is what these options would give again, or the same with a better silhouette. */
export function isMadeWith(sweep: Sweep, options: SweepOptions): boolean {
  const { asked } = sweep;
  const sample = sweep.clusterings[0]?.silhouetteSample ?? 0;
  return (
    asked?.kMin === options.kMin &&
    asked.kMax === options.kMax &&
    (asked.pca === undefined ? sweep.pca : asked.pca) === options.pca &&
    sweep.seed === options.seed &&
    sweep.scaling === options.scaling &&
    sweep.nInit === options.nInit &&
    sample >= Math.min(options.silhouetteSample, sweep.n)
  );
}
