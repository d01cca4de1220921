import type { AddressSketch } from '../../domain/addresses';
import type { ErrorRecord } from '../../domain/errors';
import type { DroppedFile } from '../../domain/files';
import type { EmbedSpec } from '../../domain/spec';
import type { QueryPicture } from '../../domain/search';
import type { DocumentPage } from '../../domain/remote';
import type { AnalysisProgress, BackendInfo, EmbedEvent, EmbedProgress } from '../../domain/progress';
import type { BackendChoice, Counts, Project } from '../../domain/project';
import type {
  DescriptorPreview,
  DescriptorRequest,
  ImportedDescriptors,
  ImportedEmbeddings,
  NonFinite,
} from '../../domain/services';
import { purgeRemoved, type NewProject } from '../../jobs/projects';
import { QueueJob, type QueuedSet, type QueueEvent, type Turn } from '../../jobs/queue';
import { i18n } from '../i18n/i18n.svelte';
import { backendFromQuery } from './address';
import { notices } from './notices.svelte';
import { rememberTiming } from './project-timings';
import { itemsOf, withFilesAtHand, type ById } from './queue-items';
import { QueueSpace } from './queue-space.svelte';
import { QueueSpeaker } from './queue-speaker.svelte';
import { optionsOf } from './sweep-options';
import { EmbedClock } from './timings.svelte';

/** What somebody who shows a project wants to know of its run. */
export interface RunListener {
  /** More rows are committed. */
  onRows(): void;
  /** Rows that were known by their path only have their pictures. */
  onPictures(rows: number[]): void;
  onFinished(): void;
}

const NOTICES = {
  'device-lost': 'deviceLost',
  'fallback-wasm': 'fallback',
  'quota-near': 'quotaNear',
} as const;

/** The queue of sets: what runs, how far each is, and what the person wants of them. Owns all embedding. */
export class QueueRun {
  sets = $state.raw<readonly QueuedSet[]>([]);
  turn = $state.raw<Turn | null>(null);
  /** What ran the network of a project last, until `forgetBackend`. */
  backend = $state.raw<Readonly<Record<string, BackendInfo>>>({});
  clustering = $state.raw<AnalysisProgress | null>(null);
  /** Another tab works on the queue: here it can be looked at only. */
  elsewhere = $state(false);
  private progress = $state.raw<ById<EmbedProgress>>({});
  private kept = $state.raw<ById<Counts>>({});
  private reading = $state<string | null>(null);
  /** Said once the first run really goes on: another tab may have it. */
  private resuming = false;
  private said: number | null = null;
  private shown: { projectId: string; listener: RunListener } | null = null;
  readonly speaker = new QueueSpeaker(this);
  readonly space = new QueueSpace(() => this.resumeAll());
  private readonly clock = new EmbedClock();
  private readonly job: QueueJob;

  /** `?backend=` in the address wins over what a project says. */
  readonly forcedBackend = backendFromQuery(location.search);

  constructor() {
    const backendOf = ({ backend }: Project): BackendChoice => this.forcedBackend ?? backend;
    this.job = new QueueJob({ listen: (event) => this.on(event), backendOf, optionsOf });
  }

  readonly items = $derived.by(() =>
    itemsOf(this.sets, {
      turn: this.turn,
      progress: this.progress,
      kept: this.kept,
      reading: this.reading,
      clustering: this.clustering,
      isFull: this.space.isFull,
      isAtHand: (id) => this.job.hasAtHand(id),
    }),
  );

  /** Goes on with what earlier visits left. Errors: `store`. */
  async start(): Promise<void> {
    this.resuming = true;
    await this.job.start();
  }

  /** Tells `listener` of the run of the project that is looked at from now on. */
  show(projectId: string | null, listener: RunListener): void {
    this.shown = projectId === null ? null : { projectId, listener };
    this.job.show(projectId);
  }

  isShown(projectId: string): boolean {
    return this.shown?.projectId === projectId;
  }

  progressOf(projectId: string): EmbedProgress | null {
    return this.progress[projectId] ?? null;
  }

  isRunning(projectId: string): boolean {
    const state = this.progressOf(projectId)?.state;
    return state === 'running' || state === 'paused';
  }

  /** The latest that was told of it in this visit. */
  countsOf(projectId: string): Counts | null {
    return this.kept[projectId] ?? this.progressOf(projectId)?.counts ?? null;
  }

  /** The store's counts, with files not read yet as waiting if they are still at hand. */
  withFilesAtHand(projectId: string, stored: Counts): Counts {
    return withFilesAtHand(stored, this.job.hasAtHand(projectId));
  }

  /** False: there is no space for them yet. */
  add(projectId: string, files: DroppedFile[]): Promise<boolean> {
    this.resuming = false;
    return this.job.add(projectId, files);
  }
  /** The same with a project that is made for them. */
  addSet(fields: NewProject, files: DroppedFile[]): Promise<boolean> {
    return this.job.addSet(fields, files);
  }
  takeDocuments(projectId: string, next: () => Promise<DocumentPage | null>): Promise<void> {
    this.resuming = false;
    return this.job.takeDocuments(projectId, next);
  }
  /** Its descriptor is another one now, which nothing has run for yet. */
  forgetBackend(projectId: string): void {
    const { [projectId]: _, ...rest } = this.backend;
    this.backend = rest;
  }
  /** Embeds all that is not finished when its turn comes. */
  async enqueue(projectId: string): Promise<void> {
    this.resuming = false;
    if (this.space.isFull) await this.resumeAll();
    await this.job.enqueue(projectId);
  }
  pause(projectId: string): Promise<void> {
    return this.job.pause(projectId);
  }
  stop(projectId: string): Promise<void> {
    return this.job.stop(projectId);
  }
  pauseAll(): Promise<void> {
    return this.job.pauseAll();
  }
  async resumeAll(): Promise<void> {
    // To free what was removed is what makes room.
    if (this.space.isFull) await purgeRemoved();
    await this.job.resumeAll();
  }
  leave(arrival: string): Promise<void> {
    return this.job.leave(arrival);
  }
  move(projectId: string, before: string | null): Promise<void> {
    return this.job.move(projectId, before);
  }
  remove(projectId: string): Promise<() => Promise<void>> {
    return this.job.remove(projectId);
  }
  clearFinished(): Promise<void> {
    return this.job.clearFinished();
  }
  refresh(): Promise<void> {
    return this.job.refresh();
  }
  /** Changes a project while nothing is written to it. */
  without<T>(projectId: string, work: () => Promise<T>): Promise<T> {
    return this.job.without(projectId, async () => {
      this.forget(projectId);
      return work();
    });
  }
  embedPicture(file: Blob, spec: EmbedSpec, backend: BackendChoice): Promise<QueryPicture> {
    return this.job.embedPicture(file, spec, backend);
  }
  inspectAddresses(file: File): Promise<AddressSketch> {
    return this.job.inspectAddresses(file);
  }
  fetchAgain(projectId: string, origins: readonly string[]): Promise<void> {
    this.resuming = false;
    return this.job.fetchAgain(projectId, origins);
  }
  importEmbeddings(projectId: string, file: Blob): Promise<ImportedEmbeddings> {
    return this.job.importEmbeddings(projectId, file);
  }
  inspectDescriptors(projectId: string | null, asked: DescriptorRequest): Promise<DescriptorPreview> {
    return this.job.inspectDescriptors(projectId, asked);
  }
  checkDescriptors(
    file: File,
    array: string | null,
    progress: (fraction: number) => void,
  ): Promise<NonFinite> {
    return this.job.checkDescriptors(file, array, progress);
  }
  importDescriptors(
    projectId: string,
    asked: DescriptorRequest,
    progress: (fraction: number) => void,
  ): Promise<ImportedDescriptors> {
    this.resuming = false;
    return this.job.importDescriptors(projectId, asked, progress);
  }
  /** Ends what runs here; the next visit goes on. */
  close(): Promise<void> {
    return this.job.dispose();
  }

  private on(event: QueueEvent): void {
    switch (event.type) {
      case 'sets':
        this.sets = event.sets;
        break;
      case 'turn':
        this.turn = event.turn;
        this.clustering = null;
        break;
      case 'embed':
        this.onEmbed(event.projectId, event.event);
        break;
      case 'reading':
        this.reading = event.projectId;
        break;
      case 'kept':
        this.kept = { ...this.kept, [event.projectId]: event.counts };
        break;
      case 'clustering':
        this.clustering = event.progress;
        break;
      case 'failed':
        this.onFailed(event.projectId, event.error);
        break;
      case 'full':
        this.space.take(event.error);
        break;
      case 'arrivals':
        this.space.arrivals = event.arrivals;
        break;
      case 'ready':
        this.speaker.ready(event.projectId);
        break;
      case 'over':
        this.speaker.over();
        break;
      case 'elsewhere':
        this.onElsewhere(event.elsewhere);
    }
  }

  private onEmbed(projectId: string, event: EmbedEvent): void {
    const isShown = this.isShown(projectId);
    this.time(projectId, event);
    switch (event.type) {
      case 'progress':
        // A tab that was opened in the middle has not heard whose turn it is.
        if (this.elsewhere && this.turn?.projectId !== projectId) this.turn = { projectId, step: 'embed' };
        this.setProgress(projectId, event.progress);
        if (this.resuming) notices.info(() => i18n.m.shell.notices.resumed);
        this.resuming = false;
        break;
      case 'backend':
        this.backend = { ...this.backend, [projectId]: event.info };
        break;
      case 'rows':
        if (isShown) this.shown!.listener.onRows();
        break;
      case 'pictures':
        if (isShown) this.shown!.listener.onPictures(event.rows);
        break;
      case 'notice':
        notices.warn(() => i18n.m.shell.notices[NOTICES[event.code]]);
        break;
      case 'finished': {
        const { counts } = event;
        const state = counts.waiting > 0 ? 'cancelled' : 'done';
        this.setProgress(projectId, { state, counts, rate: null, secondsLeft: null });
        if (isShown) this.shown!.listener.onFinished();
      }
    }
  }

  /** Remembers how long embedding takes; what another tab embeds, that one remembers. */
  private time(projectId: string, event: EmbedEvent): void {
    if (this.elsewhere) return;
    const spec = this.sets.find(({ project }) => project.id === projectId)?.project.spec;
    const network = spec?.kind === 'network' ? spec.title : '';
    const timing = this.clock.take(event, { projectId, network, at: Date.now() });
    if (timing) rememberTiming(projectId, timing);
  }

  private onFailed(projectId: string, error: ErrorRecord): void {
    const progress = this.progressOf(projectId);
    if (progress) this.setProgress(projectId, { ...progress, state: 'failed' });
    this.resuming = false;
    if (this.isShown(projectId)) {
      const run = (): void => void this.enqueue(projectId).catch((reason) => notices.error(reason));
      notices.record(error, { label: () => i18n.m.shell.app.retry, run });
    } else this.speaker.setAside(projectId, error);
  }

  private onElsewhere(elsewhere: boolean): void {
    if (elsewhere && !this.elsewhere) {
      const text = (): string => i18n.m.queue.elsewhere;
      this.said = notices.say({ tone: 'info', text }, true);
    } else if (!elsewhere && this.said !== null) notices.dismiss(this.said);
    this.elsewhere = elsewhere;
    if (!elsewhere) this.turn = null;
  }

  private setProgress(projectId: string, progress: EmbedProgress): void {
    if (this.kept[projectId]) this.kept = without(this.kept, projectId);
    this.progress = { ...this.progress, [projectId]: progress };
  }

  private forget(projectId: string): void {
    this.progress = without(this.progress, projectId);
    this.kept = without(this.kept, projectId);
  }
}

function without<T>(of: ById<T>, id: string): ById<T> {
  return Object.fromEntries(Object.entries(of).filter(([key]) => key !== id));
}
