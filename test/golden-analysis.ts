import type { KMeansEngine } from '../src/analysis/engine';
import { lloyd, type Fit } from '../src/analysis/kmeans';
import { centred } from '../src/analysis/prepare';
import { columnVariances, type Rows } from '../src/analysis/rows';
import analysis from './golden/analysis.json';
import features from './golden/features.json';
import { halfFloats } from './half-floats';

export type GoldenCase = (typeof analysis.cases)[number];
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

const packed = Uint8Array.from(atob(features.case.rows), (c) => c.charCodeAt(0));

/** What scikit-learn found in small made-up matrices and in features of pictures; see golden/analysis.py, golden/features.py. */
export const golden = {
  ...analysis,
  cases: [...analysis.cases, { ...features.case, rows: Array.from(halfFloats(packed)) }] as GoldenCase[],
};

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
