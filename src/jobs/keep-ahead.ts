import { toRecord, type ErrorRecord } from '../domain/errors';
import type { Counts } from '../domain/project';
import type { QueuedSet } from '../store/queue';
import type { EmbedJob } from './embed-job';

interface Listener {
  /** Those whose files may be read now, in the order of the queue. */
  wanted(): readonly QueuedSet[];
  /** Whose files are read from now on. */
  reading(projectId: string | null): void;
  kept(projectId: string, counts: Counts): void;
  /** All that could be kept now is kept. */
  ended(projectId: string): Promise<void>;
  failed(projectId: string, error: ErrorRecord): Promise<void>;
}

/** Keeps the files of projects that wait, one project after the other in the order of the queue, so that a closed tab loses little. */
export class KeepAhead {
  /** Projects whose files were given here -> whether there is something to read that was not tried. */
  private readonly atHand = new Map<string, boolean>();
  private reading: { projectId: string; over: Promise<void> } | null = null;

  constructor(
    private readonly job: Pick<EmbedJob, 'keep' | 'stopKeeping'>,
    private readonly listener: Listener,
  ) {}

  has(projectId: string): boolean {
    return this.atHand.has(projectId);
  }

  /** Files of it are at hand. */
  take(projectId: string): void {
    this.atHand.set(projectId, true);
  }

  /** Its run was ended and may have left files at hand. */
  takeBack(projectId: string): void {
    if (this.atHand.has(projectId)) this.atHand.set(projectId, true);
  }

  /** All of it has been read. */
  forget(projectId: string): void {
    this.atHand.delete(projectId);
  }

  /** Goes on with the first that is wanted; those that are paused come last. */
  go(): void {
    if (this.reading) return;
    const wanted = this.listener.wanted().filter(({ project }) => this.atHand.get(project.id));
    const set = wanted.find(({ entry }) => !entry.paused) ?? wanted.at(0);
    if (!set) return;
    const { id, spec } = set.project;
    this.atHand.set(id, false);
    const over = this.job
      .keep(id, spec, (counts) => this.listener.kept(id, counts))
      .then(() => this.listener.ended(id))
      .catch((error: unknown) => this.listener.failed(id, toRecord(error)))
      .catch(() => undefined)
      .then(() => {
        this.reading = null;
        this.listener.reading(null);
        this.go();
      });
    this.reading = { projectId: id, over };
    this.listener.reading(id);
  }

  /** Ends reading, of one project or of whichever is being read; the rest stays at hand. */
  async stop(projectId?: string): Promise<void> {
    const { reading } = this;
    if (!reading || (projectId !== undefined && projectId !== reading.projectId)) return;
    this.atHand.set(reading.projectId, true);
    await this.job.stopKeeping(reading.projectId);
    await reading.over;
  }
}
