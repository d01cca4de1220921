import type { SplitOptions, SweepOptions } from '../domain/clustering';
import { TesseraError } from '../domain/errors';
import type { AnalysisProgress } from '../domain/progress';
import type { EngineHost } from './engine-host';
import type { OffsetRows } from './measure-clusters';
import { centred, type Vectors } from './prepare';
import { noScaler } from './scaling';
import { sweep } from './sweep';

/**
 * Clusters some rows anew, as a sweep of them alone does, and gives the rows of each part, the largest first, for the number of
 * parts with the highest silhouette of those asked for. One part where the rows do not differ. Errors: `too-few-images`, `cancelled`.
 */
export async function splitRows(
  { source }: OffsetRows,
  rows: Uint32Array,
  options: SplitOptions,
  host: EngineHost,
  signal: AbortSignal | undefined,
  report: (progress: AnalysisProgress) => void,
): Promise<Uint32Array[]> {
  if (rows.length < 2)
    throw new TesseraError('too-few-images', 'A cluster of one image cannot be split.', { n: 1, needed: 2 });
  const vectors: Vectors = {
    n: rows.length,
    d: source.d,
    prepared: async () => {
      const preparation = { scaler: noScaler(source.d), pca: null };
      return { ...centred(await source.rows(rows)), preparation };
    },
    streamed: async () => null,
  };
  const all: SweepOptions = { ...options, scaling: 'none', pca: null, half: false };
  const { clusterings, choice } = await sweep(vectors, '', all, host, signal, report);
  const { k, labels } = clusterings.find((one) => one.k === choice.k)!;
  return Array.from({ length: k }, (_, part) => rows.filter((_row, i) => labels[i] === part));
}
