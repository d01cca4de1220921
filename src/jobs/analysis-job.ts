import { proxy, type Remote } from 'comlink';
import type { Agreement, Stability, StabilityOptions } from '../domain/agreement';
import type {
  KChoice,
  Scaling,
  MeasuredClusters,
  SplitOptions,
  SweepSpace,
  Sweep,
  SweepOptions,
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
import { WorkerHandle } from '../workers/worker-handle';

/** Milliseconds a cancelled call has to end before its worker is stopped. */
const GRACE_MS = 3_000;

type Report = (progress: AnalysisProgress) => void;

// Vite bundles a worker only where `new URL` stands inside `new Worker`.
function spawn(): WorkerHandle<AnalysisService> {
  return new WorkerHandle(
    new Worker(new URL('../workers/analysis.worker.ts', import.meta.url), {
      type: 'module',
      name: 'analysis',
    }),
  );
}

/**
 * The page's side of the analysis. An aborted call rejects with `cancelled` at once; if its worker does not stop soon,
 * it is replaced, and what was loaded is loaded again before the next call.
 */
export class AnalysisJob {
  private handle: WorkerHandle<AnalysisService> | null = null;
  private searches = 0;
  private readonly waiting: (() => void)[] = [];
  private loaded: { projectId: string; specKey: string } | null = null;

  /** Reads all committed vectors of a descriptor; replaces what was loaded. n x d. */
  async load(projectId: string, specKey: string, signal?: AbortSignal): Promise<{ n: number; d: number }> {
    this.loaded = null;
    const size = await this.call((service) => service.load(projectId, specKey), signal, false);
    this.loaded = { projectId, specKey };
    for (const go of this.waiting.splice(0)) go();
    return size;
  }

  /** Resolves as soon as something is loaded. Errors: `cancelled`. */
  async whenLoaded(signal: AbortSignal): Promise<void> {
    if (this.loaded) return;
    await new Promise<void>((resolve, reject) => {
      this.waiting.push(resolve);
      signal.addEventListener('abort', () => reject(cancelled()), { once: true });
    });
  }

  /** Lays out what is loaded; see `AnalysisService.project`. Errors: `cancelled`, `memory`. */
  project(
    options: ProjectionOptions,
    earlier: Projection | null,
    progress: Report,
    signal?: AbortSignal,
  ): Promise<Projection> {
    return this.call((service) => service.project(options, earlier, proxy(progress)), signal);
  }

  /** k-means for every k of the range, scored. Errors: `too-few-images`, `cancelled`. */
  sweep(options: SweepOptions, progress: Report, signal?: AbortSignal): Promise<Sweep> {
    return this.call((service) => service.sweep(options, proxy(progress)), signal);
  }

  /** Clusters within clusters. Errors: `too-few-images`, `cancelled`. */
  hierarchy(options: HierarchyOptions, progress: Report, signal?: AbortSignal): Promise<Hierarchy> {
    return this.call((service) => service.hierarchy(options, proxy(progress)), signal);
  }

  /**
   * Each part clustered on its own, with a k chosen for each within the range. `parts.of` has a value for each loaded row.
   * Errors: `too-few-images`, `cancelled`.
   */
  byPart(parts: Parts, options: SweepOptions, progress: Report, signal?: AbortSignal): Promise<Hierarchy> {
    return this.call((service) => service.byPart(parts, options, proxy(progress)), signal);
  }

  /** Runs of each k from different seeds, compared; numbers of clusters that the rows cannot fill are left out. */
  stability(
    asked: StabilityOptions,
    options: SweepOptions,
    progress: Report,
    signal?: AbortSignal,
  ): Promise<Stability[]> {
    return this.call((service) => service.stability(asked, options, proxy(progress)), signal);
  }

  /** Silhouettes of a sweep of the loaded rows over all of them, in the order of its clusterings, and the choice by them. */
  exactSilhouette(
    sweep: Sweep,
    progress: Report,
    signal?: AbortSignal,
  ): Promise<{ silhouettes: number[]; choice: KChoice }> {
    const none = new Float32Array(0);
    const clusterings = sweep.clusterings.map((c) => ({ ...c, centroids: none, distances: none }));
    return this.call(
      (service) => service.exactSilhouette({ ...sweep, clusterings }, proxy(progress)),
      signal,
    );
  }

  /** Silhouettes of all rows, exact of some thousand or when asked to; waits for an analysis that runs. Errors: `cancelled`. */
  rowSilhouettes(
    of: ScoredLabelling,
    exact: boolean,
    progress: Report,
    signal?: AbortSignal,
  ): Promise<RowSilhouettes> {
    return this.call(
      (service) => service.rowSilhouettes(of, exact, proxy(progress)),
      signal,
      true,
      endScores,
    );
  }

  /** How near each row is to another cluster; waits for an analysis that runs. Errors: `cancelled`. */
  margins(of: ScoredLabelling, progress: Report, signal?: AbortSignal): Promise<Margins> {
    return this.call((service) => service.margins(of, proxy(progress)), signal, true, endScores);
  }

  /** The medoid of these rows, which all have a vector; waits for an analysis that runs. Errors: `cancelled`. */
  medoid(of: ScoredLabelling, rows: Uint32Array, progress: Report, signal?: AbortSignal): Promise<Medoid> {
    return this.call((service) => service.medoid(of, rows, proxy(progress)), signal, true, endScores);
  }

  /** Whether there is something loaded to ask about. */
  get isReady(): boolean {
    return this.loaded !== null;
  }

  /** Means of clusters, and distances to them, for labels given by hand. Errors: `cancelled`. */
  measureClusters(
    space: SweepSpace,
    labels: Uint16Array,
    clusters: Uint32Array,
    signal?: AbortSignal,
  ): Promise<MeasuredClusters> {
    return this.call((service) => service.measureClusters(space, labels, clusters), signal);
  }

  /** The rows of a cluster in parts, the largest first. Errors: `too-few-images`, `cancelled`. */
  splitCluster(
    space: SweepSpace,
    rows: Uint32Array,
    options: SplitOptions,
    progress: Report,
    signal?: AbortSignal,
  ): Promise<Uint32Array[]> {
    return this.call((service) => service.splitCluster(space, rows, options, proxy(progress)), signal);
  }

  /** How the variance of the loaded rows, scaled, is spread over up to `most` components. Errors: `too-few-images`, `cancelled`. */
  explainedVariance(
    scaling: Scaling,
    most: number,
    progress: Report,
    signal?: AbortSignal,
  ): Promise<ExplainedVariance> {
    return this.call((service) => service.explainedVariance(scaling, most, proxy(progress)), signal);
  }

  /** Compares two labellings of the same rows; needs nothing loaded. */
  agreement(a: ArrayLike<number>, b: ArrayLike<number>, signal?: AbortSignal): Promise<Agreement> {
    return this.call((service) => service.agreement(a, b), signal, false);
  }

  /** A model from a bundle that was saved as a file; needs nothing loaded. Errors: `model-bundle`. */
  readModel(file: Blob): Promise<ClusterModel> {
    return this.call((service) => service.readModel(file), undefined, false);
  }

  /**
   * Labels the loaded rows with a model, which keeps its numbers of clusters; nothing is fitted. Errors: `model-mismatch`,
   * `too-few-images`, `cancelled`.
   */
  applyModel(model: ClusterModel, name: string, progress: Report, signal?: AbortSignal): Promise<Sweep> {
    return this.call((service) => service.applyModel(model, name, proxy(progress)), signal);
  }

  /** The rows nearest to each query, by the vectors as they are stored; runs beside what else is asked. Errors: `cancelled`. */
  async search(
    query: SearchQuery,
    options: SearchOptions,
    progress: Report,
    signal?: AbortSignal,
  ): Promise<Ranking[]> {
    const id = ++this.searches;
    return this.call(
      (service) => service.search(id, query, options, proxy(progress)),
      signal,
      true,
      (service) => service.cancelSearch(id),
    );
  }

  /** Mean of thumbnails, RGBA, size x size; `of` = how many were averaged. Needs nothing loaded. */
  meanImage(
    projectId: string,
    rows: Uint32Array,
    size: number,
    signal?: AbortSignal,
  ): Promise<{ rgba: Uint8ClampedArray; of: number }> {
    return this.call((service) => service.meanImage(projectId, rows, size), signal, false);
  }

  /** What runs the kernels. */
  engine(): Promise<{ engine: 'webgpu' | 'cpu'; adapter: string }> {
    return this.call((service) => service.engine(), undefined, false);
  }

  dispose(): void {
    this.handle?.stop();
    this.handle = null;
    this.loaded = null;
  }

  private async call<T>(
    work: (service: Remote<AnalysisService>) => Promise<T>,
    signal?: AbortSignal,
    needsVectors = true,
    end = (service: Remote<AnalysisService>): Promise<void> => service.cancel(),
  ): Promise<T> {
    if (signal?.aborted) throw cancelled();
    const handle = await this.worker(needsVectors);
    if (signal?.aborted) throw cancelled();
    const answer = handle.call(work);
    if (!signal) return answer;
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        reject(cancelled());
        const late = setTimeout(() => handle.stop(), GRACE_MS);
        void handle.call(end).catch(() => undefined);
        void answer.catch(() => undefined).then(() => clearTimeout(late));
      };
      signal.addEventListener('abort', abort, { once: true });
      answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    });
  }

  private async worker(needsVectors: boolean): Promise<WorkerHandle<AnalysisService>> {
    if (this.handle && !this.handle.isDead) return this.handle;
    const handle = (this.handle = spawn());
    const { loaded } = this;
    if (needsVectors && loaded)
      await handle.call((service) => service.load(loaded.projectId, loaded.specKey));
    return handle;
  }
}

const endScores = (service: Remote<AnalysisService>): Promise<void> => service.cancelScores();

function cancelled(): TesseraError {
  return new TesseraError('cancelled', 'Cancelled.');
}
