import type { Project } from '../../domain/project';
import type { Timing } from '../../domain/timing';
import { addTiming, timingsOf, updateProject } from '../../jobs/projects';
import { timings } from './timings.svelte';

/** Remembers how long a run took: in this browser, and with its project, so that it is there wherever the project goes. */
export function rememberTiming(projectId: string, timing: Timing): void {
  timings.add(timing);
  // Where the store fails, this browser still knows.
  addTiming(projectId, timing).catch(() => undefined);
}

/** The runs of this browser and those that are kept with a project, each once, the oldest first. */
export function allTimings(here: readonly Timing[], kept: readonly Timing[]): Timing[] {
  const runs = new Map([...kept, ...here].map((run) => [idOf(run), run]));
  return [...runs.values()].sort((a, b) => a.at - b.at);
}

/** Forgets the runs of this browser and of the open project; gives what takes it back. */
export async function forgetTimings(session: { project: Project | null }): Promise<() => Promise<void>> {
  const id = session.project?.id;
  const put = async (kept: readonly Timing[]): Promise<void> => {
    if (id === undefined) return;
    const changed = await updateProject(id, { timings: kept });
    if (session.project?.id === id) session.project = changed;
  };
  const before = id === undefined ? [] : await timingsOf(id);
  const undo = timings.clear();
  await put([]);
  return async () => {
    undo();
    await put(before);
  };
}

/** No browser ends two runs of the same size at the same millisecond after the same time. */
const idOf = ({ kind, at, n, seconds }: Timing): string => `${kind} ${at} ${n} ${seconds}`;
