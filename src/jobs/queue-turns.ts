import { toRecord, type ErrorRecord } from '../domain/errors';
import type { AnalysisProgress, EmbedEvent } from '../domain/progress';
import type { Project } from '../domain/project';
import { lockQueue } from '../store/locks';
import { getProject } from '../store/projects';
import * as store from '../store/queue';
import type { QueuedSet } from '../store/queue';
import { clusterSet } from './cluster-set';
import { EmbedJob } from './embed-job';
import { KeepAhead } from './keep-ahead';
import { nextTurn, type Turn } from './next-turn';
import type { QueueEvent, QueueParts } from './queue-events';

/** How long a project that another tab is writing is left alone, in milliseconds. */
const BUSY_MS = 2_000;
const CHANNEL = 'tessera-queue';

/** What tabs say to each other beside the events: look at the store again; is the storage full? */
type Word = 'changed' | 'asked';

interface RunningTurn extends Turn {
  /** Waits where it is. */
  paused: boolean;
  stop: AbortController;
  over: Promise<void>;
}

/** Takes the turns of the queue, one after the other, as long as this tab is the one that does; tells this tab and the others of it. */
export class QueueTurns {
  protected sets: readonly QueuedSet[] = [];
  protected readonly job = new EmbedJob((event) => this.onEmbed(event));
  protected readonly ahead = new KeepAhead(this.job, {
    wanted: () => this.sets.filter((set) => this.mayKeep(set)),
    reading: (projectId) => this.tell({ type: 'reading', projectId }),
    kept: (projectId, counts) => this.tell({ type: 'kept', projectId, counts }),
    ended: (projectId) => this.reopen(projectId),
    failed: (projectId, error) => this.fail(projectId, error),
  });
  protected readonly channel = new BroadcastChannel(CHANNEL);
  protected readonly life = new AbortController();
  protected working: Promise<void> | null = null;
  protected turn: RunningTurn | null = null;
  private outcome: EmbedEvent | null = null;
  /** Not to be started now: somebody changes them, or another tab writes them. */
  private readonly apart = new Map<string, number>();
  protected shown: string | null = null;
  /** There is no more space: nobody goes on. */
  protected full: ErrorRecord | null = null;
  /** Given files since their run began. */
  protected readonly late = new Set<string>();

  constructor(protected readonly parts: QueueParts) {
    this.channel.onmessage = ({ data }: MessageEvent<QueueEvent | Word>) => {
      if (data === 'changed') void this.refresh();
      else if (data === 'asked') this.answer();
      else this.hear(data);
    };
  }

  protected hear(event: QueueEvent): void {
    if (event.type === 'full' && event.error) this.halt(event.error);
    this.parts.listen(event);
  }

  /** A tab that was opened in the middle cannot read it anywhere. */
  private answer(): void {
    if (this.full) this.post({ type: 'full', error: this.full });
  }

  /** Puts a project at the end, or lets one that is there go on, whatever stopped it. Errors: `quota`, `store`. */
  protected async place(projectId: string): Promise<void> {
    await this.change(store.enqueue(projectId));
    const { turn } = this;
    if (turn?.projectId === projectId && turn.paused) {
      turn.paused = false;
      await this.job.resume();
    }
    this.go();
  }

  protected go(): void {
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
      const isOver = this.sets.every(({ entry }) => store.isFinished(entry) || entry.failure);
      if (isOver && !this.full && !signal.aborted) this.tell({ type: 'over' });
    } finally {
      release();
    }
    // Something may have come while the last step was told.
    if (this.next()) setTimeout(() => this.go());
  }

  protected next(): Turn | null {
    return this.full ? null : nextTurn(this.sets, this.shown, new Set(this.apart.keys()));
  }

  private async take(turn: Turn): Promise<void> {
    const stop = new AbortController();
    const running: RunningTurn = { ...turn, paused: false, stop, over: Promise.resolve() };
    this.turn = running;
    this.tell({ type: 'turn', turn });
    this.ahead.go();
    running.over = this.step(turn, stop.signal)
      .catch((error: unknown) => this.fail(turn.projectId, toRecord(error)))
      .finally(() => {
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
    const report = (progress: AnalysisProgress): void =>
      this.tell({ type: 'clustering', projectId: id, progress });
    const byModel = (project.modelId ?? null) !== null;
    const isNew = !byModel && (await clusterSet(project, this.parts.optionsOf(project), report, signal));
    if (signal.aborted) return;
    await store.changeEntry(id, { clusteredAt: Date.now() });
    if (isNew) this.tell({ type: 'ready', projectId: id });
  }

  /** Sets a project aside with the reason, and lets the next go on; without space, nobody goes on. */
  protected async fail(projectId: string, error: ErrorRecord): Promise<void> {
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
    if (error.code === 'quota') return this.runOut(error, projectId);
    try {
      await store.changeEntry(projectId, { failure: error });
    } catch (reason) {
      if (toRecord(reason).code !== 'quota') throw reason;
      return this.runOut(toRecord(reason), projectId);
    }
    await this.reload();
    this.tell({ type: 'failed', projectId, error });
  }

  /** The space is used up, as `projectId` found. Nothing is written of that: writing is what fails. */
  protected runOut(error: ErrorRecord, projectId?: string): void {
    if (projectId !== undefined) this.ahead.takeBack(projectId);
    this.halt(error, projectId);
    this.tell({ type: 'full', error });
  }

  /** Ends what runs here, unless it has ended itself. */
  private halt(error: ErrorRecord, ended?: string): void {
    this.full = error;
    const { turn } = this;
    void this.ahead.stop();
    if (turn && turn.projectId !== ended) void this.end(turn.projectId);
  }

  /** Lets the run wait where it is. */
  protected async rest(turn: RunningTurn): Promise<void> {
    turn.paused = true;
    await this.job.pause();
  }

  protected async end(projectId: string): Promise<void> {
    const { turn } = this;
    if (turn?.projectId !== projectId) return;
    turn.stop.abort();
    if (turn.step === 'embed') await this.job.cancel();
    await turn.over;
  }

  /** Its run, here or in another tab, may have ended before all was kept. */
  protected async reopen(projectId: string): Promise<void> {
    await this.reload();
    const set = this.sets.find(({ project }) => project.id === projectId);
    const isLate = this.late.has(projectId) || (set?.counts.waiting ?? 0) > 0;
    if (set && store.isFinished(set.entry) && isLate) await this.place(projectId);
    else {
      this.post('changed');
      this.go();
    }
  }

  protected takeIn(projectId: string): void {
    this.ahead.take(projectId);
    if (this.turn?.projectId === projectId) this.late.add(projectId);
  }

  private mayKeep({ project, entry }: QueuedSet): boolean {
    const mayWrite = !entry.held && !this.full && !this.apart.has(project.id);
    return mayWrite && project.id !== this.turn?.projectId;
  }

  private onEmbed(event: EmbedEvent): void {
    const { turn } = this;
    if (!turn) return;
    if (event.type === 'finished' || event.type === 'failed') this.outcome = event;
    // A failure is told once what follows from it is kept.
    if (event.type !== 'failed') this.tell({ type: 'embed', projectId: turn.projectId, event });
  }

  protected async change<T>(write: Promise<T>): Promise<T> {
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

  protected async reload(): Promise<void> {
    this.sets = await store.readQueue();
    this.parts.listen({ type: 'sets', sets: [...this.sets] });
  }

  protected tell(event: QueueEvent): void {
    this.parts.listen(event);
    this.post(event);
  }

  protected post(message: QueueEvent | Word): void {
    if (!this.life.signal.aborted) this.channel.postMessage(message);
  }

  protected setApart(projectId: string, by: 1 | -1): void {
    const count = (this.apart.get(projectId) ?? 0) + by;
    if (count > 0) this.apart.set(projectId, count);
    else this.apart.delete(projectId);
  }
}
