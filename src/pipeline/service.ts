import type { AddressSketch, FetchAddress } from '../domain/addresses';
import { TesseraError } from '../domain/errors';
import type { DroppedFile } from '../domain/files';
import type { EmbedEvent } from '../domain/progress';
import type { BackendChoice, Counts } from '../domain/project';
import type { DocumentPage } from '../domain/remote';
import type { EmbedService, ImportedEmbeddings } from '../domain/services';
import { specKey, type EmbedSpec } from '../domain/spec';
import { inspectAddresses, tasksToFetch } from './addresses';
import { expand, matcher, type Candidate } from './announce';
import type { DecodePort } from './decode-pool';
import { takePage } from './documents';
import { importEmbeddings } from './embeddings-bundle';
import type { InferPort } from './inference';
import type { Desk } from './intake';
import type { Ledger } from './ledger';
import { columnsOf } from './records';
import { Run } from './run';
import { WorkingSet } from './working-set';

export interface Threads {
  spawnDecoder: () => DecodePort;
  spawnNetwork: () => InferPort;
  decoders?: number;
}

/** Reading of any number of projects, and embedding of one at a time; see `EmbedService` for what each call promises. */
export class Embedding implements EmbedService {
  private readonly sets = new Map<string, WorkingSet>();
  private running: { projectId: string; over: Promise<void> } | null = null;
  private current: Run | null = null;
  /** Told to end, or to wait, before the run was there to be told. */
  private cancelled = false;
  private paused = false;

  constructor(private readonly threads: Threads) {}

  add(projectId: string, files: DroppedFile[], fetch: FetchAddress = noFetch): Promise<void> {
    return this.using(projectId, (ledger, set) => {
      // One after the other: what is dropped twice is found again.
      const turn = set.adding.then(() => this.announce(ledger, set.desk, expand(files, fetch)));
      set.adding = turn.catch(() => undefined);
      return turn;
    });
  }

  inspectAddresses(file: File): Promise<AddressSketch> {
    return inspectAddresses(file);
  }

  fetchAgain(projectId: string, origins: readonly string[], fetch: FetchAddress): Promise<void> {
    return this.using(projectId, async (ledger, { desk }) => {
      desk.add(tasksToFetch(ledger, filesOn(desk), origins, fetch));
      if (this.running?.projectId === projectId) this.current?.takeIn();
    });
  }

  private async announce(ledger: Ledger, desk: Desk, given: AsyncIterable<Candidate[]>): Promise<void> {
    const match = matcher(ledger, filesOn(desk));
    for await (const candidates of given) {
      const { fresh, tasks } = match(candidates);
      const first = fresh.length ? await ledger.announce(fresh, columnsOf(fresh)) : 0;
      const announced = fresh.map((candidate, i) => ({ candidate, seq: first + i }));
      for (const candidate of candidates) delete candidate.columns;
      desk.add([...tasks, ...announced.filter(({ candidate }) => !candidate.skip)]);
      if (this.running?.projectId === ledger.projectId) this.current?.takeIn();
    }
  }

  takeDocuments(projectId: string, next: () => Promise<DocumentPage | null>): Promise<void> {
    return this.using(projectId, async (ledger, set) => {
      for (let page = await next(); page; page = await next()) {
        await takePage(ledger, page);
        set.news.ring();
      }
    });
  }

  keep(projectId: string, spec: EmbedSpec, told: (counts: Counts) => void): Promise<void> {
    return this.using(projectId, async (ledger, set) => {
      if (this.running?.projectId === projectId) return;
      await set.readAhead(ledger, () => told(ledger.counts(specKey(spec), set.desk.files)));
    });
  }

  async stopKeeping(projectId: string): Promise<void> {
    await this.sets.get(projectId)?.stopAhead();
  }

  run(
    projectId: string,
    spec: EmbedSpec,
    backend: BackendChoice,
    events: (event: EmbedEvent) => void,
  ): Promise<void> {
    const { running } = this;
    if (running?.projectId === projectId) return running.over;
    if (running) return Promise.reject(anotherRuns());
    this.cancelled = this.paused = false;
    const over = this.execute(projectId, spec, backend, events).finally(() => (this.running = null));
    this.running = { projectId, over };
    return over;
  }

  async pause(): Promise<void> {
    this.paused = true;
    await this.current?.pause();
  }

  async resume(): Promise<void> {
    this.paused = false;
    this.current?.resume();
  }

  async cancel(): Promise<void> {
    this.cancelled = true;
    await this.current?.cancel();
  }

  importEmbeddings(projectId: string, file: Blob): Promise<ImportedEmbeddings> {
    return this.using(projectId, () => importEmbeddings(projectId, file));
  }

  private execute(
    projectId: string,
    spec: EmbedSpec,
    backend: BackendChoice,
    events: (event: EmbedEvent) => void,
  ): Promise<void> {
    return this.using(projectId, async (ledger, set) => {
      await set.stopAhead();
      if (this.cancelled) return;
      const { desk, news } = set;
      const { threads } = this;
      // An `add` that is still listing files may bring more.
      const isAdding = (): boolean => set.isShared;
      const run = new Run({ ledger, desk, spec, backend, threads, events, news, isAdding });
      this.current = run;
      if (this.paused) void run.pause();
      await run.finished.finally(() => (this.current = null));
    });
  }

  private async using<T>(
    projectId: string,
    work: (ledger: Ledger, set: WorkingSet) => Promise<T>,
  ): Promise<T> {
    const set = this.sets.get(projectId) ?? new WorkingSet(projectId);
    this.sets.set(projectId, set);
    try {
      return await set.using((ledger) => work(ledger, set));
    } finally {
      if (set.isIdle) this.sets.delete(projectId);
    }
  }
}

function filesOn(desk: Desk): Set<number> {
  return new Set(desk.tasks.flatMap((task) => ('seq' in task ? [task.seq] : [])));
}

function noFetch(): Promise<never> {
  return Promise.reject(new Error('there is no connection'));
}

function anotherRuns(): TesseraError {
  return new TesseraError(
    'project-busy',
    'Another project is being embedded. Wait for it, or cancel it first.',
  );
}
