import { means, relocateEmpty, squaredShift } from './centre-update';
import type { Assignment, Fits, KMeansEngine, LloydStep, Task } from './engine';
import { Random } from './random';
import { advanceAll } from './resident-lloyd';
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

interface State {
  slot: number;
  k: number;
  centres: Float64Array;
  iterations: number;
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
    if (!fits.resident) return await stepAll(engine, fits, inits, options);
    const iterations = await advanceAll(engine, fits.resident, inits, options);
    const slots = Array.from(ks.keys());
    const results = await fits.resident.results(slots, options.signal);
    return results.map(({ centres, assignment }, i) => toFit(centres, ks[i], iterations[i], assignment));
  } finally {
    fits.close();
  }
}

async function stepAll(
  engine: KMeansEngine,
  fits: Fits,
  inits: Float64Array[],
  options: LloydOptions,
): Promise<Fit[]> {
  const states: State[] = inits.map((init, slot) => ({
    slot,
    k: init.length / engine.d,
    centres: init.slice(),
    iterations: 0,
  }));
  let active = states;
  for (let i = 1; i <= options.maxIterations && active.length > 0; i++) {
    const steps = await fits.step(active, options.signal);
    const going: State[] = [];
    for (const [place, state] of active.entries()) {
      state.iterations = i;
      const centres = await newCentres(engine, fits, state, steps[place], options.signal);
      const shift = squaredShift(state.centres, centres);
      state.centres = centres;
      if (steps[place].changed > 0 && shift > options.shift) going.push(state);
    }
    active = going;
    options.onIteration?.(i, active.length);
  }
  const assignments = await fits.assign(states, options.signal);
  return states.map(({ centres, k, iterations }, i) => toFit(centres, k, iterations, assignments[i]));
}

function toFit(centres: Float64Array, k: number, iterations: number, { labels, squared }: Assignment): Fit {
  let inertia = 0;
  for (let i = 0; i < squared.length; i++) inertia += squared[i];
  return { k, centres, iterations, labels, squared, inertia };
}

async function newCentres(
  engine: KMeansEngine,
  fits: Fits,
  task: Task,
  step: LloydStep,
  signal?: AbortSignal,
): Promise<Float64Array> {
  if (step.counts.includes(0)) {
    const [assignment] = await fits.assign([task], signal);
    relocateEmpty(engine, assignment, step);
  }
  return means(step, engine.d);
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
