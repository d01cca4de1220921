import { TesseraError } from '../domain/errors';
import { forgetUnfinished } from '../store/descriptors';
import { lockProject } from '../store/locks';
import { isQuotaNear, storageState } from '../store/quota';
import { Bell } from './ahead';
import { Control } from './control';
import { Desk, takeIn } from './intake';
import { Ledger } from './ledger';

/** Files read at once ahead of their turn: the run that goes on has the disk first. */
const READERS = 1;
/** Bytes kept between two looks at the space that is left. */
const QUOTA_STEP = 64 << 20;

/** A project that is worked on here: its files at hand, and its books, held alone among all tabs while anyone uses them. */
export class WorkingSet {
  /** Outlives a run that was cancelled or failed. */
  readonly desk = new Desk();
  /** Rung when there may be more to read or embed. */
  readonly news = new Bell();
  /** The last call that lists files; ends well. */
  adding: Promise<unknown> = Promise.resolve();
  private open: Promise<{ ledger: Ledger; release: () => void }> | null = null;
  private users = 0;
  private ahead: { control: Control; over: Promise<void> } | null = null;

  constructor(private readonly projectId: string) {}

  get isShared(): boolean {
    return this.users > 1;
  }

  /** Nobody uses it, and nothing would be lost with it. */
  get isIdle(): boolean {
    return this.users === 0 && this.desk.size === 0 && this.desk.pictures.size === 0;
  }

  /** Holds the project while `work` runs; calls that overlap share it. Errors: `project-busy`. */
  async using<T>(work: (ledger: Ledger) => Promise<T>): Promise<T> {
    this.users++;
    const opened = (this.open ??= this.attach());
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

  /**
   * Reads and keeps what is at hand, slowly, before its turn; `onKept` follows each commit. Resolves when all is read, when
   * it is stopped, and when the space gets short: what a run needs to write must not be taken by those who wait.
   */
  async readAhead(ledger: Ledger, onKept: () => void): Promise<void> {
    if (!this.ahead) {
      const control = new Control();
      const over = this.read(ledger, control, onKept).finally(() => (this.ahead = null));
      this.ahead = { control, over };
    }
    await this.ahead.over;
  }

  /** Ends reading ahead; what was not kept is at hand as before. */
  async stopAhead(): Promise<void> {
    const { ahead } = this;
    ahead?.control.stop(new TesseraError('cancelled', 'Cancelled.'));
    await ahead?.over.catch(() => undefined);
  }

  private async read(ledger: Ledger, control: Control, onKept: () => void): Promise<void> {
    let unwatched = 0;
    const watch = async (): Promise<void> => {
      unwatched = 0;
      if (isQuotaNear(await storageState(), 0))
        control.stop(new TesseraError('cancelled', 'The space gets short.'));
    };
    const kept = (bytes: number): void => {
      unwatched += bytes;
      if (unwatched >= QUOTA_STEP) void watch();
      onKept();
    };
    try {
      await watch();
      // Files may be added meanwhile.
      while (this.desk.hasWaiting)
        await takeIn(ledger, this.desk, control, { read: 0, store: 0 }, kept, READERS);
    } catch (error) {
      if (error !== control.end) throw error;
    } finally {
      this.putBack(ledger);
    }
  }

  private async attach(): Promise<{ ledger: Ledger; release: () => void }> {
    const release = await lockProject(this.projectId);
    try {
      await forgetUnfinished(this.projectId);
      const ledger = await Ledger.open(this.projectId);
      this.putBack(ledger);
      return { ledger, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  /** What is not done waits again, unless somebody, here or in another tab, has read it since. */
  private putBack(ledger: Ledger): void {
    this.desk.putBack((task) => !('seq' in task) || ledger.hashOf(task.seq) === undefined);
    for (const task of this.desk.pictures)
      if (!ledger.pictureless.has(task.seq)) this.desk.pictures.delete(task);
  }
}
