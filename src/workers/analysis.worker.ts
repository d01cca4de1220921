import { expose, transfer } from 'comlink';
import { EngineHost } from '../analysis/engine-host';
import { nearestRows } from '../analysis/knn';
import { plainProducts } from '../analysis/plain-products';
import { projection } from '../analysis/projection';
import { sweep } from '../analysis/sweep';
import type { Projection, Sweep, SweepOptions } from '../domain/clustering';
import { TesseraError } from '../domain/errors';
import type { AnalysisProgress } from '../domain/progress';
import type { AnalysisService } from '../domain/services';
import { LoadedVectors, type Memory } from '../pipeline/loaded-vectors';
import { meanImage } from '../pipeline/mean-image';
import { carryErrors } from './errors';

const noop = () => undefined;

const memory: Memory = {
  products: async () => plainProducts,
  allocate: (n, d) => ({ n, d, data: new Float32Array(n * d) }),
  release: noop,
};

/** The analysis of one descriptor at a time. */
class Analysis implements AnalysisService {
  readonly #host = new EngineHost();
  #loaded: LoadedVectors | null = null;
  #cancel: AbortController | null = null;
  /** The job before: a new one cancels it and starts once it has let go of the engine. */
  #running: Promise<void> = Promise.resolve();

  async load(projectId: string, specKey: string): Promise<{ n: number; d: number }> {
    this.#cancel?.abort();
    await this.#running;
    await this.#loaded?.close();
    this.#loaded = null;
    const { n, d } = (this.#loaded = await LoadedVectors.open(projectId, specKey, memory));
    return { n, d };
  }

  async project(): Promise<Projection> {
    const found = await projection(await this.#vectors.reader(), await memory.products());
    return transfer(found, [found.coords.buffer]);
  }

  async sweep(options: SweepOptions, progress: (p: AnalysisProgress) => void): Promise<Sweep> {
    const vectors = this.#vectors;
    this.#cancel?.abort();
    const controller = new AbortController();
    this.#cancel = controller;
    const before = this.#running;
    const running = before.then(() =>
      sweep(vectors, vectors.specKey, options, this.#host, controller.signal, progress),
    );
    this.#running = running.then(noop, noop);
    const result = await running;
    const buffers = result.clusterings.flatMap((c) => [c.labels, c.centroids, c.distances, c.sizes]);
    return transfer(
      result,
      buffers.map((array) => array.buffer),
    );
  }

  async cancel(): Promise<void> {
    this.#cancel?.abort();
  }

  async nearest(row: number, count: number): Promise<{ rows: Uint32Array; distances: Float32Array }> {
    return nearestRows(await this.#vectors.reader(), row, count);
  }

  async meanImage(
    projectId: string,
    rows: Uint32Array,
    size: number,
  ): Promise<{ rgba: Uint8ClampedArray; of: number }> {
    return meanImage(projectId, rows, size);
  }

  async engine(): Promise<{ engine: 'webgpu' | 'cpu'; adapter: string }> {
    return this.#host.describe();
  }

  get #vectors(): LoadedVectors {
    if (!this.#loaded)
      throw new TesseraError('internal', 'No vectors are loaded: call load() before asking for an analysis.');
    return this.#loaded;
  }
}

carryErrors();
expose(new Analysis());
