import { proxy } from 'comlink';
import { TesseraError } from '../domain/errors';
import type { ProjectFileService, ProjectFileSizes, ProjectFileSummary } from '../domain/project-file';
import { WorkerHandle } from '../workers/worker-handle';

/** How far a file has been read or written, 0..1, and the seconds left as it went so far; null until that can be told. */
export interface FileProgress {
  fraction: number;
  secondsLeft: number | null;
}

type Report = (progress: FileProgress) => void;

/** Seconds after which the time that is left is worth telling. */
const SURE = 1;

// Vite bundles a worker only where `new URL` stands inside `new Worker`.
function spawn(): WorkerHandle<ProjectFileService> {
  return new WorkerHandle(
    new Worker(new URL('../workers/project-file.worker.ts', import.meta.url), {
      type: 'module',
      name: 'project-file',
    }),
  );
}

/** What a project file says of itself. Errors: `project-file`, `project-newer`. */
export function describeProjectFile(file: Blob): Promise<ProjectFileSummary> {
  return once((handle) => handle.call((remote) => remote.describe(file)));
}

/** About how large a project would be as a file. */
export function projectFileSizes(projectId: string): Promise<ProjectFileSizes> {
  return once((handle) => handle.call((remote) => remote.sizes(projectId)));
}

/**
 * Makes a new project of a project file and answers its id; when it fails or `signal` ends it, nothing is left. Errors:
 * `project-file`, `project-newer`, `quota`, `store`, `cancelled`.
 */
export function openProjectFile(file: Blob, report: Report, signal: AbortSignal): Promise<string> {
  return once((handle) => {
    const told = timed(report);
    const cancel = (): void => void handle.call((remote) => remote.cancel()).catch(() => undefined);
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) throw new TesseraError('cancelled', 'Cancelled.');
    return handle.call((remote) => remote.open(file, proxy(told)));
  });
}

/**
 * A project as the bytes of a project file, made while they are pulled. `expected` is about how many there will be, to tell
 * how far it is. Errors: `store`, `project-busy` while the project is being embedded, `cancelled` when `signal` ends it.
 */
export async function* projectFileChunks(
  projectId: string,
  { originals, expected }: { originals: boolean; expected: number },
  report: Report,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const handle = spawn();
  const told = timed(report);
  let written = 0;
  try {
    await handle.call((remote) => remote.begin(projectId, originals));
    for (;;) {
      if (signal.aborted) throw new TesseraError('cancelled', 'Cancelled.');
      const part = await handle.call((remote) => remote.next());
      if (!part) return;
      written += part.length;
      told(Math.min(0.99, written / Math.max(expected, 1)));
      yield part;
    }
  } finally {
    handle.stop();
  }
}

async function once<T>(work: (handle: WorkerHandle<ProjectFileService>) => Promise<T>): Promise<T> {
  const handle = spawn();
  try {
    return await work(handle);
  } finally {
    handle.stop();
  }
}

function timed(report: Report): (fraction: number) => void {
  const start = performance.now();
  return (fraction) => {
    const seconds = (performance.now() - start) / 1000;
    const known = seconds >= SURE && fraction > 0;
    report({ fraction, secondsLeft: known ? (seconds * (1 - fraction)) / fraction : null });
  };
}
