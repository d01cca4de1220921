import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import * as tf from '@tensorflow/tfjs-core';
import { kmeans as mlKmeans } from 'ml-kmeans';
import type { LloydTask, Timing } from './kmeans';
import { initialRows } from './kmeans-ours';
import { warmRounds } from './rounds';

/** ml-kmeans takes arrays of arrays; making them is not measured. */
export async function measureMlKmeans(task: LloydTask, data: Float32Array): Promise<Timing> {
  const { n, d, k, iterations: maxIterations } = task;
  const rows = Array.from({ length: n }, (_, i) => Array.from(data.subarray(i * d, (i + 1) * d)));
  const initialization = initialRows(task).map((row) => rows[row]);
  const timing: Timing = { seconds: [], iterations: 0, inertia: 0, threads: 1, bytes: 0 };
  timing.seconds = await warmRounds(task.repeats, () => {
    const start = performance.now();
    const { centroids, clusters, iterations } = mlKmeans(rows, k, {
      initialization,
      maxIterations,
      tolerance: 0,
    });
    const seconds = (performance.now() - start) / 1000;
    timing.iterations = iterations;
    timing.inertia = inertiaOf(data, d, clusters, Float64Array.from(centroids.flat()));
    return seconds;
  });
  return timing;
}

/** Lloyd as one writes it in TensorFlow.js: scores by matMul, argMin, sums by the one-hot matrix. */
export async function measureTfjs(task: LloydTask, data: Float32Array): Promise<Timing> {
  const { n, d, k } = task;
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plain,
    'tfjs-backend-wasm-simd.wasm': simd,
    'tfjs-backend-wasm-threaded-simd.wasm': threaded,
  });
  if (task.threads === 1) tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setThreadsCount(task.threads);
  await tf.setBackend('wasm');
  await tf.ready();
  const timing: Timing = {
    seconds: [],
    iterations: task.iterations,
    inertia: 0,
    threads: task.threads,
    bytes: 0,
  };
  timing.seconds = await warmRounds(task.repeats, async () => {
    const start = performance.now();
    const rows = tf.tensor2d(data, [n, d]);
    let centres = tf.tensor2d(
      new Float32Array(initialRows(task).flatMap((row) => [...data.subarray(row * d, row * d + d)])),
      [k, d],
    );
    for (let i = 0; i < task.iterations; i++) {
      const moved = tf.tidy(() => {
        const chosen = tf.oneHot(nearest(rows, centres), k, 1, 0, 'float32') as tf.Tensor2D;
        return tf.div<tf.Tensor2D>(
          tf.matMul(chosen, rows, true, false),
          tf.reshape(tf.sum(chosen, 0), [k, 1]),
        );
      });
      centres.dispose();
      centres = moved;
    }
    const labels = tf.tidy(() => nearest(rows, centres));
    const found = await labels.data();
    const seconds = (performance.now() - start) / 1000;
    timing.inertia = inertiaOf(data, d, found, Float64Array.from(await centres.data()));
    tf.dispose([rows, centres, labels]);
    return seconds;
  });
  return timing;
}

function nearest(rows: tf.Tensor2D, centres: tf.Tensor2D): tf.Tensor1D {
  const norms = tf.sum(tf.square(centres), 1);
  const scores = tf.sub(norms, tf.mul(tf.matMul(rows, centres, false, true), 2));
  return tf.argMin(scores, 1);
}

function inertiaOf(data: Float32Array, d: number, labels: ArrayLike<number>, centres: Float64Array): number {
  let sum = 0;
  for (let p = 0; p < data.length; p++) sum += (data[p] - centres[labels[(p / d) | 0] * d + (p % d)]) ** 2;
  return sum;
}
