import { advanceAll } from './advance-all';
import type { Assignment, KMeansEngine } from './engine';
import { Random } from './random';
import { seedRestarts } from './seeding';

export interface Fit extends Assignment {
  k: number;
  /** k x d, in the mean-centred space of the engine. */
  centres: Float64Array;
  iterations: number;
  /** Sum of the squared distances, f64. */
  inertia: number;
}

export interface LloydOptions {
  maxIterations: number;
  /** Stop once the centres' summed squared shift is at most this (scikit-learn: tol x mean variance of the columns). */
  shift: number;
  signal?: AbortSignal;
  /** After each iteration: how many of the fits are still going. */
  onIteration?: (iteration: number, active: number) => void;
}

/**
 * Lloyd's k-means from the given centres (k x d each), all fits advancing together and leaving when they converge.
 * Stopping rule, order of steps and repair of empty clusters are scikit-learn's, so equal centres give equal results.
 */
export async function lloyd(
  engine: KMeansEngine,
  inits: Float64Array[],
  options: LloydOptions,
): Promise<Fit[]> {
  const ks = inits.map((init) => init.length / engine.d);
  const fits = engine.open(ks);
  try {
    const iterations = await advanceAll(engine, fits, inits, options);
    const slots = Array.from(ks.keys());
    const results = await fits.results(slots, options.signal);
    return results.map(({ centres, assignment }, i) => toFit(centres, ks[i], iterations[i], assignment));
  } finally {
    fits.close();
  }
}

function toFit(centres: Float64Array, k: number, iterations: number, { labels, squared }: Assignment): Fit {
  let inertia = 0;
  for (let i = 0; i < squared.length; i++) inertia += squared[i];
  return { k, centres, iterations, labels, squared, inertia };
}

/** The rows at these places as centres, k x d. */
export function centresAt(engine: KMeansEngine, rows: Uint32Array): Float64Array {
  const centres = new Float64Array(rows.length * engine.d);
  rows.forEach((row, c) => centres.set(engine.row(row), c * engine.d));
  return centres;
}

export interface KMeansOptions extends LloydOptions {
  k: number;
  seed: number;
  nInit: number;
}

/** k-means with `nInit` seedings; the fit with the least inertia (the first of equals). */
export async function kmeans(engine: KMeansEngine, options: KMeansOptions): Promise<Fit> {
  const randoms = Array.from({ length: options.nInit }, (_, restart) => new Random(options.seed, restart));
  const seeds = await seedRestarts(engine, options.k, randoms, options.signal);
  const inits = seeds.map((rows) => centresAt(engine, rows));
  const fits = await lloyd(engine, inits, options);
  return fits.reduce((best, fit) => (fit.inertia < best.inertia ? fit : best));
}
