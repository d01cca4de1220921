/** How the processor is shared out on WASM: so many networks side by side, each in a worker, so many threads each. */
export interface Sharing {
  networks: number;
  threads: number;
}

/** More side by side would take the memory of a laptop, and the cores of the decoders. */
const MOST_NETWORKS = 8;
/** Threads of one network: more gain little. */
const MOST_THREADS = 4;
/** Bytes of network files that may be open together; the runtime needs several times as much for each. */
const MOST_BYTES = 256 << 20;

/**
 * A network on each core, as far as memory goes, and threads only for the cores that are left over: threads of one
 * network wait for each other, spinning, at every layer. Measured on two cores, the default network takes 24 core-ms
 * an image with two threads and 14 with one. `isolated`: whether the page may have threads of one network at all.
 */
export function shareCores(modelBytes: number, cores: number, isolated: boolean): Sharing {
  const fit = Math.floor(MOST_BYTES / Math.max(1, modelBytes));
  const networks = Math.max(1, Math.min(fit, cores, MOST_NETWORKS));
  const threads = isolated ? Math.max(1, Math.min(MOST_THREADS, Math.floor(cores / networks))) : 1;
  return { networks, threads };
}
