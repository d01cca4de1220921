import type { ProjectSummary } from '../../domain/project';
import * as jobs from '../../jobs/projects';
import { i18n } from '../i18n/i18n.svelte';
import { notices } from './notices.svelte';
import type { AppSession } from './session.svelte';

/** All projects of this browser and the space they take. */
export class Library {
  list = $state.raw<readonly ProjectSummary[]>([]);
  storage = $state.raw<jobs.StorageState>({ usage: null, quota: null, persisted: null });

  constructor(private readonly session: AppSession) {}

  async refresh(): Promise<void> {
    [this.list, this.storage] = await Promise.all([jobs.listProjects(), jobs.storage()]);
  }

  async rename(id: string, name: string): Promise<void> {
    const before = this.list.find((entry) => entry.project.id === id)?.project.name;
    const wanted = name.trim();
    if (before === undefined || wanted === '' || wanted === before) return;
    await this.applyName(id, wanted);
    const repeat = (): Promise<void> => this.applyName(id, wanted);
    this.session.bookUndo(`rename ${id}`, () => this.applyName(id, before), { repeat });
  }

  /** Takes a project away at once; a notice brings it back for some seconds. */
  async remove(id: string): Promise<void> {
    const name = this.list.find((entry) => entry.project.id === id)?.project.name ?? '';
    const wasOpen = this.session.project?.id === id;
    if (wasOpen) await this.session.open(null);
    const { undo } = await this.session.queue.without(id, () => jobs.removeProject(id));
    await this.refresh();
    let back = false;
    const restore = async (): Promise<void> => {
      if (back) return;
      back = true;
      notices.dismiss(notice);
      await undo();
      await this.session.queue.refresh();
      if (wasOpen) await this.session.open(id);
      await this.refresh();
    };
    const notice = notices.info(() => i18n.m.shell.projects.removed(name), {
      label: () => i18n.m.shell.app.undo,
      run: () => void restore().catch((error) => notices.error(error)),
    });
    this.session.bookUndo(`delete ${id}`, restore);
  }

  /** Asks the browser to keep everything; false when it declines. */
  async persist(): Promise<boolean> {
    const kept = await navigator.storage.persist().catch(() => false);
    this.storage = await jobs.storage();
    return kept;
  }

  private async applyName(id: string, name: string): Promise<void> {
    if (this.session.project?.id === id) await this.session.change({ name });
    else await jobs.renameProject(id, name);
    await this.refresh();
  }
}
