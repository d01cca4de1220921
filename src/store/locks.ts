import { TesseraError } from '../domain/errors';

/**
 * Takes the right to write a project, one tab at a time; the browser gives it back when the tab dies. Answers the
 * function that releases it. Errors: `project-busy`. Where the browser has no locks, nothing is guarded.
 */
export async function lockProject(projectId: string): Promise<() => void> {
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  if (!locks) return () => undefined;
  return new Promise((resolve, reject) => {
    locks
      .request(nameOf(projectId), { ifAvailable: true }, (lock) => {
        if (!lock)
          throw new TesseraError(
            'project-busy',
            'This project is being worked on in another tab. Go on there, or close that tab and try again.',
          );
        return new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });
}

/**
 * Takes the right to work on the queue, one tab at a time. While another tab has it, `onWait` is called and the answer waits
 * until that tab lets go or dies. Answers the function that releases it. Rejects when `signal` is aborted.
 */
export async function lockQueue(signal: AbortSignal, onWait: () => void): Promise<() => void> {
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  if (!locks) return () => undefined;
  const take = (options: LockOptions): Promise<(() => void) | null> =>
    new Promise((resolve, reject) => {
      locks
        .request(QUEUE, options, (lock) => {
          if (!lock) return resolve(null);
          return new Promise<void>((release) => resolve(release));
        })
        .catch(reject);
    });
  const now = await take({ ifAvailable: true });
  if (now) return now;
  onWait();
  return (await take({ signal }))!;
}

/** Whether some tab is writing the project now. */
export async function isProjectLocked(projectId: string): Promise<boolean> {
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  const { held = [] } = (await locks?.query()) ?? {};
  return held.some(({ name }) => name === nameOf(projectId));
}

const QUEUE = 'tessera-queue';
const nameOf = (projectId: string): string => `tessera:${projectId}`;
