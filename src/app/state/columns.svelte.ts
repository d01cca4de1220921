import type { ProjectColumn, TableEntry } from '../../domain/metadata';
import type { JoinKey } from '../../domain/table';
import { toRecord } from '../../domain/errors';
import type { StepDetails } from './undo';
import { MetadataJob } from '../../jobs/metadata-job';

interface Host {
  /** Books a step that Undo takes back. */
  bookUndo(kind: string | null, revert: () => Promise<void>, more?: StepDetails): void;
  fail(error: unknown): void;
}

/** What is known of the images of the open project beside their pixels and paths, and the tables it comes from. */
export class Columns {
  all = $state.raw<readonly ProjectColumn[]>([]);
  tables = $state.raw<readonly TableEntry[]>([]);
  private readonly job = new MetadataJob();
  private projectId: string | null = null;
  /** Images the columns were read for. */
  private read = 0;
  private turn = 0;

  constructor(private readonly host: Host) {}

  /** Reads those of a project; null forgets them. Tables that were removed before are let go of. */
  async open(projectId: string | null): Promise<void> {
    this.job.stop();
    this.projectId = projectId;
    this.all = this.tables = [];
    this.read = 0;
    if (projectId !== null) await this.reload(0, true);
  }

  /** Reads again, for n images: they came, or tables changed. Told and not thrown when it fails. */
  async reload(n = this.read, purge = false): Promise<void> {
    const { projectId } = this;
    if (projectId === null) return;
    const turn = ++this.turn;
    this.read = n;
    try {
      const { columns, tables } = await this.job.columns(projectId, purge);
      if (turn !== this.turn || projectId !== this.projectId) return;
      this.all = columns;
      this.tables = tables;
    } catch (error) {
      if (toRecord(error).code !== 'cancelled') this.host.fail(error);
    }
  }

  /** There are n images now: the columns follow in steps, since each reading joins all tables again. */
  follow(n: number): void {
    if (n >= 1.5 * this.read + 50) void this.reload(n);
  }

  /** A table was kept just now. */
  async added(id: string): Promise<void> {
    await this.reload();
    this.host.bookUndo(null, () => this.show(id, false), { repeat: () => this.show(id, true) });
  }

  /** Takes a table away; Undo brings it back. Errors: `store`. */
  async remove(id: string): Promise<void> {
    await this.show(id, false);
    this.host.bookUndo(null, () => this.show(id, true), { repeat: () => this.show(id, false) });
  }

  /** Joins a table by another key; Undo goes back to the one before. Errors: `store`. */
  async changeKey(id: string, key: JoinKey): Promise<void> {
    const before = this.tables.find((table) => table.id === id)?.key;
    await this.applyKey(id, key);
    if (before)
      this.host.bookUndo(null, () => this.applyKey(id, before), { repeat: () => this.applyKey(id, key) });
  }

  private async applyKey(id: string, key: JoinKey): Promise<void> {
    if (this.projectId === null) return;
    await this.job.changeKey(this.projectId, id, key);
    await this.reload();
  }

  private async show(id: string, there: boolean): Promise<void> {
    if (this.projectId === null) return;
    await (there ? this.job.restore(this.projectId, id) : this.job.remove(this.projectId, id));
    await this.reload();
  }
}
