import { means, relocateEmpty, squaredShift } from './centre-update';
import type { Fits, KMeansEngine } from './engine';
import type { LloydOptions } from './kmeans';

interface State {
  slot: number;
  iterations: number;
}

/**
 * Lloyd's iterations of fits that advance by themselves, several at a time; an empty cluster is repaired here, as
 * scikit-learn does, and the fit goes on. Returns the iterations of each fit.
 */
export async function advanceAll(
  engine: KMeansEngine,
  fits: Fits,
  inits: Float64Array[],
  options: LloydOptions,
): Promise<number[]> {
  const { maxIterations, shift, signal, onIteration } = options;
  const states = inits.map((_, slot): State => ({ slot, iterations: 0 }));
  fits.place(inits.map((centres, slot) => ({ slot, centres })));
  let active = maxIterations > 0 ? states : [];
  while (active.length > 0) {
    const slots = active.map(({ slot }) => slot);
    const most = active.map(({ iterations }) => maxIterations - iterations);
    const advances = await fits.advance(slots, most, shift, signal);
    const going: State[] = [];
    for (const [i, state] of active.entries()) {
      state.iterations += advances[i].iterations;
      let converged = advances[i].state === 'converged';
      if (advances[i].state === 'empty') {
        converged = await repair(engine, fits, state.slot, options);
        state.iterations++;
      }
      if (!converged && state.iterations < maxIterations) going.push(state);
    }
    active = going;
    onIteration?.(Math.max(...states.map(({ iterations }) => iterations)), active.length);
  }
  return states.map(({ iterations }) => iterations);
}

/** Ends the iteration that left a cluster empty; whether the fit has converged. */
async function repair(
  engine: KMeansEngine,
  fits: Fits,
  slot: number,
  { shift, signal }: LloydOptions,
): Promise<boolean> {
  const { step, assignment, centres } = await fits.empty(slot, signal);
  relocateEmpty(engine, assignment, step);
  const moved = means(step, engine.d);
  fits.place([{ slot, centres: moved }]);
  return step.changed === 0 || squaredShift(centres, moved) <= shift;
}
