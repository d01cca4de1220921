import { version } from '../../../package.json';
import { inForce } from '../../domain/edit-log';
import type { Artifact } from '../../exports/artifact';
import type { JoinedTable, MethodsFacts } from '../../exports/methods/facts';
import { methodsPage, type Language, type MethodsFormat } from '../../exports/methods/methods';
import { save } from '../../exports/save';
import type { TableEntry } from '../../domain/metadata';
import type { Project } from '../../domain/project';
import type { EmbedSpec } from '../../domain/spec';
import { defaultSpec } from '../../jobs/models';
import { ofProject } from './exports';
import type { AppSession } from './session.svelte';

/** What a methods page needs of the session. */
export type MethodsHost = Pick<
  AppSession,
  | 'project'
  | 'backend'
  | 'counts'
  | 'skipped'
  | 'sweep'
  | 'clustering'
  | 'projection'
  | 'notes'
  | 'columns'
  | 'edits'
>;

/** Lets the person keep the methods page of the open project; null when they closed the dialog. Must follow a click. */
export async function exportMethods(
  session: MethodsHost,
  language: Language,
  format: MethodsFormat,
): Promise<string | null> {
  const { project, counts, columns } = session;
  if (!project || !counts) return null;
  await session.edits.settled();
  const { backend, skipped, sweep, clustering, projection, notes } = session;
  const tables = columns.tables.map(joinedTable);
  const { log } = session.edits;
  const edits = log ? inForce(log) : [];
  const facts = { counts, backend, skipped, sweep, clustering, projection, notes, tables, edits };
  const named = ofProject(session, await methodsOf(project, facts, language, format));
  return (await save(named)) ? named.name : null;
}

/** A table as the methods page tells of it. */
export function joinedTable({ name, rows, key, report }: TableEntry): JoinedTable {
  return { name, rows, key, matched: report.matched, images: report.images };
}

/** The methods page of a project as a file. */
export function methodsOf(
  project: Pick<Project, 'name' | 'spec'>,
  facts: Omit<MethodsFacts, 'project' | 'spec' | 'isOwnNetwork' | 'app' | 'time' | 'browser'>,
  language: Language,
  format: MethodsFormat,
): Promise<Artifact> {
  const { name, spec } = project;
  const here = { app: version, time: Date.now(), browser: navigator.userAgent };
  return methodsPage(
    { ...facts, ...here, project: name, spec, isOwnNetwork: isOwnNetwork(spec) },
    language,
    format,
  );
}

function isOwnNetwork(spec: EmbedSpec): boolean {
  const own = defaultSpec('squash');
  return spec.kind === 'network' && own.kind === 'network' && own.sha256 === spec.sha256;
}
