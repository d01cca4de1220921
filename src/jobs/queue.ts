import type { AddressSketch } from '../domain/addresses';
import { toRecord } from '../domain/errors';
import type { DroppedFile } from '../domain/files';
import type { EmbedEvent } from '../domain/progress';
import type { BackendChoice } from '../domain/project';
import type { DocumentPage } from '../domain/remote';
import type { QueryPicture } from '../domain/search';
import type {
  DescriptorPreview,
  DescriptorRequest,
  ImportedDescriptors,
  ImportedEmbeddings,
  NonFinite,
} from '../domain/services';
import type { EmbedSpec } from '../domain/spec';
import * as store from '../store/queue';
import { Arrival, type ArrivalSteps } from './arrival';
import type { NewProject } from './projects';
import type { QueueEvent } from './queue-events';
import { QueueTurns } from './queue-turns';

export type { QueuedSet } from '../store/queue';
export type { ArrivalFacts } from './arrival';
export type { Turn } from './next-turn';
export type { QueueEvent, QueueParts } from './queue-events';

/** A list of files that takes longer (milliseconds) is embedded while the rest of it is still being read. */
const LONG_LIST_MS = 1_000;

/**
 * Projects one behind the other, in the order of the store: each is embedded, then clustered. One tab at a time does so; the
 * others are told what it tells, list and keep the files that are given to them, and take over when it ends.
 */
export class QueueJob extends QueueTurns {
  /** Without a place in the queue, for want of space. */
  private arrivals: readonly Arrival[] = [];
  private readonly steps: ArrivalSteps = {
    list: (id, files, listed) => this.job.add(id, files, listed),
    place: (id, listing) => (listing ? this.follow(id, listing) : this.place(id)),
  };

  /** Reads the queue and goes on with it. Errors: `store`. */
  async start(): Promise<void> {
    await this.reload();
    const isOver = this.sets.every(({ entry }) => store.isFinished(entry) && entry.clusteredAt !== undefined);
    if (isOver && this.sets.length > 0) await this.change(store.clearFinished());
    this.post('asked');
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

  /**
   * Lists files in the project and puts it in the queue. False: there was no space for that; it is told of as an arrival, and
   * done when all go on. Errors: `project-busy`, `store`.
   */
  add(projectId: string, files: DroppedFile[]): Promise<boolean> {
    return this.arrive(Arrival.into(this.steps, projectId, files));
  }

  /** The same with a project that is made for them. */
  addSet(fields: NewProject, files: DroppedFile[]): Promise<boolean> {
    return this.arrive(Arrival.ofSet(this.steps, fields, files));
  }

  /** Puts a project at the end, or lets one that is there go on, whatever stopped it; false and errors as for `add`. */
  enqueue(projectId: string): Promise<boolean> {
    return this.arrive(Arrival.into(this.steps, projectId, []));
  }

  /** Leaves a set that is not in the queue where it is. */
  async leave(id: string): Promise<void> {
    this.arrivals = this.arrivals.filter((arrival) => arrival.id !== id);
    await this.tellArrivals();
  }

  private async arrive(arrival: Arrival): Promise<boolean> {
    try {
      await arrival.go();
      return true;
    } catch (error) {
      this.unlessOut(error);
      this.arrivals = [...this.arrivals, arrival];
      await this.tellArrivals();
      return false;
    }
  }

  /** Without space nobody goes on; every other error is thrown again. */
  private unlessOut(error: unknown): void {
    const record = toRecord(error);
    if (record.code !== 'quota') throw error;
    this.runOut(record);
  }

  private async tellArrivals(): Promise<void> {
    const placed = new Set<string | null>(this.sets.map(({ project }) => project.id));
    const facts = await Promise.all(this.arrivals.map((arrival) => arrival.facts()));
    // Without files it only wanted its place.
    const arrivals = facts.filter(({ files, projectId }) => files > 0 || !placed.has(projectId));
    this.parts.listen({ type: 'arrivals', arrivals });
  }

  protected override hear(event: QueueEvent): void {
    super.hear(event);
    if (event.type === 'full' && !event.error) void this.tryAgain();
  }

  /** There may be room again: what found none goes on. */
  private async tryAgain(): Promise<void> {
    this.full = null;
    for (const arrival of this.arrivals) {
      // Somebody else may have asked for it at the same time.
      if (!this.arrivals.includes(arrival)) continue;
      // It is in one list or in the other, never in both.
      await this.leave(arrival.id);
      try {
        // One that was removed meanwhile is wanted no more.
        if (await arrival.isWanted()) await this.arrive(arrival);
      } catch (error) {
        this.tell({ type: 'failed', projectId: '', error: toRecord(error) });
      }
    }
    this.go();
  }

  /**
   * Takes documents of a server in, as `EmbedJob.takeDocuments` does, and puts the project in the queue. Errors: those of that
   * one; the server is asked for the rest again.
   */
  async takeDocuments(projectId: string, next: () => Promise<DocumentPage | null>): Promise<void> {
    try {
      await this.follow(projectId, this.job.takeDocuments(projectId, next));
    } catch (error) {
      this.unlessOut(error);
      throw error;
    }
  }

  /** Lets a project have its turn while more is being added to it. */
  private async follow(projectId: string, adding: Promise<void>): Promise<void> {
    // It may fail while there is no place for it, and is awaited after that.
    adding.catch(() => undefined);
    const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), LONG_LIST_MS));
    // Not in the queue before it is held here: another tab might take its turn, and the right to write it, in between.
    const isListed = await Promise.race([adding.then(() => true), late]);
    this.takeIn(projectId);
    await this.place(projectId);
    if (isListed) return;
    await adding;
    this.takeIn(projectId);
    await this.reopen(projectId);
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

  /** Lets all that is held go on, and all that found no space. */
  async resumeAll(): Promise<void> {
    if (this.full) {
      this.tell({ type: 'full', error: null });
      await this.tryAgain();
    }
    await this.release();
    const { turn } = this;
    const entry = this.sets.find(({ project }) => project.id === turn?.projectId)?.entry;
    if (turn?.paused && entry && !entry.paused) {
      turn.paused = false;
      await this.job.resume();
    }
    this.go();
  }

  private async release(): Promise<void> {
    if (!this.sets.some(({ entry }) => entry.held || entry.failure?.code === 'quota')) return;
    await this.change(store.holdAll(false)).catch((error: unknown) => this.unlessOut(error));
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
}
