/** ONNX Runtime Web with the native WebGPU and the WASM execution provider. */
export type Runtime = typeof import('onnxruntime-web/webgpu');

let loading: Promise<Runtime> | null = null;

/**
 * Loads ONNX Runtime once for the worker it is called in; `threads` counts for the first call only. A failed start
 * cannot be repeated in the same worker: end it and start another one.
 */
export function loadRuntime(threads: number): Promise<Runtime> {
  loading ??= start(threads);
  return loading;
}

async function start(threads: number): Promise<Runtime> {
  // The package's default entry would bring the older JSEP kernels. Both builds used here run WASM equally fast; the
  // JSPI one is 10 MB smaller, where it runs.
  const runtime: Runtime =
    'Suspending' in WebAssembly
      ? await import('onnxruntime-web/jspi')
      : await import('onnxruntime-web/webgpu');
  runtime.env.wasm.numThreads = threads;
  runtime.env.wasm.proxy = false;
  runtime.env.logLevel = 'error';
  return runtime;
}

/** Threads that WASM may use here: shared memory needs a cross-origin isolated page, and more than 4 gain little. */
export function wasmThreads(): number {
  return globalThis.crossOriginIsolated ? Math.max(1, Math.min(4, navigator.hardwareConcurrency)) : 1;
}

/**
 * Whether this worker is one of ONNX Runtime's threads. A bundler may put the runtime into a worker's own script,
 * which then starts its threads too and must do nothing there.
 */
export function isRuntimeThread(): boolean {
  return self.name.startsWith('em-pthread');
}
