import type { ErrorRecord } from '../../domain/errors';
import type { ArrivalFacts } from '../../jobs/queue';
import { i18n } from '../i18n/i18n.svelte';
import { notices } from './notices.svelte';

/** What the person is told while the storage is full: that all sets are paused, and which are not in the queue yet. */
export class QueueSpace {
  isFull = $state(false);
  /** Sets that were given here and have no place in the queue. */
  arrivals = $state.raw<readonly ArrivalFacts[]>([]);
  private said: number | null = null;

  constructor(private readonly resumeAll: () => Promise<void>) {}

  /** Null: there seems to be room again. */
  take(full: ErrorRecord | null): void {
    const was = this.isFull;
    this.isFull = full !== null;
    if (!full) this.hush();
    else if (!was) this.say(full);
  }

  /** Whether it is for want of space that a project is not in the queue. */
  keepsOut(projectId: string): boolean {
    return this.arrivals.some((arrival) => arrival.projectId === projectId);
  }

  private say({ message }: ErrorRecord): void {
    this.hush();
    const text = (): string => i18n.m.queue.full(this.arrivals.map(({ name }) => name));
    const run = (): void => void this.resumeAll().catch((error) => notices.error(error));
    const action = { label: () => i18n.m.queue.resumeAll, run };
    this.said = notices.say({ tone: 'error', text, detail: message, action });
  }

  private hush(): void {
    if (this.said !== null) notices.dismiss(this.said);
    this.said = null;
  }
}
