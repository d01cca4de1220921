const ALIGN = 64;

/** Which bytes of a memory are taken: first fit, free neighbours merged. Addresses are multiples of 64. */
export class Spans {
  /** Free spans, rising, none touching the next. */
  readonly #free: { from: number; to: number }[];
  readonly #taken = new Map<number, number>();
  #used = 0;

  constructor(
    from: number,
    private to: number,
  ) {
    this.#free = from < to ? [{ from, to }] : [];
  }

  get used(): number {
    return this.#used;
  }

  /** The address of as many bytes, or null when no span is long enough. */
  take(bytes: number): number | null {
    const size = Math.max(ALIGN, Math.ceil(bytes / ALIGN) * ALIGN);
    const place = this.#free.findIndex(({ from, to }) => to - from >= size);
    if (place < 0) return null;
    const span = this.#free[place];
    const at = span.from;
    span.from += size;
    if (span.from === span.to) this.#free.splice(place, 1);
    this.#taken.set(at, size);
    this.#used += size;
    return at;
  }

  /** Gives back what `take` gave; anything else is ignored. */
  give(at: number): void {
    const size = this.#taken.get(at);
    if (size === undefined) return;
    this.#taken.delete(at);
    this.#used -= size;
    this.#insert(at, at + size);
  }

  /** The memory now ends at `to`. */
  extend(to: number): void {
    this.#insert(this.to, to);
    this.to = to;
  }

  #insert(from: number, to: number): void {
    const place = this.#free.findIndex((span) => span.from > from);
    const next = place < 0 ? this.#free.length : place;
    const before = this.#free[next - 1];
    const after = this.#free[next];
    const joinsBefore = before?.to === from;
    const joinsAfter = after?.from === to;
    if (joinsBefore && joinsAfter) {
      before.to = after.to;
      this.#free.splice(next, 1);
    } else if (joinsBefore) before.to = to;
    else if (joinsAfter) after.from = from;
    else this.#free.splice(next, 0, { from, to });
  }
}
