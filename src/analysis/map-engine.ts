import { TesseraError } from '../domain/errors';
import { fitsKnn, gpuKnn } from '../gpu/knn/knn';
import { fitsUmap, gpuUmap } from '../gpu/umap/umap';
import { cpuKnn } from './cpu/knn';
import type { EngineChoice, EngineHost } from './engine-host';
import type { KnnSearch } from './knn-search';
import { cpuLayout, type LayoutEngine } from './umap/cpu-layout';

/** What maps are computed with. */
export interface MapEngine {
  engine: 'webgpu' | 'cpu';
  search: KnnSearch;
  umap: LayoutEngine;
}

/** Where this choice computes; on the CPU what exceeds a binding, and what is left when the device is lost. */
export async function mapEngine(
  host: Pick<EngineHost, 'gpu'>,
  choice: EngineChoice = 'auto',
): Promise<MapEngine> {
  const gpu = await host.gpu(choice);
  if (!gpu) return { engine: 'cpu', search: cpuKnn, umap: cpuLayout };
  return {
    engine: 'webgpu',
    search: (task, progress, signal) =>
      fitsKnn(gpu, task)
        ? orOnCpu(gpuKnn(gpu, task, progress, signal), () => cpuKnn(task, progress, signal))
        : cpuKnn(task, progress, signal),
    umap: (graph, forces, coords, run) =>
      fitsUmap(gpu, graph)
        ? orOnCpu(gpuUmap(gpu, graph, forces, coords, run), () => cpuLayout(graph, forces, coords, run))
        : cpuLayout(graph, forces, coords, run),
  };
}

function orOnCpu<T>(work: Promise<T>, instead: () => Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    if (error instanceof TesseraError && error.code === 'device-lost') return instead();
    throw error;
  });
}
