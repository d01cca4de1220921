import type { Sweep } from '../../domain/clustering';
import type { EmbedEvent } from '../../domain/progress';
import { recall, remember } from './remember';

/** How long a run on this machine took. */
export interface Timing {
  kind: 'cluster' | 'embed';
  /** When it ended, in milliseconds since 1970. */
  at: number;
  /** Images. */
  n: number;
  seconds: number;
  engine: string;
  /** Name of the graphics processor; '' on the CPU. */
  device: string;
  /** The network, of embedding; '' of clustering. */
  network: string;
  /** Numbers for each image, and the range of k with the starts of each, of clustering; 0 of embedding. */
  d: number;
  kMin: number;
  kMax: number;
  starts: number;
}

const KEY = 'timings';
/** The latest of so many are kept: enough for any chart, and little beside what browsers allow. */
const MOST = 300;

/** The runs that this browser remembers, the oldest first. They are of the machine, not of a project. */
class Timings {
  all = $state.raw<readonly Timing[]>(timingsFrom(recall(KEY)));

  add(timing: Timing): void {
    this.keep([...this.all, timing].slice(-MOST));
  }

  /** Takes back with the function that it gives. */
  clear(): () => void {
    const before = this.all;
    this.keep([]);
    return () => this.keep(before);
  }

  private keep(all: readonly Timing[]): void {
    this.all = all;
    remember(KEY, all.length > 0 ? JSON.stringify(all) : null);
  }
}

export const timings = new Timings();

/** What was kept, as far as it is what it should be: anyone may write there. */
export function timingsFrom(text: string | null): Timing[] {
  if (text === null) return [];
  try {
    const found: unknown = JSON.parse(text);
    return Array.isArray(found) ? found.flatMap((one) => timingFrom(one) ?? []).slice(-MOST) : [];
  } catch {
    return [];
  }
}

function timingFrom(value: unknown): Timing | null {
  if (typeof value !== 'object' || value === null) return null;
  const given = value as Record<string, unknown>;
  const number = (name: string): number => {
    const found = given[name];
    return typeof found === 'number' && Number.isFinite(found) && found >= 0 ? found : 0;
  };
  const text = (name: string): string => {
    const found = given[name];
    return typeof found === 'string' ? found.slice(0, 200) : '';
  };
  const { kind } = given;
  const [n, seconds] = [number('n'), number('seconds')];
  if ((kind !== 'cluster' && kind !== 'embed') || n === 0 || seconds === 0) return null;
  return {
    kind,
    at: number('at'),
    n,
    seconds,
    engine: text('engine'),
    device: text('device'),
    network: text('network'),
    d: number('d'),
    kMin: number('kMin'),
    kMax: number('kMax'),
    starts: number('starts'),
  };
}

/** The time of a sweep that was just made; null when nothing was fitted. */
export function timingOf(sweep: Sweep, at: number): Timing | null {
  const { clusterings, seconds, engine, adapter, nInit, pca, d } = sweep;
  const n = sweep.n - (sweep.without ?? 0);
  if (sweep.model || clusterings.length === 0 || n === 0 || !(seconds > 0)) return null;
  return {
    kind: 'cluster',
    at,
    n,
    seconds,
    engine,
    device: engine === 'webgpu' ? adapter : '',
    network: '',
    d: pca ?? d,
    kMin: clusterings[0].k,
    kMax: clusterings[clusterings.length - 1].k,
    starts: nInit,
  };
}

/** Follows the run of a project, to tell at its end how many images were embedded in it and how fast. */
export class EmbedClock {
  private run: { projectId: string; before: number; paused: boolean } | null = null;
  private info: Pick<Timing, 'engine' | 'device'> = { engine: '', device: '' };

  /** The time of the run when `event` ends it; null before, and of runs that were paused, cancelled, or did nothing. */
  take(
    event: EmbedEvent,
    { projectId, network, at }: { projectId: string; network: string; at: number },
  ): Timing | null {
    const { run } = this;
    switch (event.type) {
      case 'backend': {
        const { backend, device } = event.info;
        this.info = { engine: backend, device: backend === 'webgpu' ? device : '' };
        return null;
      }
      case 'progress': {
        const { counts, state } = event.progress;
        const known =
          run?.projectId === projectId ? run : { projectId, before: counts.embedded, paused: false };
        this.run = { ...known, paused: known.paused || state === 'paused' };
        return null;
      }
      case 'failed':
        this.run = null;
        return null;
      case 'finished': {
        this.run = null;
        const n = run?.projectId === projectId && !run.paused ? event.counts.embedded - run.before : 0;
        if (n <= 0 || event.counts.waiting > 0 || !(event.wallSeconds > 0)) return null;
        const { wallSeconds: seconds } = event;
        return { kind: 'embed', at, n, seconds, ...this.info, network, d: 0, kMin: 0, kMax: 0, starts: 0 };
      }
      default:
        return null;
    }
  }
}
