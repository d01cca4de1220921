import type { Artifact } from '../exports/artifact';
import { matrixNpy } from '../exports/embeddings';
import { duplicatesCsv } from '../exports/labels';
import { download } from '../exports/save';
import { zip } from '../exports/zip';
import { skippedCsv } from '../exports/skipped';
import { DEFAULT_SWEEP, type KChoice, type Sweep } from '../domain/clustering';
import { fromRecord, toRecord, type ErrorRecord } from '../domain/errors';
import type { DroppedFile } from '../domain/files';
import type { Hierarchy } from '../domain/hierarchy';
import type {
  AnalysisProgress,
  BackendInfo,
  EmbedEvent,
  EmbedProgress,
  StageSeconds,
} from '../domain/progress';
import type { BackendChoice, Counts, Project, RowTable } from '../domain/project';
import type { RecordsOptions } from '../domain/records';
import { specKey, type EmbedSpec, type ResizeMode } from '../domain/spec';
import { EmbedJob } from '../jobs/embed-job';
import * as projects from '../jobs/projects';
import { storedVectors } from '../jobs/vectors';
import { analyse, type AnalysisRequest, type AnalysisResult } from './headless-analysis';
import { firstEntries } from './headless-archive';
import { HeadlessMetadata, type MetadataFacts } from './headless-metadata';
import { pngZip } from './headless-png';
import { methodsFiles, openedProject, projectArtifact } from './headless-project';
import { headlessSpec, type HeadlessModel } from './headless-model';
import { PACK } from './headless-pack';

export interface HeadlessRequest extends AnalysisRequest {
  /** `file`: the one chosen in `#model`. */
  model: HeadlessModel;
  resize: ResizeMode;
  backend: BackendChoice;
  seed: number;
  /** Only so many entries of a given archive. */
  limit: number | null;
  /** The column of the table chosen in `#metadata` that names images; null: the one that leads to most. */
  fieldname: string | null;
  /** As many of the first images go out as PNG, in images.zip. */
  png: number;
  /** The project file chosen in `#project` takes the place of images; its clusters are written as they are. */
  project: boolean;
  /** What a new project is called, and whether it is handed out as project.tessera. */
  name: string;
  saveProject: boolean;
}

export type HeadlessEvent =
  | { type: 'embed'; progress: EmbedProgress }
  | { type: 'backend'; info: BackendInfo }
  | { type: 'notice'; text: string }
  | { type: 'analysis'; progress: AnalysisProgress };

export interface TreeFacts {
  nodes: number;
  leaves: number;
  seconds: number;
}

export interface HeadlessResult {
  spec: EmbedSpec;
  counts: Counts;
  backend: BackendInfo | null;
  /** Summed over the workers of each stage. */
  stages: StageSeconds;
  embedSeconds: number;
  metadata: MetadataFacts | null;
  /** null when no image could be embedded. */
  clustering: {
    k: number;
    choice: KChoice;
    kTried: number[];
    scaling: Sweep['scaling'];
    /** Numbers of an image that were compared, after any reduction. */
    dimensions: number;
    /** The model that was applied. */
    model: Sweep['model'] | null;
    engine: Sweep['engine'];
    peakBytes: NonNullable<Sweep['peakBytes']> | null;
    /** Rows that were scored, where these were not all. */
    scoredRows: number | null;
    adapter: string;
    seconds: number;
    sizes: number[];
    hierarchy: TreeFacts | null;
    perFolder: TreeFacts | null;
  } | null;
  /** What was handed out, in downloads of these names. */
  files: string[];
  /** Those of them that came together in the download `PACK`. */
  packed: string[];
}

export type HeadlessAnswer = { ok: true; result: HeadlessResult } | { ok: false; error: ErrorRecord };

/** What the command line drives; the page itself stays empty but for the file inputs it fills. */
export interface Headless {
  /**
   * Takes the files now chosen in `#given`, under these paths, in their order; gives how many there are in all. With `records`,
   * they are JSON and read in that way.
   */
  take(paths: readonly string[], records?: RecordsOptions | null): number;
  /** A file that is known and cannot be opened. */
  takeUnreadable(path: string, reason: string): void;
  run(request: HeadlessRequest): Promise<HeadlessAnswer>;
}

declare global {
  interface Window {
    tessera: Headless;
    /** Put there by whoever wants to follow. */
    tesseraEvent?: (event: HeadlessEvent) => void;
  }
}

const MOST_DOWNLOADS = 10;

const tell = (event: HeadlessEvent): void => window.tesseraEvent?.(event);

function filePicker(id: string): HTMLInputElement {
  const input = document.createElement('input');
  Object.assign(input, { type: 'file', multiple: true, id, ariaLabel: id });
  document.body.append(input);
  return input;
}

type Finished = Extract<EmbedEvent, { type: 'finished' }>;

async function embed(
  project: Project,
  given: DroppedFile[],
): Promise<{ finished: Finished; backend: BackendInfo | null }> {
  let backend: BackendInfo | null = null;
  let onEvent: (event: EmbedEvent) => void = () => undefined;
  // Events come over a channel of their own: the last one may arrive after the call that it ends has returned.
  const ended = new Promise<Finished>((resolve, reject) => {
    onEvent = (event) => {
      if (event.type === 'progress') tell({ type: 'embed', progress: event.progress });
      else if (event.type === 'backend') tell({ type: 'backend', info: (backend = event.info) });
      else if (event.type === 'notice')
        tell({ type: 'notice', text: `${event.code} ${event.detail ?? ''}`.trim() });
      else if (event.type === 'failed') reject(fromRecord(event.error));
      else if (event.type === 'finished') resolve(event);
    };
  });
  const job = new EmbedJob((event) => onEvent(event));
  await job.add(project.id, given);
  const [finished] = await Promise.all([ended, job.start(project.id, project.spec, project.backend)]);
  job.dispose();
  return { finished, backend };
}

/** The files that there are of every project, clustered or not. */
async function embeddingFiles(project: Project, rows: RowTable): Promise<Artifact[]> {
  const { n, d, blocks } = await storedVectors(project.id, specKey(project.spec));
  const skipped = await projects.loadSkipped(project.id);
  return [
    duplicatesCsv(rows),
    skippedCsv(skipped),
    matrixNpy({ rows: n, dim: d || project.spec.dim, chunks: blocks() }),
  ];
}

/** Hands out each file as a download. Chromium refuses the eleventh that nobody clicked for: of many, the tables go together. */
async function handOut(artifacts: readonly Artifact[]): Promise<string[]> {
  const isTable = ({ type }: Artifact): boolean => /^(text|application\/json)/.test(type);
  const tables = artifacts.length > MOST_DOWNLOADS ? artifacts.filter(isTable) : [];
  for (const artifact of artifacts) if (!tables.includes(artifact)) await download(artifact);
  const entries = tables.map(({ name, chunks }) => ({ name, input: chunks }));
  if (tables.length > 0) await download({ name: PACK, type: 'application/zip', chunks: zip(entries) });
  return tables.map(({ name }) => name);
}

function treeFacts({ nodes, seconds }: Hierarchy): TreeFacts {
  return { nodes: nodes.length, leaves: nodes.filter(({ children }) => children === 0).length, seconds };
}

async function run(
  files: DroppedFile[],
  request: HeadlessRequest,
  model: File | null,
  bundle: File | null,
  table: File | null,
  saved: File | null,
): Promise<HeadlessResult> {
  if (request.project) return reopen(saved, request.saveProject);
  const metadata = new HeadlessMetadata();
  // A wrong name is told before hours of embedding and not after.
  if (table) await metadata.read(table, request.fieldname);
  const { resize, backend, seed, k, limit } = request;
  const spec = await headlessSpec(request.model, model, resize, (text) => tell({ type: 'notice', text }));
  const { kMin, kMax } = DEFAULT_SWEEP;
  const project = await projects.createProject({ name: request.name, spec, backend, seed, k, kMin, kMax });
  const given = limit === null ? files : await firstEntries(files, limit);
  const embedded = await embed(project, given);
  const rows = await projects.loadRows(project.id);
  const joined = await metadata.join(project);
  const known = await metadata.artifacts(project, rows);
  metadata.stop();
  const report = (progress: AnalysisProgress): void => tell({ type: 'analysis', progress });
  const analysed = rows.n > 0 ? await analyse(project, rows, request, bundle, report) : null;
  const { counts } = embedded.finished;
  const artifacts = [
    ...(await embeddingFiles(project, rows)),
    ...known,
    ...(analysed?.artifacts ?? []),
    ...(await methodsFiles(project, counts, embedded.backend, analysed)),
    ...(request.png > 0 && rows.n > 0 ? [pngZip(project, rows, request.png)] : []),
    ...(request.saveProject ? [await projectArtifact(project, analysed)] : []),
  ];
  const packed = await handOut(artifacts);
  return {
    spec,
    counts,
    backend: embedded.backend,
    stages: embedded.finished.seconds,
    embedSeconds: embedded.finished.wallSeconds,
    metadata: joined,
    clustering: clusteringFacts(analysed),
    files: artifacts.map(({ name }) => name),
    packed,
  };
}

/** Writes what a project file holds. */
async function reopen(file: File | null, saveProject: boolean): Promise<HeadlessResult> {
  const { project, rows, counts, analysed } = await openedProject(file, () => undefined);
  const artifacts = [
    ...(await embeddingFiles(project, rows)),
    ...(analysed?.artifacts ?? []),
    ...(await methodsFiles(project, counts, null, analysed)),
    ...(saveProject ? [await projectArtifact(project, null)] : []),
  ];
  const packed = await handOut(artifacts);
  return {
    spec: project.spec,
    counts,
    backend: null,
    stages: { read: 0, decode: 0, resize: 0, infer: 0, store: 0 },
    embedSeconds: 0,
    metadata: null,
    clustering: clusteringFacts(analysed),
    files: artifacts.map(({ name }) => name),
    packed,
  };
}

function clusteringFacts(analysed: AnalysisResult | null): HeadlessResult['clustering'] {
  return (
    analysed && {
      k: analysed.clustering.k,
      choice: analysed.sweep.choice,
      kTried: analysed.sweep.clusterings.map((one) => one.k),
      scaling: analysed.sweep.scaling,
      dimensions: analysed.clustering.centroids.length / analysed.clustering.k,
      model: analysed.sweep.model ?? null,
      engine: analysed.sweep.engine,
      adapter: analysed.sweep.adapter,
      seconds: analysed.sweep.seconds,
      peakBytes: analysed.sweep.peakBytes ?? null,
      scoredRows: analysed.sweep.scoredRows ?? null,
      sizes: [...analysed.clustering.sizes],
      hierarchy: analysed.hierarchy && treeFacts(analysed.hierarchy),
      perFolder: analysed.perFolder && treeFacts(analysed.perFolder),
    }
  );
}

/** Puts the command line's handle on the page: `window.tessera`, and the inputs `#given`, `#model`, `#clusters`, `#metadata` and `#project`. */
export function startHeadless(): void {
  const given = filePicker('given');
  const model = filePicker('model');
  const clusters = filePicker('clusters');
  const metadata = filePicker('metadata');
  const project = filePicker('project');
  const files: DroppedFile[] = [];
  window.tessera = {
    take(paths, records) {
      const chosen = Array.from(given.files ?? []);
      if (chosen.length !== paths.length)
        throw new Error(`${paths.length} paths came with ${chosen.length} files.`);
      chosen.forEach((file, i) =>
        files.push({
          path: paths[i],
          file: paths[i] === '' ? asArchive(file) : file,
          ...(records && { records }),
        }),
      );
      return files.length;
    },
    takeUnreadable(path, reason) {
      files.push({ path, file: new File([], path), unreadable: reason });
    },
    run: (request) =>
      run(
        files,
        request,
        model.files?.[0] ?? null,
        clusters.files?.[0] ?? null,
        metadata.files?.[0] ?? null,
        project.files?.[0] ?? null,
      ).then(
        (result) => ({ ok: true, result }),
        (error: unknown) => ({ ok: false, error: toRecord(error) }),
      ),
  };
}

/** An archive is known by its ending; on the command line it was called one. */
const asArchive = (file: File): File => new File([file], 'given.zip', { lastModified: file.lastModified });
