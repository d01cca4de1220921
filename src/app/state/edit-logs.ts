import type { Clustering, ClusterNote } from '../../domain/clustering';
import { EDITS_VERSION, type Edit, type EditLog } from '../../domain/edits';

/** The edits kept with a project, by sweep and k. */
export type EditLogs = ReadonlyMap<string, EditLog>;
export const NO_LOGS: EditLogs = new Map();

const keyOf = (sweep: string, k: number): string => `${k}|${sweep}`;

export const logsOf = (kept: readonly EditLog[]): EditLogs =>
  new Map(kept.map((log) => [keyOf(log.sweep, log.k), log]));

export const logIn = (logs: EditLogs, sweep: string, k: number): EditLog | null =>
  logs.get(keyOf(sweep, k)) ?? null;

export const withLog = (logs: EditLogs, log: EditLog): EditLogs =>
  new Map(logs).set(keyOf(log.sweep, log.k), log);

export function withoutLog(logs: EditLogs, { sweep, k }: Pick<EditLog, 'sweep' | 'k'>): EditLogs {
  const next = new Map(logs);
  next.delete(keyOf(sweep, k));
  return next;
}

/** A log without edits, of a clustering as it was fitted and the names it has. */
export function freshLog(
  { sweep, specKey }: Pick<EditLog, 'sweep' | 'specKey'>,
  { k, labels }: Clustering,
  names: ReadonlyMap<number, ClusterNote>,
): EditLog {
  const of = { sweep, specKey, k, base: labels, names: new Map(names) };
  return { version: EDITS_VERSION, ...of, edits: [], done: 0 };
}

/** Logs of the same descriptor beside one, with edits in force that the person has not dealt with; latest first. */
export function othersOf(logs: EditLogs, own: EditLog | null, specKey: string | undefined): EditLog[] {
  const timeOf = (log: EditLog): number => log.edits.at(-1)?.at ?? 0;
  return [...logs.values()]
    .filter((log) => log !== own && log.specKey === specKey && log.done > 0 && !log.settled)
    .sort((a, b) => timeOf(b) - timeOf(a));
}

/** Whether what a log says comes from a model, which keeps its clusters whatever images there are. */
export const isOfModel = (log: Pick<EditLog, 'sweep'>): boolean => log.sweep.startsWith('model|');

export function sameEdits(a: readonly Edit[], b: readonly Edit[]): boolean {
  return a.length === b.length && a.every((edit, i) => edit === b[i]);
}

/** Whether `now` has the edits of `before`, and perhaps more after them. */
export const goesOnFrom = (now: EditLog | null, before: EditLog): now is EditLog =>
  now !== null && sameEdits(now.edits.slice(0, before.edits.length), before.edits);
