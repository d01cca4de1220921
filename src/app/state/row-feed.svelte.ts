import type { RowTable, SkippedFile } from '../../domain/project';
import { loadRows, loadRowsFrom, loadSkipped, type RowSlice } from '../../jobs/projects';

const EMPTY: RowTable = {
  n: 0,
  paths: [],
  hashes: [],
  widths: new Uint32Array(0),
  heights: new Uint32Array(0),
  duplicates: new Map(),
};

/** The committed rows and skipped files of the open project, followed while it grows. */
export class RowFeed {
  rows = $state.raw<RowTable>(EMPTY);
  skipped = $state.raw<readonly SkippedFile[]>([]);

  private projectId: string | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private pulling: Promise<void> | null = null;
  private again = false;
  private refreshing: ReturnType<typeof setTimeout> | null = null;

  /** Reads all of a project; null closes it. Throws what the store throws. */
  async open(projectId: string | null): Promise<void> {
    this.projectId = projectId;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.again = false;
    this.rows = EMPTY;
    this.skipped = [];
    await this.reload();
  }

  /** Everything anew, duplicates included: at the beginning and at the end of a run. */
  async reload(): Promise<void> {
    const id = this.projectId;
    if (id === null) return;
    await this.pulling;
    const [rows, skipped] = await Promise.all([loadRows(id), loadSkipped(id)]);
    if (this.projectId !== id) return;
    this.rows = rows;
    this.skipped = skipped;
  }

  /**
   * More was committed. The first call reads at once; further ones are gathered, for longer the more rows there are,
   * because each read copies the table.
   */
  grow(onRows: () => void, onError: (error: unknown) => void): void {
    if (this.pulling || this.timer) {
      this.again = true;
      return;
    }
    this.pulling = this.pull()
      .then(onRows, onError)
      .finally(() => {
        this.pulling = null;
        const wait = Math.max(200, this.rows.n / 40);
        this.timer = setTimeout(() => {
          this.timer = null;
          if (this.again) this.grow(onRows, onError);
          this.again = false;
        }, wait);
      });
  }

  /** Rows that were there changed: everything is read anew soon, once for all changes until then. */
  refresh(onError: (error: unknown) => void): void {
    this.refreshing ??= setTimeout(
      () => {
        this.refreshing = null;
        this.reload().catch(onError);
      },
      Math.max(500, this.rows.n / 20),
    );
  }

  private async pull(): Promise<void> {
    const id = this.projectId;
    if (id === null) return;
    const [slice, skipped] = await Promise.all([loadRowsFrom(id, this.rows.n), loadSkipped(id)]);
    if (this.projectId !== id) return;
    if (slice.n > 0 && slice.row0 === this.rows.n) this.rows = append(this.rows, slice);
    if (skipped.length !== this.skipped.length) this.skipped = skipped;
  }
}

function append(table: RowTable, more: RowSlice): RowTable {
  const joined = (a: Uint32Array, b: Uint32Array): Uint32Array => {
    const all = new Uint32Array(a.length + b.length);
    all.set(a);
    all.set(b, a.length);
    return all;
  };
  return {
    n: table.n + more.n,
    paths: table.paths.concat(more.paths),
    hashes: table.hashes.concat(more.hashes),
    widths: joined(table.widths, more.widths),
    heights: joined(table.heights, more.heights),
    duplicates: table.duplicates,
  };
}
