/** How long a run took, and on what. */
export interface Timing {
  kind: 'cluster' | 'embed';
  /** When it ended, in milliseconds since 1970. */
  at: number;
  /** Images. */
  n: number;
  seconds: number;
  engine: string;
  /** Name of the graphics processor; '' on the CPU. */
  device: string;
  /** The network, of embedding; '' of clustering. */
  network: string;
  /** Numbers for each image, and the range of k with the starts of each, of clustering; 0 of embedding. */
  d: number;
  kMin: number;
  kMax: number;
  starts: number;
  /** The browser it ran in, by a name made up there. */
  browser: string;
}

/** The latest of so many are kept: enough for any chart, and little beside what browsers allow. */
export const MOST_TIMINGS = 300;
