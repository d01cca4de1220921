import type { Timing } from '../../../domain/timing';

/** seconds = factor * n ^ exponent. */
export interface PowerLaw {
  exponent: number;
  factor: number;
}

/** Runs of the same work by the same engine in the same browser: only their sizes differ. */
export interface TimingSeries {
  of: Timing;
  runs: readonly Timing[];
  /** Null where sizes are too few or too alike to say. */
  law: PowerLaw | null;
}

/** Sizes have to be so many times apart. */
const LEAST_SPAN = 1.5;

/** The series with most runs first, at most `most`; within one the runs by rising size. */
export function timingSeries(timings: readonly Timing[], most = 8): TimingSeries[] {
  const groups = new Map<string, Timing[]>();
  for (const run of timings) {
    const { kind, engine, device, network, d, kMin, kMax, starts, browser } = run;
    const key = JSON.stringify([kind, engine, device, network, d, kMin, kMax, starts, browser]);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()]
    .map((runs) => ({ of: runs[0], runs: runs.toSorted((a, b) => a.n - b.n), law: powerLaw(runs) }))
    .sort((a, b) => b.runs.length - a.runs.length || a.of.at - b.of.at)
    .slice(0, most);
}

/** Least squares of log seconds over log n; null of fewer than three runs, or of sizes that hardly differ. */
export function powerLaw(runs: readonly Pick<Timing, 'n' | 'seconds'>[]): PowerLaw | null {
  if (runs.length < 3) return null;
  const xs = runs.map(({ n }) => Math.log(n));
  const ys = runs.map(({ seconds }) => Math.log(seconds));
  if (Math.max(...xs) - Math.min(...xs) < Math.log(LEAST_SPAN)) return null;
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(xs), mean(ys)];
  const exponent =
    xs.reduce((sum, x, i) => sum + (x - mx) * (ys[i] - my), 0) /
    xs.reduce((sum, x) => sum + (x - mx) ** 2, 0);
  return { exponent, factor: Math.exp(my - exponent * mx) };
}
