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

/** Whether some tab is writing the project now. */
export async function isProjectLocked(projectId: string): Promise<boolean> {
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  const { held = [] } = (await locks?.query()) ?? {};
  return held.some(({ name }) => name === nameOf(projectId));
}

const nameOf = (projectId: string): string => `tessera:${projectId}`;
