/** Wakes all who wait, once. */
export class Bell {
  private waiting: (() => void)[] = [];

  wait(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  ring(): void {
    const woken = this.waiting;
    this.waiting = [];
    woken.forEach((wake) => wake());
  }
}

/**
 * Runs `work` on up to `limit` items of `source` at once and yields the answers in the order of the source. Unlike a
 * plain generator it pulls ahead while the consumer is busy. An error is thrown where its answer would have been.
 */
export async function* mapAhead<T, R>(
  source: AsyncIterable<T>,
  limit: () => number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const queue: Promise<R>[] = [];
  const moved = new Bell();
  let open = true;
  const add = (answer: Promise<R>): void => {
    // It is awaited later, or never when an earlier one throws.
    answer.catch(() => undefined);
    queue.push(answer);
    moved.ring();
  };
  const pump = async (): Promise<void> => {
    for await (const item of source) {
      if (!open) return;
      add(work(item));
      while (open && queue.length >= limit()) await moved.wait();
      if (!open) return;
    }
  };
  pump()
    .catch((error: unknown) => add(Promise.reject(error)))
    .finally(() => {
      open = false;
      moved.ring();
    });
  try {
    for (;;) {
      while (!queue.length && open) await moved.wait();
      if (!queue.length) return;
      const answer = await queue[0];
      queue.shift();
      moved.ring();
      yield answer;
    }
  } finally {
    open = false;
    moved.ring();
  }
}

/** The same items, and null once whenever none has come for so many seconds: then what is there need not wait for more. */
export async function* withPauses<T>(items: AsyncIterable<T>, seconds: number): AsyncGenerator<T | null> {
  const iterator = items[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = iterator.next();
      if (await isLate(next, seconds)) yield null;
      const result = await next;
      if (result.done) return;
      yield result.value;
    }
  } finally {
    // Not awaited: it ends when the item under way does, which may be long.
    iterator.return?.().catch(() => undefined);
  }
}

async function isLate(next: Promise<unknown>, seconds: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<true>((resolve) => (timer = setTimeout(() => resolve(true), 1000 * seconds)));
  const come = next.then(
    () => false,
    () => false,
  );
  return Promise.race([come, late]).finally(() => clearTimeout(timer));
}
