import { namesAfter } from '../../domain/edit-log';
import type { EditLog } from '../../domain/edits';
import type { Project } from '../../domain/project';
import * as jobs from '../../jobs/projects';
import { logsOf, NO_LOGS, withLog, withoutLog } from './edit-logs';
import { notices } from './notices.svelte';

/** The edits of all clusterings of the open project; what is put here is written to the store. */
export class KeptEdits {
  logs = $state.raw(NO_LOGS);
  private saving: Promise<void> = Promise.resolve();

  constructor(private readonly host: { readonly project: Project | null }) {}

  /** Reads what is kept of a project; null forgets it. */
  async read(projectId: string | null): Promise<void> {
    this.logs = NO_LOGS;
    if (projectId !== null) this.logs = logsOf(await jobs.edits(projectId));
  }

  put(log: EditLog): void {
    this.logs = withLog(this.logs, log);
    this.write((projectId) => jobs.keepEdits(projectId, log, namesAfter(log)));
  }

  remove(log: EditLog): void {
    this.logs = withoutLog(this.logs, log);
    this.write((projectId) => jobs.forgetEdits(projectId, log));
  }

  /** One write after the other, so that the last one stays. */
  private write(work: (projectId: string) => Promise<void>): void {
    const { project } = this.host;
    if (!project) return;
    this.saving = this.saving.then(() => work(project.id)).catch((error) => notices.error(error));
  }
}
