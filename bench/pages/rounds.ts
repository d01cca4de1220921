/** A contender warms up at least so long: engines compile hot code anew, on a core of their own, after its first run. */
const WARM_UP_MS = 2000;

/** Calls `run`, which tells its seconds, until it is warm, then `repeats` times more; the seconds of these. */
export async function warmRounds(repeats: number, run: () => number | Promise<number>): Promise<number[]> {
  const began = performance.now();
  do await run();
  while (performance.now() - began < WARM_UP_MS);
  const seconds: number[] = [];
  for (let round = 0; round < repeats; round++) seconds.push(await run());
  return seconds;
}
