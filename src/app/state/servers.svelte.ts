import type { ElasticQuery, RemoteSource } from '../../domain/remote';
import { deleteRemote, documentsOf, readRemotes } from '../../jobs/documents';
import type { ElasticConnection } from '../../jobs/elastic';
import { CONNECTORS } from '../../jobs/remote';
import { i18n } from '../i18n/i18n.svelte';
import { notices } from './notices.svelte';
import type { AppSession } from './session.svelte';

/** What the dialog is for: images from a server, going on with some, results to it, or a search there for what is like an image. */
export type ServerTask =
  | { kind: 'import' }
  | { kind: 'resume'; source: RemoteSource }
  | { kind: 'write' }
  | { kind: 'search'; row: number };

interface Host {
  readonly session: AppSession;
  ensureProject(name: string | null): Promise<void>;
  attempt(work: () => Promise<void>): Promise<void>;
}

/** Servers that a project takes images from or writes results to. */
export class Servers {
  /** Whether this build talks to servers. */
  readonly available = CONNECTORS;
  task = $state.raw<ServerTask | null>(null);
  /** Servers of the open project, and whether its images came from documents. */
  sources = $state.raw<readonly RemoteSource[]>([]);
  documents = $state(0);
  private taking: { connection: ElasticConnection; source: RemoteSource } | null = null;
  private progress = $state.raw<RemoteSource | null>(null);

  constructor(private readonly host: Host) {}

  /** Reads what a project has of servers; says so when some of it never arrived. */
  async look(projectId: string | null): Promise<void> {
    this.sources = [];
    this.documents = 0;
    if (projectId === null || !this.available) return;
    const [sources, documents] = await Promise.all([readRemotes(projectId), documentsOf(projectId)]);
    if (this.host.session.project?.id !== projectId) return;
    this.sources = sources;
    this.documents = documents.size;
    const source = sources.find(({ done, id }) => !done && id !== this.taking?.source.id);
    if (source)
      notices.warn(() => i18n.m.connect.unfinished(source.announced, source.total, source.query.index), {
        label: () => i18n.m.connect.goOn,
        run: () => (this.task = { kind: 'resume', source }),
      });
  }

  /** Takes all that a query finds into the open project, or a new one of the index's name. */
  async begin(connection: ElasticConnection, query: ElasticQuery, total: number): Promise<void> {
    await this.host.attempt(async () => {
      await this.host.ensureProject(query.index);
      await this.take(connection, await connection.begin(query, total));
    });
  }

  /** Goes on with a source of the open project. */
  async goOn(connection: ElasticConnection, source: RemoteSource): Promise<void> {
    await this.host.attempt(() => this.take(connection, source));
  }

  /** Forgets where the rest of a source would come from. */
  async forget(source: RemoteSource): Promise<void> {
    const { project } = this.host.session;
    if (!project) return;
    await deleteRemote(project.id, source.id);
    this.sources = this.sources.filter(({ id }) => id !== source.id);
  }

  private async take(connection: ElasticConnection, source: RemoteSource): Promise<void> {
    const { session } = this.host;
    const projectId = session.project!.id;
    this.taking?.connection.stop();
    this.taking = { connection, source };
    this.progress = source;
    const notice = notices.say(
      {
        tone: 'info',
        text: () => i18n.m.connect.taking(this.progress?.announced ?? 0, this.progress?.total ?? 0),
        action: { label: () => i18n.m.connect.stop, run: () => connection.stop() },
      },
      true,
    );
    try {
      const next = await connection.pages(projectId, source, (now) => (this.progress = now));
      await session.additions.documents(next);
      const { announced } = this.progress;
      notices.info(() => i18n.m.connect.taken(announced));
    } finally {
      notices.dismiss(notice);
      if (this.taking?.connection === connection) this.taking = null;
      await connection.close();
      if (session.project?.id === projectId) await this.look(projectId);
    }
  }
}
