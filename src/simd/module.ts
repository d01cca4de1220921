import { TesseraError } from '../domain/errors';
import plain from './assembly/kernels.ts?assembly';
import shared from './assembly/kernels.ts?assembly&shared';

/** Runs one part of the job whose parameters lie at this address; threads count from 0. */
export type Kernel = (job: number, part: number, thread: number) => void;

/** In the order by which threads name them to each other. */
export const KERNELS = [
  'assign',
  'measure',
  'lengths',
  'encodeRows',
  'update',
  'move',
  'seed',
  'distanceSums',
  'centrePanels',
  'scatter',
  'project',
  'knn',
  'nearest',
] as const;
export type KernelName = (typeof KERNELS)[number];
export type Kernels = Record<KernelName, Kernel>;

const compiled = new Map<boolean, WebAssembly.Module>();

/** The compiled kernels, for shared memory or not. Throws `backend-missing` without WebAssembly SIMD. */
export function kernelModule(isShared: boolean): WebAssembly.Module {
  const known = compiled.get(isShared);
  if (known) return known;
  const code = isShared ? shared : plain;
  if (!WebAssembly.validate(code))
    throw new TesseraError(
      'backend-missing',
      'This browser has no WebAssembly SIMD: update it (Chrome 91, Firefox 89, Safari 16.4 or newer).',
    );
  const module = new WebAssembly.Module(code);
  compiled.set(isShared, module);
  return module;
}

export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
}
