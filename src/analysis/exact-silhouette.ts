import type { KChoice, Sweep } from '../domain/clustering';
import { TesseraError } from '../domain/errors';
import { chooseK } from './choose-k';
import type { Job } from './job';
import { ProgressMeter } from './progress';
import { Random } from './random';
import { stratifiedSample } from './sample';
import { silhouettes } from './silhouette';
import { onEngine } from './sweep';

/**
 * Silhouettes of a sweep's clusterings over all rows, in their order, and the choice of k by them. Errors: `internal` when
 * other rows are loaded than were clustered, `cancelled`.
 */
export async function exactSilhouette(
  { vectors, specKey, host, signal, report }: Job,
  sweep: Sweep,
): Promise<{ silhouettes: number[]; choice: KChoice }> {
  const { n, clusterings, scaling, pca, preparation } = sweep;
  if (vectors.n !== n || specKey !== sweep.specKey)
    throw new TesseraError('internal', `${n} images were clustered, ${vectors.n} are loaded: cluster again.`);
  const meter = new ProgressMeter(
    [
      { stage: 'pca', work: scaling === 'none' && pca === null ? 0 : 1 },
      { stage: 'silhouette', work: 9 },
    ],
    report,
  );
  const how = preparation ?? { scaling, pca };
  const { rows } = await vectors.prepared(how, signal, (done) => meter.at('pca', done));
  const everyRow = stratifiedSample([], n, n, new Random(0));
  const progress = (fraction: number): void => meter.at('silhouette', fraction);
  const { scores } = await onEngine(host, rows, sweep.engine === 'cpu' ? 'cpu' : 'auto', async () => ({
    scores: await host.run(
      (engine) => silhouettes(engine, clusterings, everyRow, progress, signal),
      meter.notify,
    ),
  }));
  const exact = clusterings.map((clustering, i) => ({ ...clustering, silhouette: scores[i].mean }));
  return { silhouettes: exact.map(({ silhouette }) => silhouette), choice: chooseK(exact) };
}
