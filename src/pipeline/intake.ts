import { TesseraError } from '../domain/errors';
import type { StageSeconds } from '../domain/progress';
import { sniff } from '../images/sniff';
import { mapAhead, withPauses } from './ahead';
import type { Candidate, PictureTask, Task } from './announce';
import type { Control } from './control';
import { sha256 } from './hash';
import type { Ledger, Reading } from './ledger';

/** Files read at once: enough to keep a disk busy. */
const READERS = 6;
/** A batch is written when it has this many files or bytes, or is this old (seconds). */
const BATCH = { files: 64, bytes: 16 << 20, seconds: 0.5 };
/** Enough of a file to know its format. */
const HEAD = 4096;
/** Files up to this size (bytes) are read in one go: to look at their first bytes alone would cost as much again. */
const AT_ONCE = 1 << 20;

type Read = { task: Task } & (
  { hash: string; bytes: Uint8Array<ArrayBuffer> } | { skip: NonNullable<Candidate['skip']> }
);

/**
 * Files at hand that are announced and not kept yet. Tasks taken but not done when a run breaks off are put back, so
 * that the next run of this session reads them.
 */
export class Desk {
  private waiting: Task[] = [];
  private next = 0;
  private readonly taken = new Set<Task>();
  private listed = 0;
  /** Files for rows that are known by their path only. */
  readonly pictures = new Set<PictureTask>();

  add(tasks: readonly Task[]): void {
    for (const task of tasks) {
      this.waiting.push(task);
      this.listed += Number('seq' in task);
    }
  }

  take(): Task | undefined {
    if (this.next === this.waiting.length) return undefined;
    const task = this.waiting[this.next++];
    this.taken.add(task);
    return task;
  }

  done(task: Task): void {
    this.taken.delete(task);
    this.listed -= Number('seq' in task);
  }

  /** The same bytes under another number. */
  replace(task: Task, by: Task): void {
    this.done(task);
    this.taken.add(by);
    this.listed += Number('seq' in by);
  }

  /** Makes everything that is not done wait again, but for tasks that `wanted` refuses. */
  putBack(wanted: (task: Task) => boolean): void {
    const again = this.tasks.filter(wanted);
    this.waiting = [];
    this.next = 0;
    this.taken.clear();
    this.listed = 0;
    this.add(again);
  }

  get tasks(): Task[] {
    return [...this.taken, ...this.waiting.slice(this.next)];
  }

  /** Whether `take` would answer one. */
  get hasWaiting(): boolean {
    return this.next < this.waiting.length;
  }

  /** Tasks for files that are listed in the project. */
  get files(): number {
    return this.listed;
  }

  get size(): number {
    return this.taken.size + this.waiting.length - this.next;
  }
}

/**
 * Reads, hashes and keeps everything on the desk, then resolves. Each batch is committed before `onKept` is called.
 * Files without an image in them are let go at once. Errors: `quota`, `store`, and what stopped `control`.
 */
export async function takeIn(
  ledger: Ledger,
  desk: Desk,
  control: Control,
  seconds: Pick<StageSeconds, 'read' | 'store'>,
  onKept: (bytes: number) => void,
  readers = READERS,
): Promise<void> {
  let batch: Read[] = [];
  let bytes = 0;
  let since = performance.now();
  const flush = async (): Promise<void> => {
    const start = performance.now();
    await keep(ledger, desk, batch);
    batch.forEach(({ task }) => desk.done(task));
    const kept = bytes;
    batch = [];
    bytes = 0;
    since = performance.now();
    seconds.store += (since - start) / 1000;
    onKept(kept);
  };
  const reads = mapAhead(
    tasks(desk, control),
    () => readers,
    (task) => read(task, seconds),
  );
  for await (const one of withPauses(reads, BATCH.seconds)) {
    if (!one) {
      if (batch.length) await flush();
      continue;
    }
    batch.push(one);
    if ('bytes' in one) bytes += one.bytes.length;
    const age = (performance.now() - since) / 1000;
    if (batch.length >= BATCH.files || bytes >= BATCH.bytes || age >= BATCH.seconds) await flush();
  }
  if (batch.length) await flush();
}

async function* tasks(desk: Desk, control: Control): AsyncGenerator<Task> {
  for (;;) {
    await control.pass();
    const task = desk.take();
    if (!task) return;
    yield task;
  }
}

async function read(task: Task, seconds: Pick<StageSeconds, 'read'>): Promise<Read> {
  const { candidate } = task;
  if (candidate.skip) return { task, skip: candidate.skip };
  const start = performance.now();
  try {
    const source = await candidate.open();
    if (source.size === 0) return { task, skip: { code: 'empty' } };
    // A video may be larger than memory: its first bytes tell that it need not be read.
    const head = source.size > AT_ONCE ? source.slice(0, HEAD) : source;
    let bytes = new Uint8Array(await head.arrayBuffer());
    if (!sniff(bytes)) return { task, skip: { code: 'not-image' } };
    if (head !== source) bytes = new Uint8Array(await source.arrayBuffer());
    return { task, hash: await sha256(bytes), bytes };
  } catch (error) {
    // What is being fetched when the run ends was not refused.
    if (error instanceof TesseraError && error.code === 'cancelled') throw error;
    const detail = error instanceof Error ? error.message : String(error);
    return { task, skip: { code: candidate.failure, detail } };
  } finally {
    seconds.read += (performance.now() - start) / 1000;
  }
}

async function keep(ledger: Ledger, desk: Desk, batch: readonly Read[]): Promise<void> {
  const changed = batch.filter(isChanged);
  if (changed.length) {
    const first = await ledger.announce(changed.map(({ task }) => task.candidate));
    changed.forEach((one, i) => {
      const task = { candidate: one.task.candidate, seq: first + i };
      desk.replace(one.task, task);
      one.task = task;
    });
  }
  const readings = batch.flatMap(({ task, ...result }): Reading[] =>
    'seq' in task ? [{ seq: task.seq, ...result }] : [],
  );
  await ledger.keepBytes(batch.flatMap((one) => ('hash' in one ? [one] : [])));
  await ledger.takeIn(readings);
}

/** A file that looked like one the project has, by path, size and date, and has other bytes. */
function isChanged(one: Read): boolean {
  return 'sameAs' in one.task && 'hash' in one && one.hash !== one.task.sameAs;
}
