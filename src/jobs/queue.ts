import type { AddressSketch } from '../domain/addresses';
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
import { QueueTurns } from './queue-turns';

export type { QueuedSet } from '../store/queue';
export type { Turn } from './next-turn';
export type { QueueEvent, QueueParts } from './queue-events';

/** A list of files that takes longer (milliseconds) is embedded while the rest of it is still being read. */
const LONG_LIST_MS = 1_000;

/**
 * Projects one behind the other, in the order of the store: each is embedded, then clustered. One tab at a time does so; the
 * others are told what it tells, list and keep the files that are given to them, and take over when it ends.
 */
export class QueueJob extends QueueTurns {
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
}
