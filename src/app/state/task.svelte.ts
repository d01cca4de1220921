import { toRecord, type ErrorRecord } from '../../domain/errors';
import type { AnalysisProgress } from '../../domain/progress';
import { i18n } from '../i18n/i18n.svelte';
import { notices } from './notices.svelte';

export type Report = (progress: AnalysisProgress) => void;

/** One long piece of work at a time, as a screen shows it: how far it is, how to end it, and what went wrong. */
export class Task {
  progress = $state.raw<AnalysisProgress | null>(null);
  error = $state.raw<ErrorRecord | null>(null);
  private stop: AbortController | null = null;

  /** Does the work, ending what this task did before; null when it failed or was ended. `life` ends it too. */
  async run<T>(
    life: AbortSignal,
    work: (report: Report, signal: AbortSignal) => Promise<T>,
  ): Promise<T | null> {
    this.cancel();
    const stop = (this.stop = new AbortController());
    const signal = AbortSignal.any([life, stop.signal]);
    const isCurrent = (): boolean => this.stop === stop && !signal.aborted;
    this.error = null;
    this.progress = { stage: 'load', fraction: 0, secondsLeft: null };
    try {
      const result = await work((progress) => {
        if (!isCurrent()) return;
        this.progress = progress;
        sayNotice(progress);
      }, signal);
      return isCurrent() ? result : null;
    } catch (error) {
      // Cancelled by no one here: another analysis took the engine. That is told, a wish of the person is not.
      if (isCurrent()) this.error = toRecord(error);
      return null;
    } finally {
      if (this.stop === stop) {
        this.stop = null;
        this.progress = null;
      }
    }
  }

  cancel(): void {
    this.stop?.abort();
  }
}

/** Tells the person that the graphics device failed on the way. */
export function sayNotice({ notice }: AnalysisProgress): void {
  if (notice === 'device-lost') notices.warn(() => i18n.m.shell.notices.deviceLost);
  if (notice === 'fallback-cpu') notices.warn(() => i18n.m.shell.notices.fallback);
}
