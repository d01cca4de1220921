import type { AddressSketch } from '../domain/addresses';
import type { SweepOptions } from '../domain/clustering';
import { toRecord, type ErrorRecord } from '../domain/errors';
import type { DroppedFile } from '../domain/files';
import type { EmbedSpec } from '../domain/spec';
import type { QueryPicture } from '../domain/search';
import type { DocumentPage } from '../domain/remote';
import type { AnalysisProgress, EmbedEvent } from '../domain/progress';
import type { BackendChoice, Counts, Project } from '../domain/project';
import type {
  DescriptorPreview,
  DescriptorRequest,
  ImportedDescriptors,
  ImportedEmbeddings,
  NonFinite,
} from '../domain/services';
import { lockQueue } from '../store/locks';
import { getProject } from '../store/projects';
import * as store from '../store/queue';
import type { QueuedSet } from '../store/queue';
import { clusterSet } from './cluster-set';
import { EmbedJob } from './embed-job';
import { KeepAhead } from './keep-ahead';
import { nextTurn, type Turn } from './next-turn';

export type { QueuedSet } from '../store/queue';
export type { Turn } from './next-turn';

/** How long a project that another tab is writing is left alone, in milliseconds. */
const BUSY_MS = 2_000;
/** A list of files that takes longer (milliseconds) is embedded while the rest of it is still being read. */
const LONG_LIST_MS = 1_000;
const CHANNEL = 'tessera-queue';

export type QueueEvent =
  /** The queue as the store has it now. */
  | { type: 'sets'; sets: QueuedSet[] }
  /** Whose turn it is; null: nobody's. */
  | { type: 'turn'; turn: Turn | null }
  | { type: 'embed'; projectId: string; event: EmbedEvent }
  /** Whose files are read before their turn; null: nobody's. */
  | { type: 'reading'; projectId: string | null }
  /** Files of a project that waits were kept. */
  | { type: 'kept'; projectId: string; counts: Counts }
  | { type: 'clustering'; projectId: string; progress: AnalysisProgress }
  | { type: 'failed'; projectId: string; error: ErrorRecord }
  /** Embedded and, unless somebody looks at it and sees to that, clustered. */
  | { type: 'ready'; projectId: string }
  /** Nothing is left to do. */
  | { type: 'over' }
  /** Another tab works on the queue. */
  | { type: 'elsewhere'; elsewhere: boolean };

export interface QueueParts {
  listen: (event: QueueEvent) => void;
  backendOf: (project: Project) => BackendChoice;
  optionsOf: (project: Project) => SweepOptions;
}

interface RunningTurn extends Turn {
  /** Waits where it is. */
  paused: boolean;
  stop: AbortController;
  over: Promise<void>;
}

/**
 * Projects one behind the other, in the order of the store: each is embedded, then clustered. One tab at a time does so; the
 * others are told what it tells, list and keep the files that are given to them, and take over when it ends.
 */
export class QueueJob {
  private sets: readonly QueuedSet[] = [];
  private readonly job = new EmbedJob((event) => this.onEmbed(event));
  private readonly ahead = new KeepAhead(this.job, {
    wanted: () => this.sets.filter((set) => this.mayKeep(set)),
    reading: (projectId) => this.tell({ type: 'reading', projectId }),
    kept: (projectId, counts) => this.tell({ type: 'kept', projectId, counts }),
    ended: (projectId) => this.reopen(projectId),
    failed: (projectId, error) => this.fail(projectId, error),
  });
  private readonly channel = new BroadcastChannel(CHANNEL);
  private readonly life = new AbortController();
  private working: Promise<void> | null = null;
  private turn: RunningTurn | null = null;
  private outcome: EmbedEvent | null = null;
  /** Not to be started now: somebody changes them, or another tab writes them. */
  private readonly apart = new Map<string, number>();
  private shown: string | null = null;
  /** Given files since their run began. */
  private readonly late = new Set<string>();

  constructor(private readonly parts: QueueParts) {
    this.channel.onmessage = ({ data }: MessageEvent<QueueEvent | 'changed'>) => {
      if (data === 'changed') void this.refresh();
      else parts.listen(data);
    };
  }

  /** Reads the queue and goes on with it. Errors: `store`. */
  async start(): Promise<void> {
    await this.reload();
    const isOver = this.sets.every(({ entry }) => store.isFinished(entry) && entry.clusteredAt !== undefined);
    if (isOver && this.sets.length > 0) await this.change(store.clearFinished());
    this.go();
  }

  /** The project that is looked at: its clusters are made where they are shown. */
  show(projectId: string | null): void {
    this.shown = projectId;
    if (this.turn?.step === 'cluster' && this.turn.projectId === projectId) this.turn.stop.abort();
    this.go();
  }

  /** Whether files of it were given here and may still be read. */
  hasAtHand(projectId: string): boolean {
    return this.ahead.has(projectId);
  }

  /** Lists files in the project and puts it in the queue. Errors: `project-busy`, `quota`, `store`. */
  add(projectId: string, files: DroppedFile[]): Promise<void> {
    return this.follow(projectId, this.job.add(projectId, files));
  }

  /** Takes documents of a server in, as `EmbedJob.takeDocuments` does, and puts the project in the queue. */
  takeDocuments(projectId: string, next: () => Promise<DocumentPage | null>): Promise<void> {
    return this.follow(projectId, this.job.takeDocuments(projectId, next));
  }

  /** Lets a project have its turn while more is being added to it. */
  private async follow(projectId: string, adding: Promise<void>): Promise<void> {
    const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), LONG_LIST_MS));
    // Not in the queue before it is held here: another tab might take its turn, and the right to write it, in between.
    const isListed = await Promise.race([adding.then(() => true), late]);
    this.takeIn(projectId);
    await this.enqueue(projectId);
    if (isListed) return;
    await adding;
    this.takeIn(projectId);
    await this.reopen(projectId);
  }

  /** Puts a project at the end, or lets one that is there go on, whatever stopped it. */
  async enqueue(projectId: string): Promise<void> {
    await this.change(store.enqueue(projectId));
    const { turn } = this;
    if (turn?.projectId === projectId && turn.paused) {
      turn.paused = false;
      await this.job.resume();
    }
    this.go();
  }

  /** Passes the turn of a project; with nobody to pass it to, its run waits where it is. */
  async pause(projectId: string): Promise<void> {
    await this.change(store.changeEntry(projectId, { paused: true }));
    const { turn } = this;
    if (turn?.projectId !== projectId) return;
    if (turn.step === 'embed' && !this.next()) await this.rest(turn);
    else await this.end(projectId);
  }

  /** Sets a project aside and ends its run. */
  async stop(projectId: string): Promise<void> {
    await this.change(store.changeEntry(projectId, { paused: true }));
    await this.end(projectId);
  }

  async pauseAll(): Promise<void> {
    await this.change(store.holdAll(true));
    await this.ahead.stop();
    if (this.turn?.step === 'embed') await this.rest(this.turn);
    else this.turn?.stop.abort();
  }

  async resumeAll(): Promise<void> {
    await this.change(store.holdAll(false));
    const { turn } = this;
    const entry = this.sets.find(({ project }) => project.id === turn?.projectId)?.entry;
    if (turn?.paused && entry && !entry.paused) {
      turn.paused = false;
      await this.job.resume();
    }
    this.go();
  }

  async move(projectId: string, before: string | null): Promise<void> {
    await this.change(store.moveEntry(projectId, before));
  }

  /** Takes a project out of the queue; its files and results stay. Answers what puts it back. */
  async remove(projectId: string): Promise<() => Promise<void>> {
    const entry = await this.change(store.dequeue(projectId));
    await this.end(projectId);
    return async () => {
      if (entry) await this.change(store.restoreEntry(entry));
      this.go();
    };
  }

  async clearFinished(): Promise<void> {
    await this.change(store.clearFinished());
  }

  /** Changes a project while it is not worked on: its run ends before, and goes on after, if it is still in the queue. */
  async without<T>(projectId: string, work: () => Promise<T>): Promise<T> {
    this.setApart(projectId, 1);
    try {
      await this.end(projectId);
      await this.ahead.stop(projectId);
      return await work();
    } finally {
      this.setApart(projectId, -1);
      await this.refresh();
    }
  }

  inspectAddresses(file: File): Promise<AddressSketch> {
    return this.job.inspectAddresses(file);
  }

  embedPicture(file: Blob, spec: EmbedSpec, backend: BackendChoice): Promise<QueryPicture> {
    return this.job.embedPicture(file, spec, backend);
  }

  /** Fetches from these servers what is not kept yet, and embeds it when its turn comes. */
  async fetchAgain(projectId: string, origins: readonly string[]): Promise<void> {
    await this.job.fetchAgain(projectId, origins);
    this.takeIn(projectId);
    await this.enqueue(projectId);
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

  /** Makes vectors of another tool a descriptor of the project, which nobody may work on meanwhile. Errors: as the job's. */
  importDescriptors(
    projectId: string,
    asked: DescriptorRequest,
    progress: (fraction: number) => void,
  ): Promise<ImportedDescriptors> {
    const listen = (event: EmbedEvent): void => {
      if (event.type === 'failed') void this.fail(projectId, event.error);
      else this.tell({ type: 'embed', projectId, event });
    };
    return this.job.importDescriptors(projectId, asked, listen, progress);
  }

  /** Ends what runs here; another tab, or the next visit, goes on. */
  async dispose(): Promise<void> {
    this.life.abort();
    if (this.turn) await this.end(this.turn.projectId);
    await this.working;
    await this.ahead.stop();
    this.channel.close();
    this.job.dispose();
  }

  private go(): void {
    if (this.life.signal.aborted) return;
    this.ahead.go();
    if (this.turn?.paused && this.next()) void this.end(this.turn.projectId);
    if (this.working || !this.next()) return;
    this.working = this.work()
      .catch((error: unknown) => this.tell({ type: 'failed', projectId: '', error: toRecord(error) }))
      .finally(() => (this.working = null));
  }

  private async work(): Promise<void> {
    const { signal } = this.life;
    const wait = (): void => this.parts.listen({ type: 'elsewhere', elsewhere: true });
    const release = await lockQueue(signal, wait).catch(() => null);
    if (!release) return;
    this.parts.listen({ type: 'elsewhere', elsewhere: false });
    try {
      await this.reload();
      for (let turn = this.next(); turn && !signal.aborted; turn = this.next()) {
        await this.take(turn);
        await this.change(Promise.resolve());
      }
      if (!signal.aborted && this.sets.every(({ entry }) => store.isFinished(entry) || entry.failure))
        this.tell({ type: 'over' });
    } finally {
      release();
    }
    // Something may have come while the last step was told.
    if (this.next()) setTimeout(() => this.go());
  }

  private next(): Turn | null {
    return nextTurn(this.sets, this.shown, new Set(this.apart.keys()));
  }

  private async take(turn: Turn): Promise<void> {
    const stop = new AbortController();
    const running: RunningTurn = { ...turn, paused: false, stop, over: Promise.resolve() };
    this.turn = running;
    this.tell({ type: 'turn', turn });
    this.ahead.go();
    running.over = this.step(turn, stop.signal).finally(() => {
      this.turn = null;
      this.tell({ type: 'turn', turn: null });
    });
    await running.over;
  }

  private async step({ projectId, step }: Turn, signal: AbortSignal): Promise<void> {
    const project = await getProject(projectId);
    if (!project) await store.dequeue(projectId);
    else if (signal.aborted) return;
    else if (step === 'embed') await this.embed(project);
    else await this.cluster(project, signal);
  }

  private async embed(project: Project): Promise<void> {
    const { id, spec } = project;
    this.late.delete(id);
    this.outcome = null;
    const run = this.job.start(id, spec, this.parts.backendOf(project));
    // It may have been told before there was a run to tell.
    if (this.turn?.paused) await this.job.pause();
    await run;
    const outcome = this.outcome as EmbedEvent | null;
    if (outcome?.type === 'failed') await this.fail(id, outcome.error);
    if (outcome?.type !== 'finished') return this.ahead.takeBack(id);
    // What was given meanwhile may have come too late for this run.
    if (this.late.has(id)) return;
    this.ahead.forget(id);
    await store.changeEntry(id, { embeddedAt: Date.now() });
    if (this.shown === id) this.tell({ type: 'ready', projectId: id });
  }

  private async cluster(project: Project, signal: AbortSignal): Promise<void> {
    const { id } = project;
    try {
      const report = (progress: AnalysisProgress): void =>
        this.tell({ type: 'clustering', projectId: id, progress });
      const byModel = (project.modelId ?? null) !== null;
      const isNew = !byModel && (await clusterSet(project, this.parts.optionsOf(project), report, signal));
      if (signal.aborted) return;
      await store.changeEntry(id, { clusteredAt: Date.now() });
      if (isNew) this.tell({ type: 'ready', projectId: id });
    } catch (error) {
      await this.fail(id, toRecord(error));
    }
  }

  /** Sets a project aside with the reason, and lets the next go on; without space, nobody goes on. */
  private async fail(projectId: string, error: ErrorRecord): Promise<void> {
    if (error.code === 'cancelled') return;
    if (error.code === 'project-busy') {
      this.setApart(projectId, 1);
      setTimeout(() => {
        this.setApart(projectId, -1);
        this.ahead.takeBack(projectId);
        void this.refresh();
      }, BUSY_MS);
      return;
    }
    await store.changeEntry(projectId, { failure: error });
    if (error.code === 'quota') await store.holdAll(true);
    await this.reload();
    this.tell({ type: 'failed', projectId, error });
  }

  /** Lets the run wait where it is. */
  private async rest(turn: RunningTurn): Promise<void> {
    turn.paused = true;
    await this.job.pause();
  }

  private async end(projectId: string): Promise<void> {
    const { turn } = this;
    if (turn?.projectId !== projectId) return;
    turn.stop.abort();
    if (turn.step === 'embed') await this.job.cancel();
    await turn.over;
  }

  /** Its run, here or in another tab, may have ended before all was kept. */
  private async reopen(projectId: string): Promise<void> {
    await this.reload();
    const set = this.sets.find(({ project }) => project.id === projectId);
    const isLate = this.late.has(projectId) || (set?.counts.waiting ?? 0) > 0;
    if (set && store.isFinished(set.entry) && isLate) await this.enqueue(projectId);
    else {
      this.post('changed');
      this.go();
    }
  }

  private takeIn(projectId: string): void {
    this.ahead.take(projectId);
    if (this.turn?.projectId === projectId) this.late.add(projectId);
  }

  private mayKeep({ project, entry }: QueuedSet): boolean {
    return project.id !== this.turn?.projectId && !entry.held && !this.apart.has(project.id);
  }

  private onEmbed(event: EmbedEvent): void {
    const { turn } = this;
    if (!turn) return;
    if (event.type === 'finished' || event.type === 'failed') this.outcome = event;
    // A failure is told once what follows from it is kept.
    if (event.type !== 'failed') this.tell({ type: 'embed', projectId: turn.projectId, event });
  }

  private async change<T>(write: Promise<T>): Promise<T> {
    const answer = await write;
    await this.reload();
    this.post('changed');
    return answer;
  }

  /** Looks at the store again, and goes on. */
  async refresh(): Promise<void> {
    if (this.life.signal.aborted) return;
    await this.reload();
    this.go();
  }

  private async reload(): Promise<void> {
    this.sets = await store.readQueue();
    this.parts.listen({ type: 'sets', sets: [...this.sets] });
  }

  private tell(event: QueueEvent): void {
    this.parts.listen(event);
    this.post(event);
  }

  private post(message: QueueEvent | 'changed'): void {
    if (!this.life.signal.aborted) this.channel.postMessage(message);
  }

  private setApart(projectId: string, by: 1 | -1): void {
    const count = (this.apart.get(projectId) ?? 0) + by;
    if (count > 0) this.apart.set(projectId, count);
    else this.apart.delete(projectId);
  }
}
