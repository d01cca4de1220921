import type { Stability } from '../domain/agreement';
import type { Artifact } from './artifact';
import { csv, type CsvOptions } from './csv';

/** stability.csv: one record for each k, with the inertia of every run in the last columns. */
export function stabilityCsv(results: readonly Stability[], options: CsvOptions = {}): Artifact {
  const runs = Math.max(0, ...results.map(({ inertia }) => inertia.length));
  const header = ['k', 'runs', 'mean_ari', 'lowest_ari', 'mean_nmi'];
  for (let run = 1; run <= runs; run++) header.push(`inertia_${run}`);
  const rows = results.map(({ k, runs: of, ari, lowestAri, nmi, inertia }) => [
    k,
    of,
    ari,
    lowestAri,
    nmi,
    ...Array.from({ length: runs }, (_, run) => inertia[run] ?? null),
  ]);
  return { name: 'stability.csv', type: 'text/csv', chunks: csv(header, rows, options) };
}
