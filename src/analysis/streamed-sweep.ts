import type { Sweep, SweepOptions } from '../domain/clustering';
import { memoryOf } from '../simd/matrix';
import type { EngineHost, EngineInfo } from './engine-host';
import type { KMeansEngine } from './engine';
import type { Fit } from './kmeans';
import { MINI_BATCH, miniBatchKMeans, type MiniBatchFit } from './minibatch';
import { centred, type CentredRows } from './prepare';
import type { ProgressMeter } from './progress';
import { Random } from './random';
import type { RowSource } from './row-source';
import type { Rows } from './rows';
import { SAMPLE_STREAM } from './sample';
import { scoreFits, type Scores } from './score-fits';

/** Rows that the scores are taken of, at most this many bytes of them. */
const SCORED_BYTES = 256 * 2 ** 20;

export interface StreamedFits extends EngineInfo {
  /** Centres as they are: nothing was subtracted from the rows. */
  fits: Fit[];
  scores: Scores[];
  /** Rows drawn at random that the scores, but not the inertia, are of. */
  scored: number;
  /** While the sample was scored: batches are smaller. */
  peakBytes: Sweep['peakBytes'];
}

/**
 * Every k by mini-batches, for rows that are too large to be in memory together. Inertia is that of all rows; the other scores
 * are those of a random sample of rows with the labels found. Errors: `cancelled`, what the source throws.
 */
export async function streamedSweep(
  source: RowSource,
  ks: number[],
  options: SweepOptions,
  host: EngineHost,
  meter: ProgressMeter,
  signal?: AbortSignal,
): Promise<StreamedFits> {
  const { seed, engine } = options;
  let info: EngineInfo | null = null;
  const onRows = async <T>(rows: Rows, work: (engine: KMeansEngine) => Promise<T>): Promise<T> => {
    await host.use(rows, engine);
    try {
      return await host.run(work, meter.notify);
    } finally {
      info = host.inUse;
      host.release();
    }
  };
  const total = ks.reduce((a, b) => a + b, 0);
  const found: MiniBatchFit[] = [];
  let done = 0;
  for (const k of ks) {
    const progress = (fraction: number): void => meter.at('kmeans', (done + fraction * k) / total);
    found.push(await miniBatchKMeans(source, onRows, { k, seed, ...MINI_BATCH, signal, progress }));
    done += k;
  }

  const most = Math.floor(SCORED_BYTES / (4 * source.d));
  const places = new Random(seed, SAMPLE_STREAM + 1).sample(source.n, Math.min(source.n, most));
  const sample = centred(await source.rows(places));
  const fits = found.map(asFit);
  await host.use(sample.rows, engine);
  try {
    const some = fits.map((fit) => onSample(fit, places, sample));
    const scores = await scoreFits(host, sample.rows, some, options, meter, signal);
    const peakBytes = { gpu: host.gpuPeak?.bytes ?? 0, rows: memoryOf(sample.rows) };
    return { fits, scores, scored: places.length, peakBytes, ...(info ?? host.inUse) };
  } finally {
    host.release();
  }
}

function asFit({ k, centres, labels, squared, inertia, steps }: MiniBatchFit): Fit {
  return { k, centres, labels, squared, inertia, iterations: steps };
}

/** A fit as it is for the rows of a sample. */
function onSample(fit: Fit, places: Uint32Array, { rows, mean }: CentredRows): Fit {
  return {
    ...fit,
    centres: fit.centres.map((x, p) => x - mean[p % rows.d]),
    labels: Uint16Array.from(places, (row) => fit.labels[row]),
    squared: Float32Array.from(places, (row) => fit.squared[row]),
  };
}
