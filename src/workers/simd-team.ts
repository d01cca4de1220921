import { canShareMemory, useTeam } from '../simd/matrix';
import { MOST_THREADS, Team } from '../simd/team';

/** Lets as many threads as there are cores (at most eight) work on the CPU's share of this worker's analysis. */
export function startTeam(threads = Math.min(navigator.hardwareConcurrency, MOST_THREADS)): void {
  const spawn = () => new Worker(new URL('./simd.worker.ts', import.meta.url), { type: 'module' });
  useTeam(new Team(spawn, canShareMemory() ? threads - 1 : 0));
}
