import { expose, transfer } from 'comlink';
import { agreement } from '../analysis/agreement';
import { cpuKnn } from '../analysis/cpu/knn';
import { EngineHost } from '../analysis/engine-host';
import { exactSilhouette } from '../analysis/exact-silhouette';
import { byPart, hierarchy } from '../analysis/hierarchy';
import type { Job } from '../analysis/job';
import { layOut } from '../analysis/lay-out';
import { nearestRows } from '../analysis/knn';
import { applyModel } from '../analysis/model';
import { pcaLayout } from '../analysis/projection';
import {
  packedRow,
  packLayout,
  packParts,
  packSweep,
  spreadHierarchy,
  spreadLayout,
  spreadSweep,
} from '../analysis/spread';
import { stability } from '../analysis/stability';
import { sweep } from '../analysis/sweep';
import { cpuLayout } from '../analysis/umap/cpu-layout';
import type { Agreement, Stability, StabilityOptions } from '../domain/agreement';
import type { KChoice, Sweep, SweepOptions } from '../domain/clustering';
import { TesseraError } from '../domain/errors';
import type { Hierarchy, HierarchyOptions, Parts } from '../domain/hierarchy';
import type { ClusterModel } from '../domain/model';
import type { AnalysisProgress } from '../domain/progress';
import type { Projection, ProjectionOptions } from '../domain/projection';
import type { AnalysisService } from '../domain/services';
import { LoadedVectors, type Memory } from '../pipeline/loaded-vectors';
import { meanImage } from '../pipeline/mean-image';
import { allocateRows, releaseRows } from '../simd/matrix';
import { readModelBundle } from '../pipeline/model-bundle';
import { carryErrors } from './errors';
import { startTeam } from './simd-team';

/** A job on the rows that have a vector. */
type LoadedJob = Job & { vectors: LoadedVectors };
type Report = (progress: AnalysisProgress) => void;

const noop = () => undefined;

/** The analysis of one descriptor at a time. */
class Analysis implements AnalysisService {
  readonly #host = new EngineHost();
  readonly #memory: Memory = {
    products: () => this.#host.products(),
    allocate: allocateRows,
    release: releaseRows,
  };
  #loaded: LoadedVectors | null = null;
  #cancel: AbortController | null = null;
  /** The job before: a new one cancels it and starts once it has let go of the engine. */
  #running: Promise<void> = Promise.resolve();

  async load(projectId: string, specKey: string): Promise<{ n: number; d: number }> {
    this.#cancel?.abort();
    await this.#running;
    await this.#loaded?.close();
    this.#loaded = null;
    const { total, d } = (this.#loaded = await LoadedVectors.open(projectId, specKey, this.#memory));
    return { n: total, d };
  }

  async project(
    options: ProjectionOptions,
    earlier: Projection | null,
    progress: Report,
  ): Promise<Projection> {
    const vectors = this.#vectors;
    const found =
      options.method === 'pca'
        ? await pcaLayout(await vectors.reader(), await this.#memory.products(), options, earlier?.axes)
        : await this.#run(progress, async ({ signal, report }) =>
            layOut(
              {
                ...{ source: await vectors.reader(), products: await this.#memory.products() },
                ...{ memory: this.#memory, search: cpuKnn, umap: cpuLayout, engine: 'cpu', signal, report },
              },
              options,
              earlier && packLayout(earlier, vectors),
            ),
          );
    const spread = spreadLayout(found, vectors.specKey, vectors);
    return transfer(spread, [spread.coords.buffer, spread.axes.buffer]);
  }

  async sweep(options: SweepOptions, progress: Report): Promise<Sweep> {
    const made = await this.#run(progress, async ({ vectors, specKey, host, signal, report }) =>
      spreadSweep(await sweep(vectors, specKey, options, host, signal, report), vectors),
    );
    return handOver(made);
  }

  async hierarchy(options: HierarchyOptions, progress: Report): Promise<Hierarchy> {
    return handOverTree(
      await this.#run(progress, async (job) => spreadHierarchy(await hierarchy(job, options), job.vectors)),
    );
  }

  async byPart(parts: Parts, options: SweepOptions, progress: Report): Promise<Hierarchy> {
    return handOverTree(
      await this.#run(progress, async (job) =>
        spreadHierarchy(await byPart(job, packParts(parts, job.vectors), options), job.vectors),
      ),
    );
  }

  async stability(asked: StabilityOptions, options: SweepOptions, progress: Report): Promise<Stability[]> {
    return this.#run(progress, (job) => stability(job, asked, options));
  }

  async exactSilhouette(of: Sweep, progress: Report): Promise<{ silhouettes: number[]; choice: KChoice }> {
    return this.#run(progress, (job) => exactSilhouette(job, packSweep(of, job.vectors)));
  }

  async applyModel(model: ClusterModel, name: string, progress: Report): Promise<Sweep> {
    return handOver(
      await this.#run(progress, async (job) => spreadSweep(await applyModel(job, model, name), job.vectors)),
    );
  }

  async readModel(file: Blob): Promise<ClusterModel> {
    return readModelBundle(file);
  }

  async agreement(a: ArrayLike<number>, b: ArrayLike<number>): Promise<Agreement> {
    return agreement(a, b);
  }

  async cancel(): Promise<void> {
    this.#cancel?.abort();
  }

  async nearest(row: number, count: number): Promise<{ rows: Uint32Array; distances: Float32Array }> {
    const vectors = this.#vectors;
    const packed = packedRow(row, vectors);
    if (packed < 0) return { rows: new Uint32Array(0), distances: new Float32Array(0) };
    const { rows, distances } = await nearestRows(await vectors.reader(), packed, count);
    return { rows: vectors.present ? rows.map((i) => vectors.present![i]) : rows, distances };
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

  async #run<T>(report: Report, work: (job: LoadedJob) => Promise<T>): Promise<T> {
    const vectors = this.#vectors;
    this.#cancel?.abort();
    const controller = new AbortController();
    this.#cancel = controller;
    const { signal } = controller;
    const job = { vectors, specKey: vectors.specKey, host: this.#host, signal, report };
    const running = this.#running.then(() => work(job));
    this.#running = running.then(noop, noop);
    return running;
  }

  get #vectors(): LoadedVectors {
    if (!this.#loaded)
      throw new TesseraError('internal', 'No vectors are loaded: call load() before asking for an analysis.');
    return this.#loaded;
  }
}

function handOver(result: Sweep): Sweep {
  const buffers = result.clusterings.flatMap((c) => [c.labels, c.centroids, c.distances, c.sizes]);
  return transfer(
    result,
    buffers.map((array) => array.buffer),
  );
}

function handOverTree(result: Hierarchy): Hierarchy {
  const { order, distances, centroids } = result;
  return transfer(result, [order.buffer, distances.buffer, centroids.buffer]);
}

carryErrors();
startTeam();
expose(new Analysis());
