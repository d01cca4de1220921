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
