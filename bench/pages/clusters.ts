import { CpuEngine } from '../../src/analysis/cpu/engine';
import { kmeans } from '../../src/analysis/kmeans';
import { centre, columnVariances, type Rows } from '../../src/analysis/rows';
import { DEFAULT_SWEEP } from '../../src/domain/clustering';

declare global {
  interface Window {
    /** Labels of n x d numbers, by k-means as the app runs it. */
    label: (n: number, d: number, numbers: number[], k: number) => Promise<number[]>;
  }
}

window.label = async (n, d, numbers, k) => {
  const rows: Rows = { n, d, data: Float32Array.from(numbers) };
  centre(rows);
  const variances = columnVariances(rows, new Float64Array(d));
  const variance = variances.reduce((sum, v) => sum + v, 0) / d;
  const { nInit, maxIterations, tolerance } = DEFAULT_SWEEP;
  const engine = new CpuEngine(rows);
  try {
    const fit = await kmeans(engine, { k, seed: 1, nInit, maxIterations, shift: tolerance * variance });
    return Array.from(fit.labels);
  } finally {
    engine.close();
  }
};
