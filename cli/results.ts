import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../scripts/build-if-stale';
import type { HeadlessResult } from '../src/app/headless';
import type { DescriptorFacts } from '../src/app/headless-descriptors';
import type { RecordsOptions } from '../src/domain/records';
import { parseCsv } from '../src/exports/csv';
import type { Arguments } from './args';
import type { Tables } from './account';

/** First column of a table the run wrote; nothing when there was nothing to write. */
function paths(folder: string, name: string, files: readonly string[]): string[] {
  if (!files.includes(name)) return [];
  return parseCsv(readFileSync(join(folder, name), 'utf8'))
    .slice(1)
    .map(([path]) => path);
}

/** Where every path ended, read back from the tables as they lie on the disk. */
export function readTables(folder: string, files: readonly string[]): Tables {
  return {
    labels: paths(folder, 'labels.csv', files),
    duplicates: paths(folder, 'duplicates.csv', files),
    skipped: paths(folder, 'skipped.csv', files),
  };
}

function packageVersion(name: string): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, name, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}

export interface RunFacts {
  args: Arguments;
  /** How the records were read, if that is what was given. */
  records: RecordsOptions | null;
  result: HeadlessResult;
  browser: string;
  startedAt: Date;
  totalSeconds: number;
}

/** What became of a file of vectors, in one line. */
export function descriptorLine(facts: DescriptorFacts): string {
  const left = (n: number, what: string): string => (n > 0 ? `, ${n} ${what}` : '');
  return [
    `${facts.used} of ${facts.vectors} vectors of ${facts.dim} numbers are in use`,
    left(facts.withoutImage, 'have no image'),
    left(facts.ambiguous, 'fit several images'),
    left(facts.repeated, 'stand there more than once'),
  ].join('');
}

/** run.json: what was asked, what ran, on what, how long, and how many of each. */
export function runRecord({ args, records, result, browser, startedAt, totalSeconds }: RunFacts): object {
  const { spec, counts, backend, stages, embedSeconds, clustering } = result;
  const round = (seconds: number): number => Math.round(seconds * 1000) / 1000;
  return {
    versions: {
      tessera: packageVersion('.'),
      onnxruntime: packageVersion('node_modules/onnxruntime-web'),
      browser,
      node: process.version,
    },
    started: startedAt.toISOString(),
    source: args.source,
    records,
    limit: args.limit,
    seed: args.seed,
    model: spec.kind === 'network' ? spec.sha256 : null,
    descriptor: spec,
    backend,
    k: clustering?.k ?? null,
    kAsked: args.k ?? 'auto',
    scaling: clustering?.scaling ?? args.scaling,
    pca: args.pca,
    dimensions: clustering?.dimensions ?? null,
    appliedModel: clustering?.model ?? null,
    hierarchy: clustering?.hierarchy ? { ...args.hierarchy, ...clustering.hierarchy } : null,
    perFolder: clustering?.perFolder ?? null,
    metadata: result.metadata && { file: args.metadata, ...result.metadata },
    descriptors: result.descriptors,
    choice: clustering?.choice ?? null,
    clusterSizes: clustering?.sizes ?? [],
    clusteringEngine: clustering && { engine: clustering.engine, adapter: clustering.adapter },
    clusteringPeakBytes: clustering?.peakBytes ?? null,
    scoredRows: clustering?.scoredRows ?? null,
    counts,
    seconds: {
      total: round(totalSeconds),
      embedding: round(embedSeconds),
      clustering: clustering ? round(clustering.seconds) : 0,
      /** Summed over the workers of each stage, so that they add up to more than the time that passed. */
      stages: Object.fromEntries(Object.entries(stages).map(([stage, seconds]) => [stage, round(seconds)])),
    },
    imagesPerSecond: embedSeconds > 0 ? round(counts.embedded / embedSeconds) : null,
  };
}
