/**
 * Words of 32 bits at the start of a memory through which the threads that work on it agree, a cache line apart. The ticket
 * holds the round in its high bits and the next part in its low ones, so that a thread that is late takes no part of a
 * round it has not seen.
 */
export const TICKET = 16;
/** Threads that may be at work. */
export const ACTIVE = 32;
export const PARTS = 48;
export const KERNEL = 49;
export const JOB = 50;
/** 1 after a kernel trapped. */
export const FAILED = 51;
/** 1 when helpers are to leave the memory. */
export const LEAVE = 52;
/** Bytes that the words take. */
export const CONTROL_BYTES = 256;

const PART_BITS = 20;
const CLOSED = (1 << PART_BITS) - 1;
/** The most parts of a round. */
export const MOST_PARTS = CLOSED;

export function controlOf(memory: WebAssembly.Memory): Int32Array {
  return new Int32Array(memory.buffer, 0, CONTROL_BYTES / 4);
}

/** Starts a round that the helpers have not seen, once all of them are idle. */
export function openRound(control: Int32Array, kernel: number, job: number, parts: number): void {
  Atomics.store(control, KERNEL, kernel);
  Atomics.store(control, JOB, job | 0);
  Atomics.store(control, PARTS, parts);
  const round = (Atomics.load(control, TICKET) >>> PART_BITS) + 1;
  Atomics.store(control, TICKET, (round << PART_BITS) | 0);
  Atomics.notify(control, TICKET);
}

/** Leaves no part to take. */
export function closeRound(control: Int32Array): void {
  Atomics.or(control, TICKET, CLOSED);
}

/** The next part, or -1 and the ticket after which there was none. */
export function takePart(control: Int32Array): { part: number; ticket: number } {
  for (;;) {
    const ticket = Atomics.load(control, TICKET);
    const part = ticket & CLOSED;
    if (part >= Atomics.load(control, PARTS)) return { part: -1, ticket };
    if (Atomics.compareExchange(control, TICKET, ticket, ticket + 1) === ticket) return { part, ticket };
  }
}
