import type { SweepOptions } from '../domain/clustering';
import type { ErrorRecord } from '../domain/errors';
import type { AnalysisProgress, EmbedEvent } from '../domain/progress';
import type { BackendChoice, Counts, Project } from '../domain/project';
import type { QueuedSet } from '../store/queue';
import type { ArrivalFacts } from './arrival';
import type { Turn } from './next-turn';

export type QueueEvent =
  /** The queue as the store has it now. */
  | { type: 'sets'; sets: QueuedSet[] }
  /** Whose turn it is; null: nobody's. */
  | { type: 'turn'; turn: Turn | null }
  | { type: 'embed'; projectId: string; event: EmbedEvent }
  /** Whose files are read before their turn; null: nobody's. */
  | { type: 'reading'; projectId: string | null }
  /** Files of a project that waits were kept. */
  | { type: 'kept'; projectId: string; counts: Counts }
  | { type: 'clustering'; projectId: string; progress: AnalysisProgress }
  | { type: 'failed'; projectId: string; error: ErrorRecord }
  /** There is no more space: nobody goes on until somebody says so; null: there is room again, it seems. */
  | { type: 'full'; error: ErrorRecord | null }
  /** Sets that were given here and are not in the queue, for want of space. */
  | { type: 'arrivals'; arrivals: readonly ArrivalFacts[] }
  /** Embedded and, unless somebody looks at it and sees to that, clustered. */
  | { type: 'ready'; projectId: string }
  /** Nothing is left to do. */
  | { type: 'over' }
  /** Another tab works on the queue. */
  | { type: 'elsewhere'; elsewhere: boolean };

export interface QueueParts {
  listen: (event: QueueEvent) => void;
  backendOf: (project: Project) => BackendChoice;
  optionsOf: (project: Project) => SweepOptions;
}
