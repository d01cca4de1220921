import type { Sweep } from '../../domain/clustering';
import type { EmbedEvent } from '../../domain/progress';
import { MOST_TIMINGS, type Timing } from '../../domain/timing';
import { recall, remember } from './remember';

const KEY = 'timings';
/** The name of this browser in what it remembers of its runs: made up, and told to nobody but in project files. */
const NAME = 'browser';

/** The runs that this browser remembers, of all projects, the oldest first. */
class Timings {
  readonly browser = ownName();
  all = $state.raw<readonly Timing[]>(timingsFrom(recall(KEY), this.browser));

  add(timing: Timing): void {
    this.keep([...this.all, timing].slice(-MOST_TIMINGS));
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

function ownName(): string {
  const known = recall(NAME);
  if (known) return known;
  const made = Math.random().toString(36).slice(2, 10);
  remember(NAME, made);
  return made;
}

export const timings = new Timings();

/**
 * What was kept, as far as it is what it should be: anyone may write there. `browser` stands in what an earlier version kept without
 * the name of one.
 */
export function timingsFrom(text: string | null, browser: string): Timing[] {
  if (text === null) return [];
  try {
    const found: unknown = JSON.parse(text);
    return Array.isArray(found)
      ? found.flatMap((one) => timingFrom(one, browser) ?? []).slice(-MOST_TIMINGS)
      : [];
  } catch {
    return [];
  }
}

function timingFrom(value: unknown, browser: string): Timing | null {
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
    browser: text('browser') || browser,
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
    browser: timings.browser,
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
        const { browser } = timings;
        const nothing = { d: 0, kMin: 0, kMax: 0, starts: 0 };
        return { kind: 'embed', at, n, seconds, ...this.info, network, ...nothing, browser };
      }
      default:
        return null;
    }
  }
}
