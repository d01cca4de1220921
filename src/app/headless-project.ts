import type { ClusterNote } from '../domain/clustering';
import { TesseraError } from '../domain/errors';
import type { Counts, Project, RowTable } from '../domain/project';
import { specKey } from '../domain/spec';
import type { Artifact } from '../exports/artifact';
import { matrixNpy } from '../exports/embeddings';
import { hierarchyCsv } from '../exports/hierarchy';
import { perFolderCsv } from '../exports/per-folder';
import type { MethodsFacts } from '../exports/methods/facts';
import { scoresCsv } from '../exports/scores';
import { openProjectFile, projectFileChunks } from '../jobs/project-file-job';
import * as projects from '../jobs/projects';
import type { AnalysisResult } from './headless-analysis';
import { withEdits } from './headless-edits';
import { labelFiles, type FileRequest } from './headless-files';
import { methodsOf } from './state/methods';
import { PROJECT_FILE_TYPE } from './state/project-file';

const NO_END = new AbortController().signal;

/** A project file as a project, with the clusters that were kept in it. Errors: `project-file`, `project-newer`. */
export async function openedProject(
  file: File | null,
  request: FileRequest,
): Promise<{ project: Project; rows: RowTable; counts: Counts; analysed: AnalysisResult | null }> {
  if (!file) throw new TesseraError('internal', 'No project file was given.');
  const id = await openProjectFile(file, () => undefined, NO_END);
  const project = await projects.openProject(id);
  const rows = await projects.loadRows(id);
  return { project, rows, counts: await countsOf(id), analysed: await kept(project, rows, request) };
}

export async function countsOf(id: string): Promise<Counts> {
  return (await projects.listProjects()).find(({ project }) => project.id === id)!.counts;
}

/** The last clustering of all images, and the trees; null when there is none. */
async function kept(project: Project, rows: RowTable, request: FileRequest): Promise<AnalysisResult | null> {
  const { id, spec, k } = project;
  const sweep = await projects.lastSweep(id, specKey(spec));
  if (!sweep || sweep.n !== rows.n) return null;
  const { clusterings, choice } = sweep;
  const fitted =
    clusterings.find((one) => one.k === (k ?? choice.k)) ?? clusterings.find((one) => one.k === choice.k);
  if (!fitted) return null;
  const { clustering, edits } = await withEdits(project, sweep, fitted);
  const notes = await projects.notes(id, sweep, fitted.k);
  const hierarchy = await projects.lastHierarchy(id, specKey(spec), 'kmeans');
  const perFolder = await projects.lastHierarchy(id, specKey(spec), 'parts');
  const dim = clustering.centroids.length / clustering.k;
  const artifacts = [
    ...labelFiles(project, rows, clustering, notes.size > 0 ? notes : null, request),
    scoresCsv(sweep, clustering),
    matrixNpy({ rows: clustering.k, dim, chunks: [clustering.centroids] }, 'centroids.npy'),
    ...(hierarchy?.n === rows.n ? [{ ...hierarchyCsv(rows, hierarchy), name: 'hierarchy.csv' }] : []),
    ...(perFolder?.n === rows.n ? [perFolderCsv(rows, perFolder)] : []),
  ];
  return { sweep, clustering, edits, notes, hierarchy, perFolder, artifacts };
}

/** The methods page in both formats, in English. */
export async function methodsFiles(
  project: Project,
  {
    counts,
    backend,
    analysed,
    tables,
  }: Pick<MethodsFacts, 'counts' | 'backend' | 'tables'> & { analysed: AnalysisResult | null },
): Promise<Artifact[]> {
  const facts = {
    counts,
    backend,
    skipped: await projects.loadSkipped(project.id),
    sweep: analysed?.sweep ?? null,
    clustering: analysed?.clustering ?? null,
    edits: analysed?.edits,
    notes: analysed?.notes ?? new Map<number, ClusterNote>(),
    tables,
  };
  return Promise.all((['md', 'html'] as const).map((format) => methodsOf(project, facts, 'en', format)));
}

/** Keeps what was analysed, and gives the project as a file with the images in it. */
export async function projectArtifact(project: Project, analysed: AnalysisResult | null): Promise<Artifact> {
  if (analysed) {
    const { sweep, clustering, notes } = analysed;
    await projects.keepSweep(project.id, sweep);
    if (notes.size > 0) await projects.keepNotes(project.id, sweep, (clustering.base ?? clustering).k, notes);
    for (const tree of [analysed.hierarchy, analysed.perFolder])
      if (tree) await projects.keepHierarchy(project.id, tree);
  }
  const chunks = projectFileChunks(project.id, { originals: true, expected: 0 }, () => undefined, NO_END);
  return { name: 'project.tessera', type: PROJECT_FILE_TYPE, chunks };
}
