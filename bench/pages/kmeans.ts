/** 20 iterations by one contender, or the sweep and the silhouettes beside separate runs. */
export type Contender = 'tessera-cpu' | 'tessera-webgpu' | 'ml-kmeans' | 'tfjs-wasm';

export interface Problem {
  n: number;
  d: number;
  k: number;
  iterations: number;
}

export interface LloydTask extends Problem {
  kind: 'lloyd';
  contender: Contender;
  threads: number;
  /** Measured runs, once warm. */
  repeats: number;
}

export interface RangeTask {
  kind: 'sweep' | 'silhouettes';
  n: number;
  d: number;
  ks: number[];
  threads: number;
  repeats: number;
}

export interface Timing {
  /** Of each run. */
  seconds: number[];
  iterations: number;
  inertia: number;
  /** Threads that took part. */
  threads: number;
  /** The memory of the kernels, rows included; 0 where it cannot be told. */
  bytes: number;
}

export interface Comparison {
  together: number[];
  separate: number[];
  /** How far the results are apart: the largest relative difference of inertias, or of sums of distances. */
  difference: number;
}

export interface Answers {
  lloyd: Timing;
  sweep: Comparison;
  silhouettes: Comparison;
}

declare global {
  interface Window {
    measure: <T extends LloydTask | RangeTask>(task: T) => Promise<Answers[T['kind']]>;
  }
}

// In a worker, as in the app: a page may neither sleep nor start threads that it waits for. A fresh one each time.
window.measure = (task) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./kmeans.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }) => {
      worker.terminate();
      if ('error' in data) reject(new Error(data.error));
      else resolve(data.result);
    };
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage({ task, address: new URL('rows.f32', location.href).href });
  });
