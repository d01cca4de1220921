import { TesseraError } from '../domain/errors';
import type { AnalysisProgress } from '../domain/progress';
import type { EngineHost } from './engine-host';
import type { Vectors } from './prepare';

/** What an analysis works with, beside its options. */
export interface Job {
  vectors: Vectors;
  specKey: string;
  host: EngineHost;
  signal?: AbortSignal;
  report: (progress: AnalysisProgress) => void;
}

/** Throws `too-few-images` when there is no row. */
export function needImages({ n }: { n: number }): void {
  if (n === 0)
    throw new TesseraError('too-few-images', 'No image has an embedding yet: add images, then cluster.', {
      n,
      needed: 1,
    });
}
