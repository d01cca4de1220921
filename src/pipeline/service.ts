import { TesseraError } from '../domain/errors';
import type { DroppedFile } from '../domain/files';
import type { EmbedEvent } from '../domain/progress';
import type { BackendChoice } from '../domain/project';
import type { EmbedService, ImportedEmbeddings } from '../domain/services';
import type { EmbedSpec } from '../domain/spec';
import { lockProject } from '../store/locks';
import { Bell } from './ahead';
import { expand, match } from './announce';
import type { DecodePort } from './decode-pool';
import { importEmbeddings } from './embeddings-bundle';
import type { InferPort } from './inference';
import { Desk } from './intake';
import { Ledger } from './ledger';
import { Run } from './run';

export interface Threads {
  spawnDecoder: () => DecodePort;
  spawnNetwork: () => InferPort;
  decoders?: number;
}

/** Reading and embedding, one project at a time; see `EmbedService` for what each call promises. */
export class Embedding implements EmbedService {
  /** Files at hand of `projectId`; they outlive a run that was cancelled or failed. */
  private desk = new Desk();
  private projectId: string | null = null;
  private open: Promise<{ ledger: Ledger; release: () => void }> | null = null;
  private users = 0;
  private current: Run | null = null;
  private readonly news = new Bell();

  constructor(private readonly threads: Threads) {}

  add(projectId: string, files: DroppedFile[]): Promise<void> {
    return this.using(projectId, async (ledger) => {
      const claimed = new Set(this.desk.tasks.flatMap((task) => ('seq' in task ? [task.seq] : [])));
      for await (const candidates of expand(files)) {
        const { fresh, tasks } = match(ledger, candidates, claimed);
        const first = fresh.length ? await ledger.announce(fresh) : 0;
        const announced = fresh.map((candidate, i) => ({ candidate, seq: first + i }));
        announced.forEach(({ seq }) => claimed.add(seq));
        this.desk.add([...tasks, ...announced.filter(({ candidate }) => !candidate.skip)]);
        this.current?.takeIn();
      }
    });
  }

  run(
    projectId: string,
    spec: EmbedSpec,
    backend: BackendChoice,
    events: (event: EmbedEvent) => void,
  ): Promise<void> {
    if (this.current && this.projectId === projectId) return this.current.finished;
    return this.using(projectId, async (ledger) => {
      const run = new Run({
        ledger,
        desk: this.desk,
        spec,
        backend,
        threads: this.threads,
        events,
        news: this.news,
        // An `add` that is still listing files may bring more.
        isAdding: () => this.users > 1,
      });
      this.current = run;
      await run.finished.finally(() => (this.current = null));
    });
  }

  async pause(): Promise<void> {
    await this.current?.pause();
  }

  async resume(): Promise<void> {
    this.current?.resume();
  }

  async cancel(): Promise<void> {
    await this.current?.cancel();
  }

  importEmbeddings(projectId: string, file: Blob): Promise<ImportedEmbeddings> {
    return this.using(projectId, () => importEmbeddings(projectId, file));
  }

  /** Holds the project, alone among all tabs, while `work` runs; calls that overlap share it. */
  private async using<T>(projectId: string, work: (ledger: Ledger) => Promise<T>): Promise<T> {
    if (this.users > 0 && this.projectId !== projectId)
      throw new TesseraError(
        'project-busy',
        'Another project is being embedded. Wait for it, or cancel it first.',
      );
    if (this.projectId !== projectId) this.desk = new Desk();
    this.projectId = projectId;
    this.users++;
    const opened = (this.open ??= this.attach(projectId));
    try {
      return await work((await opened).ledger);
    } finally {
      this.users--;
      this.news.ring();
      if (this.users === 0) {
        this.open = null;
        await opened.then(
          ({ release }) => release(),
          () => undefined,
        );
      }
    }
  }

  private async attach(projectId: string): Promise<{ ledger: Ledger; release: () => void }> {
    const release = await lockProject(projectId);
    try {
      const ledger = await Ledger.open(projectId);
      // Another tab may have read some of them since.
      this.desk.putBack((task) => !('seq' in task) || ledger.hashOf(task.seq) === undefined);
      return { ledger, release };
    } catch (error) {
      release();
      throw error;
    }
  }
}
