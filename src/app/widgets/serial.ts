/**
 * Runs jobs one after another, so that thirty mean images do not ask the worker at once; a job whose signal is aborted
 * before its turn never starts. Rejects with the signal's reason then.
 */
export function createSerial(): <T>(job: () => Promise<T>, signal: AbortSignal) => Promise<T> {
  let tail: Promise<unknown> = Promise.resolve();
  return (job, signal) => {
    const result = tail.then(() => {
      signal.throwIfAborted();
      return job();
    });
    tail = result.catch(() => undefined);
    return result;
  };
}
