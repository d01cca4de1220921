import { TesseraError } from '../domain/errors';
import type { Arena } from './arena';
import { ACTIVE, FAILED, LEAVE, closeRound, controlOf, openRound, takePart } from './control';
import type { Invitation } from './helper';
import { KERNELS, type KernelName } from './module';

/** The most threads that work together, the leading one included. */
export const MOST_THREADS = 8;

/** A thread that runs `help` for each invitation it is posted. */
export interface Helper {
  postMessage(invitation: Invitation): void;
  terminate(): void;
}

/** Lets messages in now and then; throws when the work is cancelled. */
export type Turn = () => Promise<void>;

/**
 * The threads that run kernels: this one, which leads, and helpers where memory can be shared. Which thread runs a part is
 * left to chance; kernels are written so that it does not matter.
 */
export class Team {
  readonly #helpers: Helper[];
  /** The memory that the helpers are at. */
  #at: Arena | null = null;
  /** One round at a time: the next one waits for this. */
  #running: Promise<void> = Promise.resolve();
  /** Parts that helpers have run so far. */
  helped = 0;

  /** `helpers` = 0 where threads cannot share memory. */
  constructor(spawn: (() => Helper) | null = null, helpers = 0) {
    this.#helpers = spawn ? Array.from({ length: helpers }, spawn) : [];
  }

  get threads(): number {
    return this.#helpers.length + 1;
  }

  /** Runs parts 0 .. `parts` - 1 of a job. Errors: what `turn` throws, with no thread at work any more; `internal`. */
  run(arena: Arena, kernel: KernelName, job: number, parts: number, turn: Turn): Promise<void> {
    const round = this.#running.then(() => this.#round(arena, kernel, job, parts, turn));
    this.#running = round.catch(() => undefined);
    return round;
  }

  /** The helpers leave a memory, which can then be collected. */
  leave(arena: Arena): void {
    if (this.#at !== arena) return;
    const control = controlOf(arena.memory);
    Atomics.store(control, LEAVE, 1);
    // A new ticket, or a helper that is about to sleep would miss the news.
    openRound(control, 0, 0, 0);
    this.#at = null;
  }

  /** Ends the helpers. */
  close(): void {
    for (const helper of this.#helpers) helper.terminate();
    this.#helpers.length = 0;
    this.#at = null;
  }

  async #round(arena: Arena, kernel: KernelName, job: number, parts: number, turn: Turn): Promise<void> {
    if (parts > 1) this.#gather(arena);
    const control = controlOf(arena.memory);
    const run = arena.kernels[kernel];
    openRound(control, KERNELS.indexOf(kernel), job, parts);
    let own = 0;
    try {
      for (let { part } = takePart(control); part >= 0; { part } = takePart(control)) {
        run(job, part, 0);
        own++;
        await turn();
      }
      await idle(control, turn);
      this.helped += parts - own;
    } finally {
      closeRound(control);
      await idle(control, async () => undefined);
    }
    if (Atomics.exchange(control, FAILED, 0) === 1)
      throw new TesseraError('internal', `A thread failed in ${kernel}: reload the page to go on.`);
  }

  #gather(arena: Arena): void {
    if (this.#helpers.length === 0 || !arena.isShared || this.#at === arena) return;
    if (this.#at) this.leave(this.#at);
    Atomics.store(controlOf(arena.memory), LEAVE, 0);
    const { module, memory } = arena;
    this.#helpers.forEach((helper, i) => helper.postMessage({ module, memory, thread: i + 1 }));
    this.#at = arena;
  }
}

/** Waits for the last parts of others: a moment awake, then asleep where this thread may sleep. */
async function idle(control: Int32Array, turn: Turn): Promise<void> {
  for (let looks = 0; ; looks++) {
    const active = Atomics.load(control, ACTIVE);
    if (active === 0) return;
    if (looks < 200) continue;
    if (maySleep) Atomics.wait(control, ACTIVE, active, 10);
    else await new Promise((resolve) => setTimeout(resolve));
    await turn();
  }
}

/** A page may not sleep, its workers may. */
const maySleep = (() => {
  if (typeof SharedArrayBuffer === 'undefined') return false;
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1, 0);
    return true;
  } catch {
    return false;
  }
})();
