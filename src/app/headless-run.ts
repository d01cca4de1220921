import { DEFAULT_SWEEP } from '../domain/clustering';
import { fromRecord } from '../domain/errors';
import type { DroppedFile } from '../domain/files';
import type { Hierarchy } from '../domain/hierarchy';
import type { EmbedEvent, StageSeconds } from '../domain/progress';
import type { BackendInfo } from '../domain/progress';
import type { Counts, Project, RowTable } from '../domain/project';
import { specKey } from '../domain/spec';
import type { Artifact } from '../exports/artifact';
import { matrixNpy } from '../exports/embeddings';
import { duplicatesCsv } from '../exports/labels';
import { download } from '../exports/save';
import { skippedCsv } from '../exports/skipped';
import { zip } from '../exports/zip';
import { EmbedJob } from '../jobs/embed-job';
import * as projects from '../jobs/projects';
import { storedVectors } from '../jobs/vectors';
import type { HeadlessEvent, HeadlessRequest, HeadlessResult, TreeFacts } from './headless';
import { analyse, type AnalysisResult } from './headless-analysis';
import { firstEntries } from './headless-archive';
import { HeadlessDescriptors, type DescriptorFacts } from './headless-descriptors';
import { HeadlessMetadata } from './headless-metadata';
import { headlessSpec } from './headless-model';
import { PACK } from './headless-pack';
import { pngZip } from './headless-png';
import { countsOf, methodsFiles, openedProject, projectArtifact } from './headless-project';

/** What was named to the page, each in an input of its own. */
export interface HeadlessFiles {
  given: DroppedFile[];
  model: File | null;
  /** A model whose clusters are applied. */
  clusters: File | null;
  metadata: File | null;
  project: File | null;
  descriptors: File | null;
  /** The list of the images that vectors belong to. */
  paths: File | null;
}

type Tell = (event: HeadlessEvent) => void;

/** Where the vectors of a project come from, and what was seen on the way. */
interface Described {
  project: Project;
  counts: Counts;
  backend: BackendInfo | null;
  stages: StageSeconds;
  seconds: number;
  descriptors: DescriptorFacts | null;
}

const NO_STAGES: StageSeconds = { read: 0, decode: 0, resize: 0, infer: 0, store: 0 };
const MOST_DOWNLOADS = 10;

/** Does what was asked, and hands out the files. */
export async function run(
  files: HeadlessFiles,
  request: HeadlessRequest,
  tell: Tell,
): Promise<HeadlessResult> {
  if (request.project) return reopen(files.project, request);
  const metadata = new HeadlessMetadata();
  // A wrong name is told before hours of embedding and not after.
  if (files.metadata) await metadata.read(files.metadata, request.fieldname);
  const described = await describe(files, request, tell);
  const { project, counts, backend } = described;
  const rows = await projects.loadRows(project.id);
  const joined = await metadata.join(project);
  const known = await metadata.known(project, rows);
  metadata.stop();
  const analysed =
    rows.n > 0
      ? await analyse(project, rows, request, files.clusters, (progress) =>
          tell({ type: 'analysis', progress }),
        )
      : null;
  const artifacts = [
    ...(await embeddingFiles(project, rows)),
    ...known.artifacts,
    ...(analysed?.artifacts ?? []),
    ...(await methodsFiles(project, { counts, backend, analysed, tables: known.tables })),
    ...(request.png > 0 && rows.n > 0 ? [pngZip(project, rows, request.png)] : []),
    ...(request.saveProject ? [await projectArtifact(project, analysed)] : []),
  ];
  const packed = await handOut(artifacts);
  return {
    spec: project.spec,
    counts,
    backend,
    stages: described.stages,
    embedSeconds: described.seconds,
    metadata: joined,
    descriptors: described.descriptors,
    clustering: clusteringFacts(analysed),
    files: artifacts.map(({ name }) => name),
    packed,
  };
}

/** Makes the project and its vectors: by a network, or from a file of them. */
async function describe(files: HeadlessFiles, request: HeadlessRequest, tell: Tell): Promise<Described> {
  const { model, descriptors: vectorFile, paths } = files;
  const { resize, backend, seed, k, limit, name } = request;
  const notice = (text: string): void => tell({ type: 'notice', text });
  const vectors =
    vectorFile &&
    (await HeadlessDescriptors.open(vectorFile, request.array, paths, files.given.length > 0, notice));
  const spec = await headlessSpec(request.model, model, resize, notice);
  const { kMin, kMax } = DEFAULT_SWEEP;
  const project = await projects.createProject({ name, spec, backend, seed, k, kMin, kMax });
  const given = limit === null ? files.given : await firstEntries(files.given, limit);
  if (!vectors) return embed(project, given, tell);
  const start = performance.now();
  let stages = NO_STAGES;
  const follow = (event: EmbedEvent): void => {
    if (event.type === 'progress') tell({ type: 'embed', progress: event.progress });
    else if (event.type === 'finished') stages = event.seconds;
  };
  const taken = await vectors.take(project, given, follow, (fraction) => tell({ type: 'vectors', fraction }));
  return {
    ...taken,
    counts: await countsOf(project.id),
    backend: null,
    stages,
    seconds: (performance.now() - start) / 1000,
    descriptors: taken.facts,
  };
}

async function embed(project: Project, given: DroppedFile[], tell: Tell): Promise<Described> {
  let backend: BackendInfo | null = null;
  let onEvent: (event: EmbedEvent) => void = () => undefined;
  // Events come over a channel of their own: the last one may arrive after the call that it ends has returned.
  const ended = new Promise<Extract<EmbedEvent, { type: 'finished' }>>((resolve, reject) => {
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
  const [{ counts, seconds: stages, wallSeconds: seconds }] = await Promise.all([
    ended,
    job.start(project.id, project.spec, project.backend),
  ]);
  job.dispose();
  return { project, counts, backend, stages, seconds, descriptors: null };
}

/** Writes what a project file holds. */
async function reopen(file: File | null, request: HeadlessRequest): Promise<HeadlessResult> {
  const { project, rows, counts, analysed } = await openedProject(file, request);
  const metadata = new HeadlessMetadata();
  const known = await metadata.known(project, rows);
  metadata.stop();
  const artifacts = [
    ...(await embeddingFiles(project, rows)),
    ...known.artifacts,
    ...(analysed?.artifacts ?? []),
    ...(await methodsFiles(project, { counts, backend: null, analysed, tables: known.tables })),
    ...(request.saveProject ? [await projectArtifact(project, null)] : []),
  ];
  const packed = await handOut(artifacts);
  return {
    spec: project.spec,
    counts,
    backend: null,
    stages: NO_STAGES,
    embedSeconds: 0,
    metadata: null,
    descriptors: null,
    clustering: clusteringFacts(analysed),
    files: artifacts.map(({ name }) => name),
    packed,
  };
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

function clusteringFacts(analysed: AnalysisResult | null): HeadlessResult['clustering'] {
  return (
    analysed && {
      k: (analysed.clustering.base ?? analysed.clustering).k,
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
