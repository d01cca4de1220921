/** Requests to one server at a time. */
const AT_ONCE = 4;

interface Host {
  running: number;
  waiting: (() => void)[];
  /** No request before this time (milliseconds of `performance.now`). */
  from: number;
}

/** Takes turns at each server: a few requests at a time, and none while it asked to be left alone. */
export class HostTurns {
  private readonly hosts = new Map<string, Host>();

  /** Runs `work` when it is its turn; rejects when `signal` ends the wait. */
  async run<T>(origin: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const host = this.host(origin);
    while (host.running >= AT_ONCE) await abortable(signal, (resolve) => void host.waiting.push(resolve));
    host.running++;
    try {
      await this.pass(host, signal);
      signal.throwIfAborted();
      return await work();
    } finally {
      host.running--;
      // All look again: the first of them may have given up waiting.
      for (const look of host.waiting.splice(0)) look();
    }
  }

  /** Leaves a server alone for so long, with all that wait for it; resolves after. */
  async hold(origin: string, milliseconds: number, signal: AbortSignal): Promise<void> {
    const host = this.host(origin);
    host.from = Math.max(host.from, performance.now() + milliseconds);
    await this.pass(host, signal);
  }

  private async pass(host: Host, signal: AbortSignal): Promise<void> {
    for (let left = host.from - performance.now(); left > 0; left = host.from - performance.now()) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      await abortable(signal, (resolve) => (timer = setTimeout(resolve, left))).finally(() =>
        clearTimeout(timer),
      );
    }
  }

  private host(origin: string): Host {
    const known = this.hosts.get(origin);
    if (known) return known;
    const host: Host = { running: 0, waiting: [], from: 0 };
    this.hosts.set(origin, host);
    return host;
  }
}

/** A wait that `signal` ends with a rejection. */
function abortable(signal: AbortSignal, begin: (resolve: () => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => reject(signal.reason as Error);
    if (signal.aborted) return end();
    signal.addEventListener('abort', end, { once: true });
    begin(() => {
      signal.removeEventListener('abort', end);
      resolve();
    });
  });
}
