import { untrack } from 'svelte';
import type { Clustering } from '../../domain/clustering';
import { Task, type Report } from './task.svelte';

interface Host {
  readonly clustering: Clustering | null;
  /** Ends what is under way. */
  readonly life: AbortSignal;
}

/** A person who starts one analysis after the other can do without. */
const MOST_RETRIES = 5;

export type Compute<T> = (
  clustering: Clustering,
  key: string,
  report: Report,
  signal: AbortSignal,
) => Promise<T>;

/** Something that takes a while and depends on the clustering in use: made when a screen wants it, once for a clustering and key. */
export class PerClustering<T> {
  readonly task = new Task();
  private readonly kept = new WeakMap<object, Readonly<Record<string, T>>>();
  private version = $state(0);
  private making: { basis: object; key: string } | null = null;

  /**
   * `isReady` is asked in effects and may be reactive; `basisOf` is what a value is made of, and stays the same object as long
   * as it says the same.
   */
  constructor(
    private readonly host: Host,
    private readonly compute: Compute<T>,
    private readonly isReady: () => boolean = () => true,
    private readonly basisOf: (clustering: Clustering) => object = ({ labels }) => labels,
  ) {}

  /** null until it is made. Reactive. */
  value(key = ''): T | null {
    void this.version;
    const { clustering } = this.host;
    return (clustering && this.kept.get(this.basisOf(clustering))?.[key]) ?? null;
  }

  /** To be called in an effect: makes it as soon as it can be, if it is not there; what failed is not tried again. */
  want(key = ''): void {
    const { clustering } = this.host;
    if (!clustering || !this.isReady()) return;
    const { making } = this;
    if (making?.basis === this.basisOf(clustering) && making.key === key) return;
    if (this.value(key) === null) untrack(() => void this.make(key));
  }

  /** Makes it again, or anew in another way. */
  async make(key = '', compute: Compute<T> = this.compute): Promise<void> {
    const { clustering, life } = this.host;
    if (!clustering) return;
    const basis = this.basisOf(clustering);
    const making = (this.making = { basis, key });
    const attempt = (): Promise<T | null> =>
      this.task.run(life, (report, signal) => compute(clustering, key, report, signal));
    let found = await attempt();
    // Ended by another analysis and by nobody here: asked for again, it waits for that one.
    for (let times = 0; times < MOST_RETRIES && this.isTakenOver(making); times++) found = await attempt();
    if (this.making === making) this.making = null;
    if (found === null) return;
    this.kept.set(basis, { ...this.kept.get(basis), [key]: found });
    this.version++;
  }

  private isTakenOver(making: { basis: object }): boolean {
    const { clustering } = this.host;
    const isCurrent = clustering !== null && this.basisOf(clustering) === making.basis;
    return isCurrent && this.making === making && this.task.error?.code === 'cancelled';
  }
}
