import { proxy, transfer } from 'comlink';
import type { AddressSketch, FetchAddress } from '../domain/addresses';
import { toRecord } from '../domain/errors';
import type { DroppedFile } from '../domain/files';
import type { EmbedEvent } from '../domain/progress';
import type { BackendChoice, Counts } from '../domain/project';
import type { QueryPicture } from '../domain/search';
import type { DocumentPage } from '../domain/remote';
import type {
  DescriptorPreview,
  DescriptorRequest,
  EmbedService,
  ImportedDescriptors,
  ImportedEmbeddings,
  NonFinite,
} from '../domain/services';
import type { EmbedSpec } from '../domain/spec';
import { AddressFetcher } from './fetch-addresses';
import { WorkerHandle } from '../workers/worker-handle';

/** Milliseconds a worker has to stop by itself before it is stopped. */
const GRACE_MS = 5_000;

// Vite bundles a worker only where `new URL` stands inside `new Worker`.
function spawn(): WorkerHandle<EmbedService> {
  return new WorkerHandle(
    new Worker(new URL('../workers/embed.worker.ts', import.meta.url), { type: 'module', name: 'embed' }),
  );
}

/**
 * The page's side of reading, and of embedding one project at a time. The worker starts on first use and again after a
 * fatal error; files handed to a worker that died are missing until they are added again.
 */
export class EmbedJob {
  private handle: WorkerHandle<EmbedService> | null = null;
  private running: Promise<unknown> = Promise.resolve();
  /** One for each agreement with the person. */
  private readonly fetchers: AddressFetcher[] = [];

  constructor(private readonly onEvent: (event: EmbedEvent) => void) {}

  /**
   * Lists the files in the project, but for the first `listed` pieces of them; a run that is going takes them up. Errors:
   * `project-busy`, `quota` (`listed` of its parameters: the pieces that are listed now), `store`.
   */
  add(projectId: string, files: DroppedFile[], listed = 0): Promise<void> {
    const origins = [...new Set(files.flatMap(({ addresses }) => addresses?.origins ?? []))];
    const fetch = origins.length === 0 ? undefined : this.fetchFrom(origins);
    return this.worker().call((remote) => remote.add(projectId, files, fetch, listed));
  }

  /** Which columns of a table hold addresses of pictures. Errors: `read-file`. */
  inspectAddresses(file: File): Promise<AddressSketch> {
    return this.worker().call((remote) => remote.inspectAddresses(file));
  }

  /** The vector of a picture that is in no project, as the descriptor's own are made. Errors: as those of a run. */
  embedPicture(file: Blob, spec: EmbedSpec, backend: BackendChoice): Promise<QueryPicture> {
    return this.worker().call<QueryPicture>(async (remote) => remote.embedPicture(file, spec, backend));
  }

  /** Has the next run, or the one that goes, fetch from these servers what is not kept yet. */
  fetchAgain(projectId: string, origins: readonly string[]): Promise<void> {
    const fetch = this.fetchFrom(origins);
    return this.worker().call((remote) => remote.fetchAgain(projectId, origins, fetch));
  }

  /**
   * Takes documents of a server as files until `next` gives null; what it gave before is committed when it is called again.
   * Errors: those of `next`, `project-busy`, `quota`, `store`.
   */
  takeDocuments(projectId: string, next: () => Promise<DocumentPage | null>): Promise<void> {
    const moved = async (): Promise<DocumentPage | null> => {
      const page = await next();
      return page && transfer(page, [...new Set(page.files.map(({ bytes }) => bytes.buffer))]);
    };
    return this.worker().call((remote) => remote.takeDocuments(projectId, proxy(moved)));
  }

  /**
   * Reads and embeds all that is not finished; resolves at the end, after a cancel, and after a failure, which is
   * told by a `failed` event. Called during a run of the same project, it waits for that run.
   */
  start(projectId: string, spec: EmbedSpec, backend: BackendChoice): Promise<void> {
    const run = this.execute(projectId, spec, backend);
    this.running = Promise.all([this.running, run]);
    return run;
  }

  /**
   * Reads and keeps files at hand of a project that waits for its turn; resolves when that is done or ended. Errors: `quota`,
   * `project-busy`.
   */
  keep(projectId: string, spec: EmbedSpec, told: (counts: Counts) => void): Promise<void> {
    return this.worker().call((remote) => remote.keep(projectId, spec, proxy(told)));
  }

  async stopKeeping(projectId: string): Promise<void> {
    await this.handle?.call((remote) => remote.stopKeeping(projectId));
  }

  async pause(): Promise<void> {
    await this.handle?.call((remote) => remote.pause());
  }

  async resume(): Promise<void> {
    await this.handle?.call((remote) => remote.resume());
  }

  /** Ends the run after what is committed; a worker that does not answer is stopped. */
  async cancel(): Promise<void> {
    const { handle, running } = this;
    if (!handle) return;
    const late = setTimeout(() => handle.stop(), GRACE_MS);
    const cancelled = handle.call((remote) => remote.cancel()).catch(() => undefined);
    this.fetchers.forEach((fetcher) => fetcher.stop());
    await cancelled;
    await running;
    clearTimeout(late);
  }

  /** Takes over exported embeddings, so that their images need not be computed. Errors: `import-embeddings`. */
  importEmbeddings(projectId: string, file: Blob): Promise<ImportedEmbeddings> {
    return this.worker().call((remote) => remote.importEmbeddings(projectId, file));
  }

  /** What a file of vectors holds, and what of it fits the project. Errors: `read-file`. */
  inspectDescriptors(projectId: string | null, asked: DescriptorRequest): Promise<DescriptorPreview> {
    return this.worker().call((remote) => remote.inspectDescriptors(projectId, asked));
  }

  /** Numbers of a file of vectors that are not finite. Errors: `read-file`. */
  checkDescriptors(
    file: File,
    array: string | null,
    progress: (fraction: number) => void,
  ): Promise<NonFinite> {
    return this.worker().call((remote) => remote.checkDescriptors(file, array, proxy(progress)));
  }

  /**
   * Makes vectors of another tool a descriptor of the project, ending a run of it; images that wait for a row get one before,
   * which `events` tell of. Errors: `read-file`,
   * `import-descriptors`, `project-busy`, `quota`, `store`, `cancelled`.
   */
  importDescriptors(
    projectId: string,
    asked: DescriptorRequest,
    events: (event: EmbedEvent) => void,
    progress: (fraction: number) => void,
  ): Promise<ImportedDescriptors> {
    return this.worker().call((remote) =>
      remote.importDescriptors(projectId, asked, proxy(events), proxy(progress)),
    );
  }

  dispose(): void {
    this.fetchers.forEach((fetcher) => fetcher.stop());
    this.handle?.stop();
    this.handle = null;
  }

  private fetchFrom(origins: readonly string[]): FetchAddress {
    const fetcher = new AddressFetcher(origins);
    this.fetchers.push(fetcher);
    return proxy(async (address: string) => {
      const bytes = await fetcher.get(address);
      return transfer(bytes, [bytes.buffer]);
    });
  }

  private async execute(projectId: string, spec: EmbedSpec, backend: BackendChoice): Promise<void> {
    const handle = this.worker();
    try {
      await handle.call((remote) => remote.run(projectId, spec, backend, proxy(this.onEvent)));
    } catch (error) {
      if (handle.isDead && this.handle === handle) this.handle = null;
      else if (handle.isDead) return;
      this.onEvent({ type: 'failed', error: toRecord(error) });
    }
  }

  private worker(): WorkerHandle<EmbedService> {
    if (!this.handle || this.handle.isDead) this.handle = spawn();
    return this.handle;
  }
}
