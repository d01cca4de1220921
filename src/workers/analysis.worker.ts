import { expose, transfer } from 'comlink';
import { EngineHost } from '../analysis/engine-host';
import { nearestRows } from '../analysis/knn';
import { fitPca, transform } from '../analysis/pca';
import { centred, type CentredRows } from '../analysis/prepare';
import { sweep } from '../analysis/sweep';
import type { Projection, Sweep, SweepOptions } from '../domain/clustering';
import { TesseraError } from '../domain/errors';
import type { AnalysisProgress } from '../domain/progress';
import type { AnalysisService } from '../domain/services';
import { loadRows } from '../pipeline/load-rows';
import { meanImage } from '../pipeline/mean-image';
import { carryErrors } from './errors';

const noop = () => undefined;

/** The analysis of one descriptor at a time; its vectors are kept mean-centred, in one copy. */
class Analysis implements AnalysisService {
  readonly #host = new EngineHost();
  #loaded: (CentredRows & { specKey: string }) | null = null;
  #cancel: AbortController | null = null;
  /** The sweep before: a new one cancels it and starts once it has let go of the engine. */
  #running: Promise<void> = Promise.resolve();

  async load(projectId: string, specKey: string): Promise<{ n: number; d: number }> {
    this.#loaded = null;
    const rows = await loadRows(projectId, specKey);
    this.#loaded = { ...centred(rows), specKey };
    return { n: rows.n, d: rows.d };
  }

  async project(): Promise<Projection> {
    const { rows } = this.#rows();
    const pca = await fitPca(rows, { components: 2 });
    const scores = await transform(rows, pca);
    const coords = new Float32Array(rows.n * 2);
    for (let i = 0; i < rows.n; i++)
      for (let c = 0; c < scores.d; c++) coords[2 * i + c] = scores.data[i * scores.d + c];
    const explained = [pca.explained[0] ?? 0, pca.explained[1] ?? 0];
    return transfer({ coords, explained }, [coords.buffer]);
  }

  async sweep(options: SweepOptions, progress: (p: AnalysisProgress) => void): Promise<Sweep> {
    const { specKey, ...source } = this.#rows();
    this.#cancel?.abort();
    const controller = new AbortController();
    this.#cancel = controller;
    const before = this.#running;
    const running = before.then(() =>
      sweep(source, specKey, options, this.#host, controller.signal, progress),
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
    return nearestRows(this.#rows().rows, row, count);
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

  #rows(): CentredRows & { specKey: string } {
    if (!this.#loaded)
      throw new TesseraError('internal', 'No vectors are loaded: call load() before asking for an analysis.');
    return this.#loaded;
  }
}

carryErrors();
expose(new Analysis());
