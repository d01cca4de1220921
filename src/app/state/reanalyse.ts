/** Fewer images than this are not clustered while others are still on their way. */
export const FIRST_ANALYSIS = 60;
/** Analyses of partial sets take the cores from embedding: all of them together cost half of the last one. */
const GROWTH = 3;

/**
 * Whether the rows at hand deserve a new analysis: the first one early, then each time the set has trebled, and
 * once more when the run is over and the last analysis missed rows. Three images are the least that can be clustered.
 */
export function shouldAnalyse(analysed: number, n: number, running: boolean): boolean {
  if (n === analysed) return false;
  if (!running) return n >= 3;
  return n >= (analysed < FIRST_ANALYSIS ? FIRST_ANALYSIS : analysed * GROWTH);
}
