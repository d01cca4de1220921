import { toRecord, type ErrorRecord } from '../../domain/errors';
import type { JoinChoice, JoinList, JoinReport, TableSketch } from '../../domain/metadata';
import type { JoinKey } from '../../domain/table';
import { save } from '../../exports/save';
import { MetadataJob } from '../../jobs/metadata-job';
import { firstKey, keyOf } from './join-guess';

type Stage = 'reading' | 'matching';

/** A table that a person looks at to say how it is joined to the images of a project. */
export class TableJoin {
  sketch = $state.raw<TableSketch | null>(null);
  /** Images there are, and the ways that lead to some of them, best first. */
  images = $state(0);
  choices = $state.raw<readonly JoinChoice[]>([]);
  key = $state.raw<JoinKey | null>(null);
  /** What `key` joins; null while that is worked out. */
  report = $state.raw<JoinReport | null>(null);
  /** What takes long now. */
  busy = $state.raw<{ stage: Stage; fraction: number } | null>(null);
  error = $state.raw<ErrorRecord | null>(null);
  private readonly job = new MetadataJob();
  private turn = 0;

  /** Reads a file and proposes how to join it; `path` is where it lies among the project's files, if it does. */
  async readFile(file: File, projectId: string | null, path: string): Promise<void> {
    await this.attempt(async () => {
      const sketch = await this.job.read(file, this.begin('reading'));
      await this.match(sketch, projectId, path, null);
    });
  }

  /** Takes up a table that is kept, with the key it has. */
  async openKept(projectId: string, id: string, key: JoinKey): Promise<void> {
    await this.attempt(async () => {
      this.begin('reading');
      const sketch = await this.job.open(projectId, id);
      await this.match(sketch, projectId, null, key);
    });
  }

  /** Joins by another key. */
  async choose(key: JoinKey): Promise<void> {
    const turn = ++this.turn;
    this.key = keyOf(key);
    this.report = null;
    await this.attempt(async () => {
      const report = await this.job.join(keyOf(key));
      if (turn === this.turn) this.report = report;
    });
  }

  /** Hands out a list of what found no partner. Must follow a click. */
  async download(kind: JoinList, name: string): Promise<void> {
    const bytes = await this.job.list(kind);
    async function* chunks(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
      yield bytes;
    }
    await save({ name, type: 'text/csv', chunks: chunks() });
  }

  /** Keeps the table with a project; gives its id. Errors: `quota`, `store`. */
  keep(projectId: string, name: string): Promise<string> {
    if (!this.key) throw new Error('No key is chosen.');
    return this.job.keep(projectId, name, this.key);
  }

  /** Ends what runs. */
  close(): void {
    this.job.stop();
  }

  private async match(
    sketch: TableSketch,
    projectId: string | null,
    path: string | null,
    key: JoinKey | null,
  ): Promise<void> {
    this.sketch = sketch;
    if (projectId !== null) {
      const { images, choices } = await this.job.choices(projectId, path, this.begin('matching'));
      this.images = images;
      this.choices = choices;
    }
    this.busy = null;
    const first = key ?? firstKey(sketch, this.choices);
    if (first) await this.choose(first);
  }

  /** Something long begins; gives what it is to be told by. */
  private begin(stage: Stage): (fraction: number) => void {
    this.busy = { stage, fraction: 0 };
    return (fraction) => {
      // Progress has a channel of its own: the last of it may come after the end.
      if (this.busy?.stage === stage) this.busy = { stage, fraction };
    };
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const record = toRecord(error);
      if (record.code !== 'cancelled') this.error = record;
      this.busy = null;
    }
  }
}
