import { GpuEngine } from '../../src/analysis/gpu-engine';
import { Random } from '../../src/analysis/random';
import type { Rows } from '../../src/analysis/rows';
import { Gpu } from '../../src/gpu/device';
import { copyRate, multiplyAddRate } from './ceilings';

export interface Ceilings {
  /** Computes on the CPU: whatever is measured says nothing about a GPU. */
  emulated: boolean;
  /** Bytes a second. */
  copy: number;
  /** f32 operations a second. */
  multiplyAdd: number;
}

/** Fits of `ks` clusters that advance together over the first n of the made-up rows. */
export interface IterationTask {
  n: number;
  d: number;
  ks: number[];
  iterations: number;
  /** Let the assignment read rows in 16 bits. */
  half: boolean;
}

export interface IterationTime {
  /** Of one iteration of all fits, waiting for the answer included; the least of several calls. */
  seconds: number;
  /** Bytes the GPU held at most. */
  memory: number;
}

declare global {
  interface Window {
    ceilings: () => Promise<Ceilings>;
    iterate: (task: IterationTask) => Promise<IterationTime>;
  }
}

let opened: Promise<Gpu> | null = null;

async function device(): Promise<Gpu> {
  opened ??= Gpu.open().then((gpu) => {
    if (!gpu) throw new Error('This browser offers no WebGPU adapter.');
    return gpu;
  });
  return opened;
}

window.ceilings = async () => {
  const gpu = await device();
  const emulated = gpu.adapter.software;
  const bytes = emulated ? 2 ** 22 : Math.min(gpu.bindingLimit, 2 ** 29);
  const [threads, rounds] = emulated ? [2 ** 10, 2 ** 8] : [2 ** 20, 2 ** 10];
  return {
    emulated,
    copy: await copyRate(gpu, bytes),
    multiplyAdd: await multiplyAddRate(gpu, threads, rounds),
  };
};

let made: Rows | null = null;

/** Overlapping components, so that no fit converges while it is measured. Cheap numbers: there are 200 million of them. */
function someRows(n: number, d: number): Rows {
  if (!made || made.d !== d || made.n < n) {
    const random = new Random(1);
    const means = Float32Array.from({ length: 64 * d }, () => 0.1 * random.normal());
    const data = new Float32Array(n * d);
    let state = 1;
    for (let i = 0, at = 0; i < n; i++) {
      const from = (Math.imul(i, 0x9e3779b1) >>> 26) * d;
      for (let t = 0; t < d; t++) {
        state = (Math.imul(state, 1664525) + 1013904223) | 0;
        data[at++] = means[from + t] + (state >> 8) / 2 ** 23;
      }
    }
    made = { n, d, data };
  }
  return { n, d, data: made.data.subarray(0, n * d) };
}

window.iterate = async ({ n, d, ks, iterations, half }) => {
  const gpu = await device();
  gpu.resetPeak();
  const engine = new GpuEngine(gpu, someRows(n, d));
  if (half && !(await engine.storeHalf())) throw new Error('Rows in 16 bits change labels here.');
  const fits = engine.open(ks);
  try {
    const slots = [...ks.keys()];
    const place = () =>
      fits.place(
        ks.map((k, slot) => {
          const rows = Array.from({ length: k }, (_, c) => engine.row(Math.floor((c * n) / k)));
          return { slot, centres: Float64Array.from(rows.flatMap((row) => [...row])) };
        }),
      );
    const advance = async (most: number) => {
      const start = performance.now();
      const done = await fits.advance(
        slots,
        slots.map(() => most),
        -1,
      );
      const count = Math.min(...done.map((one) => one.iterations));
      if (count === 0) throw new Error(`A cluster of ${n} made-up rows is empty: nothing can be measured.`);
      return { count, seconds: (performance.now() - start) / 1000 / count };
    };
    place();
    await advance(1);
    let seconds = Infinity;
    for (let done = 0; done < iterations;) {
      const one = await advance(iterations - done);
      seconds = Math.min(seconds, one.seconds);
      done += one.count;
    }
    return { seconds, memory: gpu.peak.bytes };
  } finally {
    fits.close();
    engine.close();
  }
};
