import { proxy, type Remote } from 'comlink';
import type {
  JoinChoice,
  JoinList,
  JoinReport,
  MetadataService,
  ProjectColumn,
  ReportFraction,
  TableEntry,
  TableSketch,
} from '../domain/metadata';
import type { JoinKey } from '../domain/table';
import { WorkerHandle } from '../workers/worker-handle';

// Vite bundles a worker only where `new URL` stands inside `new Worker`.
function spawn(): WorkerHandle<MetadataService> {
  return new WorkerHandle(
    new Worker(new URL('../workers/metadata.worker.ts', import.meta.url), {
      type: 'module',
      name: 'metadata',
    }),
  );
}

/** The page's side of tables of metadata. The worker starts on first use and holds one table; `stop` ends what runs. */
export class MetadataJob {
  private handle: WorkerHandle<MetadataService> | null = null;

  /** Reads a table and holds it. Errors: `read-file`, `cancelled`. */
  read(file: File, report: ReportFraction): Promise<TableSketch> {
    return this.reporting(report, (service, told) => service.read(file, told));
  }

  /** Holds a table that is kept. Errors: `store`, `cancelled`. */
  open(projectId: string, tableId: string): Promise<TableSketch> {
    return this.call((service) => service.open(projectId, tableId));
  }

  /** The ways to join the held table to the images of a project, best first. */
  choices(
    projectId: string,
    except: string | null,
    report: ReportFraction,
  ): Promise<{ images: number; choices: JoinChoice[] }> {
    return this.reporting(report, (service, told) => service.choices(projectId, except, told));
  }

  /** What the held table joins by a key; `choices` comes first. */
  join(key: JoinKey): Promise<JoinReport> {
    return this.call((service) => service.join(key));
  }

  /** One list of the last join as CSV. */
  list(kind: JoinList): Promise<Uint8Array<ArrayBuffer>> {
    return this.call((service) => service.list(kind));
  }

  /** Keeps the held table with a project; gives its id. Errors: `quota`, `store`. */
  keep(projectId: string, name: string, key: JoinKey): Promise<string> {
    return this.call((service) => service.keep(projectId, name, key));
  }

  changeKey(projectId: string, tableId: string, key: JoinKey): Promise<void> {
    return this.call((service) => service.changeKey(projectId, tableId, key));
  }

  /** Takes a table away; `restore` brings it back until `columns` is asked to purge. */
  remove(projectId: string, tableId: string): Promise<void> {
    return this.call((service) => service.remove(projectId, tableId));
  }

  restore(projectId: string, tableId: string): Promise<void> {
    return this.call((service) => service.restore(projectId, tableId));
  }

  /** All columns of a project by image row, and its tables. */
  columns(projectId: string, purge: boolean): Promise<{ columns: ProjectColumn[]; tables: TableEntry[] }> {
    return this.call((service) => service.columns(projectId, purge));
  }

  /** Ends what runs, which rejects with `cancelled`, and lets go of the table. */
  stop(): void {
    this.handle?.stop();
    this.handle = null;
  }

  /** Reports come over a channel of their own: one may arrive after the answer, when nobody waits for it any more. */
  private async reporting<T>(
    report: ReportFraction,
    work: (service: Remote<MetadataService>, told: ReportFraction) => Promise<T>,
  ): Promise<T> {
    let waiting = true;
    const told = proxy((fraction: number) => void (waiting && report(fraction)));
    try {
      return await this.call((service) => work(service, told));
    } finally {
      waiting = false;
    }
  }

  private call<T>(work: (service: Remote<MetadataService>) => Promise<T>): Promise<T> {
    if (!this.handle || this.handle.isDead) this.handle = spawn();
    return this.handle.call(work);
  }
}
