import type { AddressSketch, FetchAddress } from './addresses';
import type { EmbedEvent, AnalysisProgress } from './progress';
import type { DroppedFile } from './files';
import type { BackendChoice, Counts } from './project';
import type { ArrayInfo, Cell } from './descriptors';
import type { EmbedSpec, VectorsSpec } from './spec';
import type { Agreement, Stability, StabilityOptions } from './agreement';
import type { KChoice, MeasuredClusters, SplitOptions, SweepSpace, Sweep, SweepOptions } from './clustering';
import type { Hierarchy, HierarchyOptions, Parts } from './hierarchy';
import type { ClusterModel } from './model';
import type { Projection, ProjectionOptions } from './projection';
import type { RowScoreAnalysis } from './row-scores';
import type { QueryPicture, Ranking, SearchOptions, SearchQuery } from './search';
import type { VarianceAnalysis } from './variance';
import type {
  DocumentKey,
  DocumentPage,
  DocumentResult,
  ElasticField,
  ElasticIndex,
  ElasticLogin,
  ElasticQuery,
  ElasticSample,
  ElasticServer,
  NearDocument,
  RemoteAnswer,
  RemoteRequest,
  RemoteSource,
  WriteFailure,
  WriteOptions,
} from './remote';

/** Exposed by workers/embed.worker.ts through Comlink. Embeds one project at a time. Callbacks are Comlink proxies. */
export interface EmbedService {
  /**
   * Announces files: they are listed in the store before any is read. Archives are announced entry by entry, JSON files
   * with `records` record by record, tables with `addresses` address by address, some thousand in one write; `fetch` is
   * asked for what lies at an address. May be called while a run is going; the run takes them up. When the space runs out,
   * `listed` of the error's parameters says how many pieces are listed: given again, that many are passed over.
   */
  add(projectId: string, files: DroppedFile[], fetch?: FetchAddress, listed?: number): Promise<void>;
  /** Which columns of a table hold addresses of pictures. Errors: `read-file`. */
  inspectAddresses(file: File): Promise<AddressSketch>;
  /** Has what lies at addresses of these servers, and is not kept yet, read by the run that goes or comes next. */
  fetchAgain(projectId: string, origins: readonly string[], fetch: FetchAddress): Promise<void>;
  /**
   * Reads and keeps files at hand of a project that waits for its turn, slowly; `told` follows each commit. Resolves when all
   * is read, when the space gets short, at `stopKeeping`, and when the project's run takes over. Errors: `quota`, `project-busy`.
   */
  keep(projectId: string, spec: EmbedSpec, told: (counts: Counts) => void): Promise<void>;
  stopKeeping(projectId: string): Promise<void>;
  /**
   * Takes documents of a server as files until `next` gives null; each page is committed, with how far the server was read,
   * before the next is asked for. A run that is going takes them up. Errors: those of `next`, `quota`, `store`.
   */
  takeDocuments(projectId: string, next: () => Promise<DocumentPage | null>): Promise<void>;
  /**
   * Reads, keeps, decodes and embeds everything of the project that is not finished yet; resolves when nothing is
   * left, or on cancel. Each batch is committed before it is counted.
   */
  run(
    projectId: string,
    spec: EmbedSpec,
    backend: BackendChoice,
    events: (event: EmbedEvent) => void,
  ): Promise<void>;
  /**
   * The vector of a picture that is in no project, made as the descriptor's own are; nothing is stored. Works beside a run; the
   * network stays for a minute. Errors: as those of a run.
   */
  embedPicture(file: Blob, spec: EmbedSpec, backend: BackendChoice): Promise<QueryPicture>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  cancel(): Promise<void>;
  /**
   * Takes over embeddings exported earlier (a ZIP of `embeddings.npy`, `index.csv` with the columns row, path, sha256,
   * and `spec.json`): images with those bytes get them without being computed. Errors: `import-embeddings`.
   */
  importEmbeddings(projectId: string, file: Blob): Promise<ImportedEmbeddings>;
  /**
   * What a file of vectors holds, and how many files of the project (null: none yet) its paths lead to. Nothing is kept.
   * Errors: `read-file`.
   */
  inspectDescriptors(projectId: string | null, asked: DescriptorRequest): Promise<DescriptorPreview>;
  /** Reads all numbers of a file of vectors for those that are not finite. Errors: `read-file`. */
  checkDescriptors(
    file: File,
    array: string | null,
    progress: (fraction: number) => void,
  ): Promise<NonFinite>;
  /**
   * Makes vectors of another tool a descriptor of the project. A run that is going is ended; images that have no row yet
   * get one, without a network, which `events` tell of. `progress` is that of the vectors, 0..1. Errors: `read-file`,
   * `quota`, `store`, `cancelled`; what was kept by then is let go, and the import can be repeated.
   */
  importDescriptors(
    projectId: string,
    asked: DescriptorRequest,
    events: (event: EmbedEvent) => void,
    progress: (fraction: number) => void,
  ): Promise<ImportedDescriptors>;
}

export interface ImportedEmbeddings {
  /** The descriptor they were made with: runs with this one find them. */
  spec: EmbedSpec;
  /** Vectors taken over. */
  vectors: number;
}

/** Vectors of another tool, and how they find their images. */
export interface DescriptorRequest {
  file: File;
  /** Of a file with several; null: the only one. */
  array: string | null;
  /** The paths in the file itself, those of a list beside it, or the order of the images by path. */
  paths: 'inside' | 'order' | { list: File };
  /** Whether paths without an image become rows that have no picture yet. */
  addMissing: boolean;
}

export interface DescriptorPreview {
  arrays: ArrayInfo[];
  /** The one that was asked for, or that is proposed; null where there is one only. */
  array: string | null;
  n: number;
  d: number;
  dtype: string;
  /** Whether the file names its rows itself. */
  hasNames: boolean;
  /** Paths that were found for the rows; 0 when they go by order. Another number than n is a list of something else. */
  paths: number;
  /** Files of the project that may have a vector, and how many of them have one. */
  images: number;
  matched: number;
  /** Paths that lead to no image, to several, and names that stand there more than once. */
  unmatched: number;
  ambiguous: number;
  duplicates: number;
  /** Some of the pairs (path in the file, image) and of the paths without an image. */
  pairs: [string, string][];
  lonely: string[];
}

/** Numbers of a file that are not finite; rows that have some are without a vector. */
export interface NonFinite {
  count: number;
  rows: number;
  first: Cell[];
}

export interface ImportedDescriptors {
  spec: VectorsSpec;
  /** Images that have a vector now. */
  vectors: number;
  /** Rows that were made of a path alone. */
  added: number;
}

/** Exposed by workers/analysis.worker.ts through Comlink. */
export interface AnalysisService extends FurtherAnalysis, RowScoreAnalysis {
  /**
   * Reads all committed vectors of the descriptor into memory; replaces what was loaded. n rows of the project, those
   * without a vector among them, which take part in nothing: see `NO_CLUSTER`.
   */
  load(projectId: string, specKey: string): Promise<{ n: number; d: number }>;
  /**
   * Lays the loaded rows out. `earlier`, of the same method and dimensions, keeps its places where it can: PCA is turned as
   * it is, and what UMAP and t-SNE have not seen is added to it unless the rows have more than doubled. Errors: `cancelled`,
   * `memory`.
   */
  project(
    options: ProjectionOptions,
    earlier: Projection | null,
    progress: (p: AnalysisProgress) => void,
  ): Promise<Projection>;
  sweep(options: SweepOptions, progress: (p: AnalysisProgress) => void): Promise<Sweep>;
  cancel(): Promise<void>;
  /** Ends scores of rows, and nothing else. */
  cancelScores(): Promise<void>;
  /**
   * The rows nearest to each query among those loaded, by the vectors as they are stored: whatever the clustering scales or
   * reduces is left aside. A query of rows of which none has a vector finds nothing. `id` is for `cancelSearch`. Runs beside a job.
   */
  search(
    id: number,
    query: SearchQuery,
    options: SearchOptions,
    progress: (p: AnalysisProgress) => void,
  ): Promise<Ranking[]>;
  cancelSearch(id: number): Promise<void>;
  /** Mean of the given images' thumbnails, RGBA, size x size; rows are sampled evenly past 2,000. */
  meanImage(
    projectId: string,
    rows: Uint32Array,
    size: number,
  ): Promise<{ rgba: Uint8ClampedArray; of: number }>;
  engine(): Promise<{ engine: 'webgpu' | 'cpu'; adapter: string }>;
}

/** What else can be asked of the loaded rows. */
export interface FurtherAnalysis extends VarianceAnalysis {
  /** k-means within k-means, to a depth or a least size. Errors: `too-few-images`, `cancelled`. */
  hierarchy(options: HierarchyOptions, progress: (p: AnalysisProgress) => void): Promise<Hierarchy>;
  /** Each part clustered on its own: a tree whose first level are the parts. k is chosen for each within the range. */
  byPart(parts: Parts, options: SweepOptions, progress: (p: AnalysisProgress) => void): Promise<Hierarchy>;
  /** Several runs of the same k from different seeds, compared; `options` say how rows are prepared and fits stopped. */
  stability(
    stability: StabilityOptions,
    options: SweepOptions,
    progress: (p: AnalysisProgress) => void,
  ): Promise<Stability[]>;
  /** The silhouettes of the sweep's clusterings over all rows, in their order, and what k would be chosen by them. */
  exactSilhouette(
    sweep: Sweep,
    progress: (p: AnalysisProgress) => void,
  ): Promise<{ silhouettes: number[]; choice: KChoice }>;
  /**
   * Means of clusters and the distances of their rows, for labels given by hand, beside whatever job runs. Errors: `cancelled` when
   * other rows are loaded meanwhile.
   */
  measureClusters(space: SweepSpace, labels: Uint16Array, clusters: Uint32Array): Promise<MeasuredClusters>;
  /** The rows of a cluster in parts, the largest first; those without a vector are left out. Errors: `too-few-images`, `cancelled`. */
  splitCluster(
    space: SweepSpace,
    rows: Uint32Array,
    options: SplitOptions,
    progress: (p: AnalysisProgress) => void,
  ): Promise<Uint32Array[]>;
  /** A model from a bundle that was saved as a file. Errors: `model-bundle` with what is wrong in it. */
  readModel(file: Blob): Promise<ClusterModel>;
  /** Compares two labellings of the same rows (any non-negative integers). */
  agreement(a: ArrayLike<number>, b: ArrayLike<number>): Promise<Agreement>;
  /** Labels the loaded rows with a saved model: a sweep with one clustering and nothing refitted. Errors: `model-mismatch`. */
  applyModel(model: ClusterModel, name: string, progress: (p: AnalysisProgress) => void): Promise<Sweep>;
}

/** Exposed by workers/connect.worker.ts through Comlink: the only way to a server that is not the site's own. */
export interface ConnectService extends ElasticService {
  /** One request, without cookies or redirects. Errors: `remote`; `cancelled` after `cancel(id)`. */
  request(id: number, request: RemoteRequest): Promise<RemoteAnswer>;
  cancel(id: number): Promise<void>;
}

export interface NearestRequest {
  index: string;
  /** The fields with the vectors and with the pictures. */
  field: string;
  imageField: string;
  vector: Float32Array;
  count: number;
}

/** Elasticsearch or OpenSearch, once `login` has said where and who. Errors of all calls: `remote`, `cancelled`. */
export interface ElasticService {
  /** Asks the server what it is; the login stays in this thread and nowhere else. */
  login(url: string, login: ElasticLogin): Promise<ElasticServer>;
  /** The indices, or null when this login may not list them. */
  indices(): Promise<ElasticIndex[] | null>;
  fields(index: string): Promise<ElasticField[]>;
  sample(query: ElasticQuery): Promise<ElasticSample>;
  count(query: ElasticQuery): Promise<number>;
  /** A source of all that the query finds, for `resume`. */
  begin(id: string, query: ElasticQuery, total: number): Promise<RemoteSource>;
  /** Makes `documents` go on from where a source stands; `known` are the documents that the project has of it. */
  resume(source: RemoteSource, known: readonly Pick<DocumentKey, 'index' | 'id'>[]): Promise<void>;
  /** The next documents; null: there are no more. */
  documents(): Promise<DocumentPage | null>;
  /** Lets the server forget what it kept for `documents`. */
  end(): Promise<void>;
  /** The fields that would be written, with their types. */
  written(options: WriteOptions): Promise<[name: string, type: string][]>;
  /** Adds those fields to the mappings of the indices. */
  prepare(indices: readonly string[], options: WriteOptions): Promise<void>;
  /** Writes to the documents; answers those that were refused. */
  write(results: readonly DocumentResult[], options: WriteOptions): Promise<WriteFailure[]>;
  /** The documents whose vectors are nearest, found by the server, with the pictures in one of their fields. */
  nearest(asked: NearestRequest): Promise<NearDocument[]>;
}
