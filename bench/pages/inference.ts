import type { InputSpec, Pool } from '../../src/domain/spec';

export interface InferenceTask {
  /** Where the ONNX file is served, and where it is cut: as the app does. */
  model: string;
  layer: string;
  pool: Pool;
  input: InputSpec;
  threads: number;
  batch: number;
  /** Images of each network. */
  images: number;
}

declare global {
  interface Window {
    /** Loads so many networks side by side and warms them. */
    loadNetworks: (task: InferenceTask, networks: number) => Promise<void>;
    /** Runs all of them at once on ready tensors; gives the seconds until the last is done. */
    runNetworks: () => Promise<number>;
  }
}

let workers: Worker[] = [];

/** Each worker answers once. */
function ask(message: unknown): Promise<unknown> {
  const answers = workers.map(
    (worker) =>
      new Promise((resolve, reject) => {
        worker.onerror = (event) => reject(new Error(event.message));
        worker.onmessage = resolve;
        worker.postMessage(message);
      }),
  );
  return Promise.all(answers);
}

// In workers, as in the app: on the page's own thread ONNX Runtime would wait for its threads by spinning.
window.loadNetworks = async (task, networks) => {
  workers = Array.from(
    { length: networks },
    () => new Worker(new URL('./inference.worker.ts', import.meta.url), { type: 'module' }),
  );
  await ask({ ...task, model: new URL(task.model, location.href).href });
};

window.runNetworks = async () => {
  const start = performance.now();
  await ask('run');
  return (performance.now() - start) / 1000;
};
