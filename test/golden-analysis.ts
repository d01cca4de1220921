import type { KMeansEngine } from '../src/analysis/engine';
import { lloyd, type Fit } from '../src/analysis/kmeans';
import { centred } from '../src/analysis/prepare';
import { columnVariances, type Rows } from '../src/analysis/rows';
import golden from './golden/analysis.json';

export type GoldenCase = (typeof golden.cases)[number];
export interface GoldenFit {
  k: number;
  init: number[];
  labels: number[];
  inertia: number;
  iterations: number;
  /** The scores are missing where scikit-learn defines none. */
  silhouette?: number;
  calinskiHarabasz?: number;
  daviesBouldin?: number;
}

/** What scikit-learn found; see golden/analysis.py. */
export { golden };

export function rowsOf({ n, d, rows }: GoldenCase): Rows {
  return { n, d, data: Float32Array.from(rows) };
}

/** Every (case, k) with a name for the test. */
export const goldenFits = golden.cases.flatMap((data) =>
  data.fits.map((fit: GoldenFit) => ({ name: `${data.name}, k = ${fit.k}`, data, fit })),
);

/** Lloyd from scikit-learn's initial centres with its tolerance, on the given engine. */
export async function fitFromGolden(
  data: GoldenCase,
  fit: GoldenFit,
  engineOf: (rows: Rows) => KMeansEngine,
): Promise<{ found: Fit; rows: Rows }> {
  const { rows, mean } = centred(rowsOf(data));
  const variance = columnVariances(rows, new Float64Array(rows.d)).reduce((sum, v) => sum + v, 0) / rows.d;
  const init = Float64Array.from(fit.init, (x, p) => x - mean[p % rows.d]);
  const engine = engineOf(rows);
  try {
    const [found] = await lloyd(engine, [init], { maxIterations: 300, shift: 1e-4 * variance });
    return { found, rows };
  } finally {
    engine.close();
  }
}
