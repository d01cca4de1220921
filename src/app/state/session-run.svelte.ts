import { TesseraError } from '../../domain/errors';
import type { Counts, Project } from '../../domain/project';
import { listProjects } from '../../jobs/projects';
import { QueueRun } from './queue.svelte';
import { setsAhead } from './queue-items';
import { SessionView } from './session-view.svelte';

/** The open project, and how far the embedding of its files is. */
export abstract class SessionRun extends SessionView {
  project = $state.raw<Project | null>(null);
  /** Counts as the store has them, while no run tells newer ones. */
  private storedCounts = $state.raw<Counts | null>(null);

  constructor(readonly queue = new QueueRun()) {
    super();
  }

  /** Throws while none is open. */
  get opened(): Project {
    if (!this.project) throw new Error('No project is open.');
    return this.project;
  }
  get counts(): Counts | null {
    const { project } = this;
    return (project && this.queue.countsOf(project.id)) ?? this.storedCounts;
  }
  get progress() {
    return this.project && this.queue.progressOf(this.project.id);
  }
  get running(): boolean {
    return this.project !== null && this.queue.isRunning(this.project.id);
  }
  get backend() {
    return this.project ? (this.queue.backend[this.project.id] ?? null) : null;
  }
  /** `?backend=` in the address wins over the project's choice. */
  get forcedBackend() {
    return this.queue.forcedBackend;
  }
  /** Sets that come before this one; null when it does not wait for its turn. */
  get ahead(): number | null {
    return setsAhead(this.queue.items, this.project);
  }

  /** Embeds all that is not finished, when its turn comes. */
  async run(): Promise<void> {
    if (this.project) await this.queue.enqueue(this.project.id);
  }
  pause(): Promise<void> {
    return this.queue.pause(this.opened.id);
  }
  resume(): Promise<void> {
    return this.queue.enqueue(this.opened.id);
  }
  cancel(): Promise<void> {
    return this.queue.stop(this.opened.id);
  }

  protected async readCounts(): Promise<Counts> {
    const { id } = this.opened;
    const summary = (await listProjects()).find(({ project }) => project.id === id);
    if (!summary) throw new TesseraError('store', 'This project no longer exists.');
    return (this.storedCounts = this.queue.withFilesAtHand(id, summary.counts));
  }

  protected forgetProject(): void {
    this.project = this.storedCounts = null;
    this.forgetView();
  }
}
