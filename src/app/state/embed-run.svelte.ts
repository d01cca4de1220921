import type { DroppedFile } from '../../domain/files';
import type { BackendInfo, EmbedEvent, EmbedProgress } from '../../domain/progress';
import type { BackendChoice, Counts, Project } from '../../domain/project';
import type { ImportedEmbeddings } from '../../domain/services';
import { EmbedJob } from '../../jobs/embed-job';
import type { AddressSketch } from '../../domain/addresses';
import { i18n } from '../i18n/i18n.svelte';
import { notices } from './notices.svelte';
import { recall, remember } from './remember';

interface Listener {
  /** More rows are committed. */
  onRows(): void;
  onFinished(): void;
  /** The person wants to try again after a failure. */
  onRetry(): void;
}

const NOTICES = {
  'device-lost': 'deviceLost',
  'fallback-wasm': 'fallback',
  'quota-near': 'quotaNear',
} as const;

/** A list of files that takes longer (milliseconds) is embedded while the rest of it is still being read. */
const LONG_LIST = 1000;

/** Reading and embedding of the open project: what runs, how far it is, and whether the person stopped it. */
export class EmbedRun {
  progress = $state.raw<EmbedProgress | null>(null);
  backend = $state.raw<BackendInfo | null>(null);

  private readonly job = new EmbedJob((event) => this.onEvent(event));
  /** Said once the run really goes on: another tab may have it. */
  private resuming = false;
  /** The project whose added files this page still has at hand, read or not. */
  private atHand: string | null = null;

  constructor(private readonly listener: Listener) {}

  get active(): boolean {
    return this.progress?.state === 'running' || this.progress?.state === 'paused';
  }

  /** Ends what runs, to go on when the project is opened again, and forgets it. */
  async close(): Promise<void> {
    await this.job.cancel();
    this.progress = this.backend = null;
    this.resuming = false;
  }

  /** Whether the person stopped this project's run: it does not go on by itself then. */
  wasStopped(projectId: string): boolean {
    return recall('stopped') === projectId;
  }

  /** The store's counts, with files not read yet as waiting if they are still at hand, as a run counts them. */
  withFilesAtHand(projectId: string, counts: Counts): Counts {
    if (this.atHand !== projectId) return counts;
    return { ...counts, waiting: counts.waiting + counts.missing, missing: 0 };
  }

  /** Embeds all that is not finished; `resuming` says so. */
  async start({ id, spec }: Project, backend: BackendChoice, resuming = false): Promise<void> {
    remember('stopped', null);
    this.resuming = resuming;
    if (this.atHand !== id) this.atHand = null;
    await this.job.start(id, spec, backend);
  }

  /** Adds files and embeds them. */
  async add(project: Project, backend: BackendChoice, files: DroppedFile[]): Promise<void> {
    this.atHand = project.id;
    const adding = this.job.add(project.id, files);
    await Promise.race([adding, new Promise((resolve) => setTimeout(resolve, LONG_LIST))]);
    const run = this.start(project, backend);
    await adding;
    // A run that was just ending may have missed them; one that was stopped or failed is left alone.
    void run.then(() => {
      const { progress } = this;
      if (
        progress &&
        progress.counts.waiting > 0 &&
        progress.state !== 'failed' &&
        !this.wasStopped(project.id)
      )
        void this.start(project, backend);
    });
  }

  /** Fetches from these servers what is not kept yet, and embeds it. */
  async fetchAgain(project: Project, backend: BackendChoice, origins: readonly string[]): Promise<void> {
    this.atHand = project.id;
    await this.job.fetchAgain(project.id, origins);
    void this.start(project, backend);
  }

  inspectAddresses(file: File): Promise<AddressSketch> {
    return this.job.inspectAddresses(file);
  }

  pause = (): Promise<void> => this.job.pause();
  resume = (): Promise<void> => this.job.resume();

  /** Ends what runs for another descriptor or backend to take over. */
  interrupt = (): Promise<void> => this.job.cancel();

  /** Ends what runs because the person wants it. */
  async stop(projectId: string): Promise<void> {
    remember('stopped', projectId);
    await this.job.cancel();
  }

  importEmbeddings(projectId: string, file: Blob): Promise<ImportedEmbeddings> {
    return this.job.importEmbeddings(projectId, file);
  }

  private onEvent(event: EmbedEvent): void {
    switch (event.type) {
      case 'progress':
        this.progress = event.progress;
        if (this.resuming) notices.info(() => i18n.m.shell.notices.resumed);
        this.resuming = false;
        break;
      case 'backend':
        this.backend = event.info;
        break;
      case 'rows':
        this.listener.onRows();
        break;
      case 'notice':
        notices.warn(() => i18n.m.shell.notices[NOTICES[event.code]]);
        break;
      case 'failed':
        this.resuming = false;
        if (this.progress) this.progress = { ...this.progress, state: 'failed' };
        notices.record(event.error, {
          label: () => i18n.m.shell.app.retry,
          run: () => this.listener.onRetry(),
        });
        break;
      case 'finished':
        this.finish(event.counts);
    }
  }

  private finish(counts: Counts): void {
    const state = counts.waiting > 0 ? 'cancelled' : 'done';
    this.progress = { state, counts, rate: null, secondsLeft: null };
    this.listener.onFinished();
  }
}
