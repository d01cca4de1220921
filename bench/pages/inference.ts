import type { InputSpec, Pool } from '../../src/domain/spec';

export interface InferenceTask {
  /** Where the ONNX file is served, and where it is cut: as the app does. */
  model: string;
  layer: string;
  pool: Pool;
  input: InputSpec;
  threads: number;
  batch: number;
  images: number;
}

export interface InferenceResult {
  seconds: number;
  images: number;
}

declare global {
  interface Window {
    infer: (task: InferenceTask) => Promise<InferenceResult>;
  }
}

// In a worker, as in the app: on the page's own thread ONNX Runtime would wait for its threads by spinning.
window.infer = (task) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./inference.worker.ts', import.meta.url), { type: 'module' });
    const model = new URL(task.model, location.href).href;
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }: MessageEvent<InferenceResult>) => {
      worker.terminate();
      resolve(data);
    };
    worker.postMessage({ ...task, model });
  });
