import { TesseraError } from '../../domain/errors';
import { specKey } from '../../domain/spec';
import type { Artifact } from '../../exports/artifact';
import { embeddingsBundle, matrixNpy, type Matrix } from '../../exports/embeddings';
import { labelsCsv } from '../../exports/labels';
import { save } from '../../exports/save';
import { scoresCsv } from '../../exports/scores';
import { selectionZip, type SelectedImage } from '../../exports/selection';
import { skippedCsv } from '../../exports/skipped';
import { original, vectors } from '../../jobs/projects';
import type { TableKind } from './export-kinds';
import type { AppSession } from './session.svelte';

/** Writes one kind of file and lets the person keep it; null when they closed the dialog. Must follow a click. */
export async function exportFile(session: AppSession, kind: TableKind): Promise<string | null> {
  const artifact = await artifactOf(session, kind);
  const named = { ...artifact, name: `${session.project?.name ?? 'tessera'} - ${artifact.name}` };
  named.name = named.name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_');
  return (await save(named)) ? named.name : null;
}

async function artifactOf(session: AppSession, kind: TableKind): Promise<Artifact> {
  const { rows, clustering, sweep, notes, project } = session;
  switch (kind) {
    case 'labels':
      return labelsCsv(rows, clustering ?? missing(), { notes: notes.size > 0 ? notes : undefined });
    case 'scores':
      return scoresCsv(sweep ?? missing());
    case 'skipped':
      return skippedCsv(session.skipped);
    case 'embeddings':
      return matrixNpy(await matrix(session));
    case 'bundle':
      return embeddingsBundle(rows, await matrix(session), (project ?? missing()).spec);
    case 'images':
      return selectionZip(chosenImages(session), clustering?.k ?? 1);
  }
}

async function matrix({ project }: AppSession): Promise<Matrix> {
  const { id, spec } = project ?? missing();
  const { n, d, data } = await vectors(id, specKey(spec));
  return { rows: n, dim: d, chunks: [data] };
}

/** The selected images, or all when none is; those not clustered yet count as cluster 0. */
function* chosenImages({
  project,
  selection,
  rows,
  clustering,
  notes,
}: AppSession): Generator<SelectedImage> {
  const { id } = project ?? missing();
  const chosen = selection.count > 0 ? selection.rows : rows.paths.keys();
  for (const row of chosen) {
    const cluster = clustering?.labels[row] ?? 0;
    yield {
      path: rows.paths[row],
      cluster,
      clusterName: notes.get(cluster)?.name,
      read: () => original(id, row),
    };
  }
}

function missing(): never {
  throw new TesseraError('too-few-images', 'There is nothing to export yet; wait for the first clusters.');
}
