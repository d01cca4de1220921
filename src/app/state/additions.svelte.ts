import type { AddressSketch, OriginCount } from '../../domain/addresses';
import type { DroppedFile } from '../../domain/files';
import type { Project, RowTable } from '../../domain/project';
import type { DocumentPage } from '../../domain/remote';
import type {
  DescriptorPreview,
  DescriptorRequest,
  ImportedDescriptors,
  NonFinite,
} from '../../domain/services';
import { specKey } from '../../domain/spec';
import * as jobs from '../../jobs/projects';
import { i18n } from '../i18n/i18n.svelte';
import { firstPictures } from './first-pictures';
import { notices } from './notices.svelte';
import type { QueueRun } from './queue.svelte';

/** What bringing something into the open project needs of it. */
export interface AdditionsHost {
  readonly project: Project | null;
  /** The same; throws while none is open. */
  readonly opened: Project;
  readonly rows: RowTable;
  readonly queue: QueueRun;
  reloadRows(): Promise<void>;
  change(patch: jobs.ProjectPatch): Promise<void>;
  /** The vectors of the descriptor in use are others now. */
  changeDescriptor(): Promise<void>;
}

/** What is brought into the open project: files, documents of a server, embeddings and vectors of other tools. */
export class Additions {
  /** The first pictures of a drop, until the first of them are embedded. */
  arriving = $state.raw<readonly File[]>([]);

  constructor(private readonly host: AdditionsHost) {}

  /** Adds files; they are embedded when the turn of the project comes. False: there is no space for them yet. */
  async files(files: DroppedFile[]): Promise<boolean> {
    const { rows, queue, opened } = this.host;
    if (rows.n === 0) this.arriving = firstPictures(files);
    return queue.add(opened.id, files);
  }

  /** Takes documents of a server and embeds them. */
  async documents(next: () => Promise<DocumentPage | null>): Promise<void> {
    await this.host.queue.takeDocuments(this.host.opened.id, next);
  }

  inspectAddresses(file: File): Promise<AddressSketch> {
    return this.host.queue.inspectAddresses(file);
  }

  /** Servers with pictures of the project that are not here. */
  awaitedOrigins(): Promise<OriginCount[]> {
    return jobs.awaitedOrigins(this.host.opened.id);
  }

  fetchAgain(origins: readonly string[]): Promise<void> {
    return this.host.queue.fetchAgain(this.host.opened.id, origins);
  }

  /** Takes over embeddings exported earlier and makes their descriptor the project's. */
  async embeddings(file: File): Promise<void> {
    const { queue, opened } = this.host;
    await queue.without(opened.id, async () => {
      const { spec, vectors } = await queue.importEmbeddings(opened.id, file);
      notices.info(() => i18n.m.shell.notices.embeddingsIn(vectors));
      // Vectors of another tool may have brought rows along.
      await this.host.reloadRows();
      await this.host.change({ spec });
    });
  }

  /** What a file of vectors holds, and what of it fits the open project, if there is one. */
  inspectDescriptors(asked: DescriptorRequest): Promise<DescriptorPreview> {
    return this.host.queue.inspectDescriptors(this.host.project?.id ?? null, asked);
  }

  checkDescriptors(
    file: File,
    array: string | null,
    progress: (fraction: number) => void,
  ): Promise<NonFinite> {
    return this.host.queue.checkDescriptors(file, array, progress);
  }

  /** Takes over vectors of another tool and makes them the descriptor of the project. */
  async descriptors(
    asked: DescriptorRequest,
    progress: (fraction: number) => void,
  ): Promise<ImportedDescriptors> {
    const { host } = this;
    const { id } = host.opened;
    return host.queue.without(id, async () => {
      const imported = await host.queue.importDescriptors(id, asked, progress);
      await host.reloadRows();
      // The same vectors again, matched anew, are another content under the key in use.
      if (specKey(host.opened.spec) === specKey(imported.spec))
        await host.queue.without(id, () => host.changeDescriptor());
      else await host.change({ spec: imported.spec });
      return imported;
    });
  }
}
