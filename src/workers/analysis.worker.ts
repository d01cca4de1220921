import { expose, transfer } from 'comlink';
import { agreement } from '../analysis/agreement';
import { EngineHost } from '../analysis/engine-host';
import { exactSilhouette } from '../analysis/exact-silhouette';
import { explainedVariance } from '../analysis/explained-variance';
import { byPart, hierarchy } from '../analysis/hierarchy';
import { needImages, type Job } from '../analysis/job';
import { measureClusters } from '../analysis/measure-clusters';
import { layOut } from '../analysis/lay-out';
import { rowMargins } from '../analysis/margins';
import { rowMedoid } from '../analysis/medoid';
import { mapEngine } from '../analysis/map-engine';
import { applyModel } from '../analysis/model';
import { pcaLayout } from '../analysis/projection';
import { rowSilhouettes } from '../analysis/row-silhouettes';
import { Searcher } from '../analysis/searcher';
import {
  packedRow,
  packLabelling,
  packLabels,
  packLayout,
  packParts,
  packSweep,
  spreadHierarchy,
  spreadLayout,
  spreadMeasured,
  spreadRanking,
  spreadSweep,
  spreadValues,
} from '../analysis/spread';
import { splitRows } from '../analysis/split-cluster';
import { stability } from '../analysis/stability';
import { sweep } from '../analysis/sweep';
import type { Agreement, Stability, StabilityOptions } from '../domain/agreement';
import {
  NO_CLUSTER,
  type KChoice,
  type MeasuredClusters,
  type SplitOptions,
  type SweepSpace,
  type Scaling,
  type Sweep,
  type SweepOptions,
} from '../domain/clustering';
import { TesseraError } from '../domain/errors';
import type { Hierarchy, HierarchyOptions, Parts } from '../domain/hierarchy';
import type { ClusterModel } from '../domain/model';
import type { AnalysisProgress } from '../domain/progress';
import type { Projection, ProjectionOptions } from '../domain/projection';
import type { Margins, Medoid, RowSilhouettes, ScoredLabelling } from '../domain/row-scores';
import type { Ranking, SearchOptions, SearchQuery } from '../domain/search';
import type { AnalysisService } from '../domain/services';
import type { ExplainedVariance } from '../domain/variance';
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
/** The packed place of a row without a vector, -1, as 32 bits hold it. */
const NOWHERE = 0xffffffff;

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
  /** Of scores of rows, which end when anything else is asked for. */
  #scores = new AbortController();
  #searcher: Searcher | null = null;
  readonly #searches = new Map<number, AbortController>();
  /** The job before: a new one cancels it and starts once it has let go of the engine. */
  #running: Promise<void> = Promise.resolve();

  /** Measuring does not end a job, but must let go of the rows before others are loaded. */
  #measuring: Promise<void> = Promise.resolve();
  #stopMeasuring: AbortController | null = null;

  async load(projectId: string, specKey: string): Promise<{ n: number; d: number }> {
    this.#cancel?.abort();
    this.#endScores();
    this.#stopMeasuring?.abort();
    await this.#measuring;
    await this.#running;
    for (const search of this.#searches.values()) search.abort();
    await this.#searcher?.close();
    this.#searcher = null;
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
        : await this.#run(progress, async ({ host, signal, report }) =>
            layOut(
              {
                ...(await mapEngine(host)),
                ...{ source: await vectors.reader(), products: await this.#memory.products() },
                ...{ memory: this.#memory, signal, report },
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

  async rowSilhouettes(of: ScoredLabelling, exact: boolean, progress: Report): Promise<RowSilhouettes> {
    return this.#score(progress, async (job) => {
      const found = await rowSilhouettes(job, packLabelling(of, job.vectors), exact);
      return { ...found, values: spreadValues(found.values, NaN, job.vectors) };
    });
  }

  async margins(of: ScoredLabelling, progress: Report): Promise<Margins> {
    return this.#score(progress, async (job) => {
      const { second, gaps } = await rowMargins(job, packLabelling(of, job.vectors));
      return {
        second: spreadValues(second, NO_CLUSTER, job.vectors),
        gaps: spreadValues(gaps, NaN, job.vectors),
      };
    });
  }

  async medoid(of: ScoredLabelling, rows: Uint32Array, progress: Report): Promise<Medoid> {
    return this.#score(progress, async (job) => {
      // Moved by hand, an image without a vector can be in a cluster.
      const packed = Uint32Array.from(
        Array.from(rows, (row) => packedRow(row, job.vectors)).filter((place) => place >= 0),
      );
      needImages({ n: packed.length });
      const found = await rowMedoid(job, packLabelling(of, job.vectors), packed);
      return { ...found, row: job.vectors.present?.[found.row] ?? found.row };
    });
  }

  async explainedVariance(scaling: Scaling, most: number, progress: Report): Promise<ExplainedVariance> {
    return this.#run(progress, async ({ vectors, signal, report }) => {
      const products = await this.#memory.products();
      return explainedVariance(await vectors.reader(), scaling, most, products, report, signal);
    });
  }

  async applyModel(model: ClusterModel, name: string, progress: Report): Promise<Sweep> {
    return handOver(
      await this.#run(progress, async (job) => spreadSweep(await applyModel(job, model, name), job.vectors)),
    );
  }

  async measureClusters(
    space: SweepSpace,
    labels: Uint16Array,
    clusters: Uint32Array,
  ): Promise<MeasuredClusters> {
    const vectors = this.#vectors;
    // What was asked before is about labels that are no more.
    this.#stopMeasuring?.abort();
    const { signal } = (this.#stopMeasuring = new AbortController());
    const measuring = this.#measuring.then(async () => {
      const rows = await vectors.blocks(space.preparation ?? space, signal);
      const found = await measureClusters(rows, packLabels(labels, vectors), clusters, undefined, signal);
      return spreadMeasured(found, vectors, labels.length);
    });
    this.#measuring = measuring.then(noop, noop);
    const found = await measuring;
    return transfer(found, [found.centroids.buffer, found.distances.buffer]);
  }

  async splitCluster(
    space: SweepSpace,
    rows: Uint32Array,
    options: SplitOptions,
    progress: Report,
  ): Promise<Uint32Array[]> {
    return this.#run(progress, async ({ vectors, host, signal, report }) => {
      const packed = rows.map((row) => packedRow(row, vectors)).filter((row) => row !== 0xffffffff);
      const from = await vectors.blocks(space.preparation ?? space, signal);
      const parts = await splitRows(from, packed, options, host, signal, report);
      const { present } = vectors;
      return present ? parts.map((part) => part.map((row) => present[row])) : parts;
    });
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

  async cancelScores(): Promise<void> {
    this.#endScores();
  }

  async search(id: number, query: SearchQuery, options: SearchOptions, progress: Report): Promise<Ranking[]> {
    const vectors = this.#vectors;
    const { n, d } = vectors;
    const asked =
      'rows' in query
        ? query.rows.map((row) => packedRow(row, vectors)).filter((row) => row !== NOWHERE)
        : { n: query.q, d: query.vectors.length / query.q, data: query.vectors };
    if (asked instanceof Uint32Array ? asked.length === 0 : d === 0) return [];
    this.#searcher ??= new Searcher(vectors.asStored, {
      allocate: allocateRows,
      release: releaseRows,
      gpu: (choice) => this.#host.gpu(choice),
    });
    const controller = new AbortController();
    this.#searches.set(id, controller);
    try {
      const found = await this.#searcher.search(asked, options, progress, controller.signal);
      const compared = n - (asked instanceof Uint32Array ? asked.length : 0);
      return found.map((one) => ({ ...spreadRanking(one, vectors), engine: one.engine, n: compared }));
    } finally {
      this.#searches.delete(id);
    }
  }

  async cancelSearch(id: number): Promise<void> {
    this.#searches.get(id)?.abort();
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
    this.#cancel?.abort();
    this.#endScores();
    // A job gets the memory that rows are kept in for searches.
    void this.#searcher?.close();
    const controller = new AbortController();
    this.#cancel = controller;
    return this.#queue(report, work, controller.signal);
  }

  /** Waits for the work that runs, and ends it not; answers at once when it is ended itself. */
  async #score<T>(report: Report, work: (job: LoadedJob) => Promise<T>): Promise<T> {
    const { signal } = this.#scores;
    const turn = async (job: LoadedJob): Promise<T> => {
      if (signal.aborted) throw new TesseraError('cancelled', 'Cancelled.');
      return work(job);
    };
    const scored = this.#queue(report, turn, signal);
    const ended = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(new TesseraError('cancelled', 'Cancelled.'))),
    );
    return Promise.race([scored, ended]);
  }

  #endScores(): void {
    this.#scores.abort();
    this.#scores = new AbortController();
  }

  #queue<T>(report: Report, work: (job: LoadedJob) => Promise<T>, signal: AbortSignal): Promise<T> {
    const vectors = this.#vectors;
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
