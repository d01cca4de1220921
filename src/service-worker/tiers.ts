import type { BuildFile } from './build-info';

/**
 * `shell`: what the page needs to open, kept before the service worker takes over. `rest`: what it needs to work offline,
 * kept soon after, so that a slow line does not hold up the first. `on-use`: kept when asked for.
 */
export type Tier = 'shell' | 'rest' | 'on-use';

const SHELL = /\.(html|js|css|svg|webmanifest)$/;
const SHELL_MAX_BYTES = 1_000_000;

/** The tier of a file. Of the two WebGPU builds of ONNX Runtime only the one this browser runs is fetched ahead. */
export function tierOf({ url, bytes }: BuildFile, hasJspi: boolean): Tier {
  if (/\.jspi[.-].*(wasm|js)$/.test(url) && !hasJspi) return 'on-use';
  if (/\.asyncify[.-].*(wasm|js)$/.test(url) && hasJspi) return 'on-use';
  return SHELL.test(url) && bytes < SHELL_MAX_BYTES ? 'shell' : 'rest';
}

/** Whether WebAssembly can wait for promises here (JSPI), the test by which the right runtime is loaded. */
export const hasJspi = (): boolean => 'Suspending' in WebAssembly;
