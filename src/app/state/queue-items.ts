import type { ErrorRecord } from '../../domain/errors';
import type { AnalysisProgress, EmbedProgress } from '../../domain/progress';
import type { Counts, Project } from '../../domain/project';
import type { QueuedSet, Turn } from '../../jobs/queue';
import { doneFraction } from './progress';

export type SetState =
  'embedding' | 'clustering' | 'reading' | 'waiting' | 'paused' | 'failed' | 'embedded' | 'done';

/** A set as the panel shows it. */
export interface QueueItem {
  id: string;
  name: string;
  state: SetState;
  counts: Counts;
  /** Share that is done, 0..1, of the step it is at. */
  fraction: number;
  rate: number | null;
  secondsLeft: number | null;
  /** Files that were never read and are not at hand: they have to be dropped again. */
  missing: number;
  failure: ErrorRecord | null;
}

/** By the id of the project. */
export type ById<T> = Readonly<Partial<Record<string, T>>>;

/** What is known of the queue beside the store. */
export interface QueueNews {
  turn: Turn | null;
  progress: ById<EmbedProgress>;
  /** Counts of sets that are read before their turn. */
  kept: ById<Counts>;
  /** The one that is being read. */
  reading: string | null;
  clustering: AnalysisProgress | null;
  /** There is no more space: nobody goes on. */
  isFull: boolean;
  isAtHand(projectId: string): boolean;
}

/** The store's counts, with unread files as waiting if they are at hand, as a run counts them. */
export function withFilesAtHand(counts: Counts, isAtHand: boolean): Counts {
  if (!isAtHand) return counts;
  return { ...counts, waiting: counts.waiting + counts.missing, missing: 0 };
}

export function itemsOf(sets: readonly QueuedSet[], news: QueueNews): QueueItem[] {
  return sets.map((set) => itemOf(set, news));
}

function itemOf({ project, entry, counts }: QueuedSet, news: QueueNews): QueueItem {
  const { id, name } = project;
  const step = news.turn?.projectId === id ? news.turn.step : null;
  const progress = step === 'embed' ? (news.progress[id] ?? null) : null;
  const kept = news.kept[id];
  // The store may know of more than was told last, never of less.
  const known = progress?.counts ?? (kept && kept.missing <= counts.missing ? kept : null);
  const now = known ?? withFilesAtHand(counts, news.isAtHand(id));
  return {
    id,
    name,
    state: stateOf(entry, step, progress, news),
    counts: now,
    fraction: step === 'cluster' ? (news.clustering?.fraction ?? 0) : doneFraction(now),
    rate: progress?.rate ?? null,
    secondsLeft:
      step === 'cluster' ? (news.clustering?.secondsLeft ?? null) : (progress?.secondsLeft ?? null),
    missing: step === 'embed' ? 0 : now.missing,
    failure: step ? null : (entry.failure ?? null),
  };
}

function stateOf(
  entry: QueuedSet['entry'],
  step: Turn['step'] | null,
  progress: EmbedProgress | null,
  { isFull, reading }: QueueNews,
): SetState {
  if (step === 'cluster') return 'clustering';
  if (step === 'embed') return progress?.state === 'paused' ? 'paused' : 'embedding';
  if (entry.failure) return 'failed';
  if (entry.embeddedAt !== undefined) return entry.clusteredAt === undefined ? 'embedded' : 'done';
  if (entry.paused || entry.held || isFull) return 'paused';
  return reading === entry.projectId ? 'reading' : 'waiting';
}

export const isOpenItem = ({ state }: QueueItem): boolean =>
  state === 'embedding' || state === 'clustering' || state === 'reading' || state === 'waiting';

/**
 * Seconds until all that is not set aside is embedded, if the images to come take as long as those of the set that runs; null
 * until that is measured.
 */
export function secondsForAll(items: readonly QueueItem[]): number | null {
  const rate = items.find(({ state }) => state === 'embedding')?.rate ?? null;
  if (rate === null || rate <= 0) return null;
  const images = items.filter(isOpenItem).reduce((sum, { counts }) => sum + counts.waiting, 0);
  return images / rate;
}

/** The set that one comes to stand before when it is moved by `step` places; undefined when it cannot be moved so far. */
export function placeAfterStep(ids: readonly string[], id: string, step: -1 | 1): string | null | undefined {
  const at = ids.indexOf(id);
  const to = at + step;
  if (at < 0 || to < 0 || to >= ids.length) return undefined;
  return step < 0 ? ids[to] : (ids[to + 1] ?? null);
}

/** How many sets come before it; null when it does not wait. */
export function setsAhead(items: readonly QueueItem[], project: Project | null): number | null {
  const at = items.findIndex(({ id }) => id === project?.id);
  if (at < 0 || (items[at].state !== 'waiting' && items[at].state !== 'reading')) return null;
  const running = items.findIndex(({ state }) => state === 'embedding' || state === 'clustering');
  const before = items.filter((item, i) => i < at && isOpenItem(item)).length;
  return before + Number(running > at);
}
