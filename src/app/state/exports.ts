import { TesseraError } from '../../domain/errors';
import type { Clustering } from '../../domain/clustering';
import { specKey } from '../../domain/spec';
import type { Artifact } from '../../exports/artifact';
import { embeddingsBundle, matrixNpy, type Matrix } from '../../exports/embeddings';
import { labelsCsv } from '../../exports/labels';
import { picturesZip, type Picture } from '../../exports/pictures';
import { save } from '../../exports/save';
import { scoresCsv } from '../../exports/scores';
import { skippedCsv } from '../../exports/skipped';
import { originalBytes } from '../../jobs/projects';
import { storedVectors } from '../../jobs/vectors';
import { clusterAt } from '../screens/clusters/members';
import type { TableKind } from './export-kinds';
import type { AppSession } from './session.svelte';

/** What exports need of the session. */
export type ExportHost = Pick<
  AppSession,
  'project' | 'rows' | 'clustering' | 'sweep' | 'notes' | 'selection' | 'skipped' | 'edits'
>;

/** Writes one kind of file and lets the person keep it; null when they closed the dialog. Must follow a click. */
export async function exportFile(session: ExportHost, kind: TableKind): Promise<string | null> {
  await session.edits.settled();
  const named = ofProject(session, await artifactOf(session, kind));
  return (await save(named)) ? named.name : null;
}

/** The artifact under the project's name. */
export function ofProject({ project }: Pick<ExportHost, 'project'>, artifact: Artifact): Artifact {
  const name = `${project?.name ?? 'tessera'} - ${artifact.name}`;
  return { ...artifact, name: name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_') };
}

async function artifactOf(session: ExportHost, kind: TableKind): Promise<Artifact> {
  const { rows, clustering, sweep, notes, project, selection } = session;
  switch (kind) {
    case 'labels':
      return labelsCsv(rows, clustering ?? missing(), { notes: notes.size > 0 ? notes : undefined });
    case 'scores':
      return scoresCsv(sweep ?? missing(), clustering);
    case 'skipped':
      return skippedCsv(session.skipped);
    case 'embeddings':
      return matrixNpy(await matrix(session));
    case 'bundle':
      return embeddingsBundle(rows, await matrix(session), (project ?? missing()).spec);
    case 'images': {
      const chosen = selection.count > 0 ? selection.rows : Uint32Array.from(rows.paths.keys());
      return picturesZip(pictures(session, chosen), { layout: 'cluster', clusters: clustersOf(clustering) });
    }
  }
}

/** The vectors of the descriptor in use, read as they are written. */
export async function matrix({ project, rows }: ExportHost): Promise<Matrix> {
  const { id, spec } = project ?? missing();
  const { n, d, blocks } = await storedVectors(id, specKey(spec), rows.n);
  return { rows: n, dim: d, chunks: blocks() };
}

/** Images as files; each is read when its turn comes. */
export function* pictures(
  { project, rows, clustering, notes }: Pick<ExportHost, 'project' | 'rows' | 'clustering' | 'notes'>,
  chosen: Uint32Array,
): Generator<Picture> {
  const { id } = project ?? missing();
  for (const row of chosen) {
    const cluster = clusterAt(clustering, row) ?? null;
    yield {
      path: rows.paths[row],
      hash: rows.hashes[row],
      cluster,
      clusterName: cluster === null ? undefined : notes.get(cluster)?.name,
      duplicates: rows.duplicates.get(row),
      read: () => originalBytes(id, rows.hashes[row]),
    };
  }
}

export const clustersOf = (clustering: Clustering | null): number => clustering?.k ?? 1;

export function missing(): never {
  throw new TesseraError('too-few-images', 'There is nothing to export yet; wait for the first clusters.');
}
