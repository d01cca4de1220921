import { DEFAULT_SWEEP, type Clustering, type Sweep } from '../domain/clustering';
import { TesseraError } from '../domain/errors';
import type { ClusterModel } from '../domain/model';
import type { KMeansEngine } from './engine';
import { needImages, type Job } from './job';
import { ProgressMeter } from './progress';
import { scoreFits } from './score-fits';
import { onEngine } from './sweep';

/**
 * Labels vectors with a saved model: prepared as the model's were, each goes to the nearest centroid (ties: lowest index).
 * Clusters keep the model's numbers, whatever their sizes here; some may be empty. Scores are those of the vectors at hand.
 * Errors: `model-mismatch`, `too-few-images`, `cancelled`.
 */
export async function applyModel(
  { vectors, specKey, host, signal, report }: Job,
  model: ClusterModel,
  name: string,
): Promise<Sweep> {
  const started = performance.now();
  needImages(vectors);
  needSameDescriptor(model, specKey, vectors.d);
  const { k, preparation, provenance } = model;
  const { scaler, pca } = preparation;
  const meter = new ProgressMeter(
    [
      { stage: 'pca', work: scaler.scaling === 'none' && pca === null ? 0 : 2 },
      { stage: 'kmeans', work: 1 },
      { stage: 'silhouette', work: 1 },
    ],
    report,
  );
  const { rows, mean } = await vectors.prepared(preparation, signal, (done) => meter.at('pca', done));
  const centres = Float64Array.from(model.centroids, (x, p) => x - mean[p % rows.d]);
  const { fit, scores, ...info } = await onEngine(host, rows, 'auto', async () => {
    const assign = async (engine: KMeansEngine) => {
      const fits = engine.open([k]);
      try {
        return (await fits.assign([{ slot: 0, centres }], signal))[0];
      } finally {
        fits.close();
      }
    };
    const assignment = await host.run(assign, meter.notify);
    let inertia = 0;
    for (const squared of assignment.squared) inertia += squared;
    const fit = { k, centres, iterations: 0, inertia, ...assignment };
    const how = { ...DEFAULT_SWEEP, seed: provenance.seed };
    const [scores] = await scoreFits(host, rows, [fit], how, meter, signal);
    return { fit, scores };
  });
  const { labels, squared, iterations, inertia } = fit;
  const sizes = new Uint32Array(k);
  for (const label of labels) sizes[label]++;
  const clustering: Clustering = {
    k,
    labels,
    centroids: model.centroids,
    distances: Float32Array.from(squared, Math.sqrt),
    sizes,
    iterations,
    inertia,
    ...scores,
  };
  const { seed, nInit, maxIterations, tolerance, savedAt } = provenance;
  return {
    specKey,
    n: rows.n,
    d: vectors.d,
    seed,
    nInit,
    maxIterations,
    tolerance,
    scaling: scaler.scaling,
    pca: pca === null ? null : rows.d,
    preparation,
    model: { name, savedAt },
    ...info,
    seconds: (performance.now() - started) / 1000,
    clusterings: [clustering],
    choice: { k, runnerUp: null, elbow: null, byCalinskiHarabasz: null, byDaviesBouldin: null },
  };
}

function needSameDescriptor(model: ClusterModel, specKey: string, d: number): void {
  if (model.specKey === specKey && model.d === d) return;
  const title = model.spec.kind !== 'pixels' ? `"${model.spec.title}", ` : '';
  const wanted = `${title}${descriptor(model.specKey)}, ${model.d} numbers`;
  const found = `${descriptor(specKey)}, ${d} numbers`;
  throw new TesseraError(
    'model-mismatch',
    `This model was fitted on another descriptor (${wanted}) than these images have (${found}). Switch to that descriptor, then apply the model again.`,
    { wanted, found },
  );
}

/** A descriptor's key in words; what tells two of them apart is in it. See `specKey`. */
function descriptor(key: string): string {
  if (key.startsWith('pixels:')) return `pixels ${key.slice('pixels:'.length)}`;
  const [sha256, ...rest] = key.split(':');
  const [pool, resize, input] = rest.slice(-3);
  const layer = rest.slice(0, -3).join(':');
  return `network ${sha256.slice(0, 8)}, layer ${layer}, pooling ${pool}, ${resize}, input ${input}`;
}
