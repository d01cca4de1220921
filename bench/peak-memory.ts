import { residentBytes } from './memory';

/** Resident memory of the Chromium processes that this process started, by stage; Linux only. */
export class PeakMemory {
  private readonly peaks = new Map<string, number>();

  sample(stage: string): void {
    this.peaks.set(stage, Math.max(this.of(stage), residentBytes()));
  }

  of(stage: string): number {
    return this.peaks.get(stage) ?? 0;
  }
}
