import type { AddressSketch, FetchAddress } from '../domain/addresses';
import { TesseraError } from '../domain/errors';
import type { DroppedFile } from '../domain/files';
import type { EmbedEvent } from '../domain/progress';
import type { BackendChoice, Counts } from '../domain/project';
import type { DocumentPage } from '../domain/remote';
import type { QueryPicture } from '../domain/search';
import type {
  DescriptorPreview,
  DescriptorRequest,
  EmbedService,
  ImportedDescriptors,
  ImportedEmbeddings,
  NonFinite,
} from '../domain/services';
import { specKey, type EmbedSpec } from '../domain/spec';
import { inspectAddresses, tasksToFetch } from './addresses';
import { expand, matcher, type Candidate } from './announce';
import type { DecodePort } from './decode-pool';
import { importDescriptors } from './descriptor-import';
import { checkDescriptors, inspectDescriptors, openRequest, type OpenedVectors } from './descriptor-request';
import { takePage } from './documents';
import { foreignVectors, importEmbeddings } from './embeddings-bundle';
import type { InferPort } from './inference';
import type { Desk } from './intake';
import type { Ledger } from './ledger';
import { columnsOf } from './records';
import { QueryPictures } from './query-picture';
import { Run, type RunOptions } from './run';
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

  private readonly pictures: QueryPictures;

  constructor(private readonly threads: Threads) {
    this.pictures = new QueryPictures(threads);
  }

  add(projectId: string, files: DroppedFile[], fetch: FetchAddress = noFetch, listed = 0): Promise<void> {
    return this.using(projectId, (ledger, set) => {
      // One after the other: what is dropped twice is found again.
      const turn = set.adding.then(() => this.announce(ledger, set.desk, expand(files, fetch), listed));
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

  private async announce(
    ledger: Ledger,
    desk: Desk,
    given: AsyncIterable<Candidate[]>,
    listed: number,
  ): Promise<void> {
    const match = matcher(ledger, filesOn(desk));
    let piece = 0;
    for await (const candidates of given) {
      // Listed before the space ran out, and at hand: looked for again, they would be other files of the same names.
      if (piece++ < listed) continue;
      const { fresh, tasks, pictures } = match(candidates);
      const first = fresh.length ? await ledger.announce(fresh, columnsOf(fresh)).catch(after(piece - 1)) : 0;
      for (const picture of pictures) desk.pictures.add(picture);
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
    // An `add` that is still listing files may bring more.
    const over = this.using(projectId, (ledger, set) =>
      this.execute(ledger, set, { spec, backend, events, isAdding: () => set.isShared }),
    ).finally(() => (this.running = null));
    this.running = { projectId, over };
    return over;
  }

  embedPicture(file: Blob, spec: EmbedSpec, backend: BackendChoice): Promise<QueryPicture> {
    return this.pictures.embed(file, spec, backend);
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
    return this.using(projectId, async (ledger, set) => {
      const foreign = await foreignVectors(file);
      if (!foreign) return importEmbeddings(projectId, file);
      return this.takeVectors(
        ledger,
        set,
        foreign,
        true,
        () => undefined,
        () => undefined,
      );
    });
  }

  inspectDescriptors(projectId: string | null, asked: DescriptorRequest): Promise<DescriptorPreview> {
    return inspectDescriptors(projectId, asked);
  }

  checkDescriptors(
    file: File,
    array: string | null,
    progress: (fraction: number) => void,
  ): Promise<NonFinite> {
    return checkDescriptors(file, array, progress);
  }

  importDescriptors(
    projectId: string,
    asked: DescriptorRequest,
    events: (event: EmbedEvent) => void,
    progress: (fraction: number) => void,
  ): Promise<ImportedDescriptors> {
    return this.using(projectId, async (ledger, set) => {
      return this.takeVectors(ledger, set, await openRequest(asked), asked.addMissing, events, progress);
    });
  }

  private async takeVectors(
    ledger: Ledger,
    set: WorkingSet,
    vectors: OpenedVectors,
    addMissing: boolean,
    events: (event: EmbedEvent) => void,
    progress: (fraction: number) => void,
  ): Promise<ImportedDescriptors> {
    if (this.running?.projectId === ledger.projectId) {
      await this.cancel();
      await this.running.over;
    }
    await set.stopAhead();
    await set.adding;
    await this.giveRows(ledger, set, vectors.spec, events);
    return importDescriptors(ledger, vectors, addMissing, progress);
  }

  /** Images find their vectors by their rows: those that wait for one get it, without a network. Errors: `cancelled`. */
  private async giveRows(
    ledger: Ledger,
    set: WorkingSet,
    spec: EmbedSpec,
    events: (event: EmbedEvent) => void,
  ): Promise<void> {
    const { projectId } = ledger;
    const waiting = (): number =>
      ledger.counts(specKey(spec), set.desk.files).waiting + set.desk.pictures.size;
    if (waiting() === 0) return;
    if (this.running) throw anotherRuns();
    this.cancelled = this.paused = false;
    const options = { spec, backend: 'auto', events, isAdding: () => false } as const;
    const over = this.execute(ledger, set, options).finally(() => (this.running = null));
    this.running = { projectId, over };
    await over;
    if (waiting() > 0) throw new TesseraError('cancelled', 'Cancelled.');
  }

  private async execute(
    ledger: Ledger,
    set: WorkingSet,
    options: Pick<RunOptions, 'spec' | 'backend' | 'events' | 'isAdding'>,
  ): Promise<void> {
    await set.stopAhead();
    if (this.cancelled) return;
    const { desk, news } = set;
    const { threads } = this;
    const run = new Run({ ledger, desk, threads, news, ...options });
    this.current = run;
    if (this.paused) void run.pause();
    await run.finished.finally(() => (this.current = null));
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
  const claimed = new Set(desk.tasks.flatMap((task) => ('seq' in task ? [task.seq] : [])));
  for (const { seq } of desk.pictures) claimed.add(seq);
  return claimed;
}

/** Throws the error with the number of pieces that were listed before it. */
const after =
  (listed: number) =>
  (error: unknown): never => {
    if (!(error instanceof TesseraError)) throw error;
    const { code, message, params, cause } = error;
    throw new TesseraError(code, message, { ...params, listed }, { cause });
  };

function noFetch(): Promise<never> {
  return Promise.reject(new Error('there is no connection'));
}

function anotherRuns(): TesseraError {
  return new TesseraError(
    'project-busy',
    'Another project is being embedded. Wait for it, or cancel it first.',
  );
}
