import { dirname } from 'node:path/posix';
import { adjustedRand, contingency, normalisedMutualInformation } from '../src/analysis/agreement';
import { CpuEngine } from '../src/analysis/cpu/engine';
import { kmeans } from '../src/analysis/kmeans';
import { centre, columnVariances, type Rows } from '../src/analysis/rows';
import { DEFAULT_SWEEP } from '../src/domain/clustering';
import { tessera } from './command';
import { withMaterial, type DataSet, type Network } from './material';
import { round, type Cell, type Result } from './report';

/**
 * How far the clusters agree with the folder names, for every data set and network on this machine: as the command gives
 * them with k chosen by silhouette, and from its embeddings with as many clusters as folders.
 */
export function benchClusters(): Promise<Result> {
  return withMaterial(async ({ sets, networks }) => {
    const rows: Cell[][] = [];
    for (const set of sets) for (const network of networks) rows.push(...(await compare(set, network)));
    return {
      name: 'clusters',
      tables: [
        {
          title: 'Clusters beside folder names (1 = the same, about 0 = chance)',
          columns: ['images of', 'network', 'images', 'folders', 'k', 'k by', 'NMI', 'ARI'],
          rows,
        },
      ],
    };
  });
}

async function compare(set: DataSet, network: Network): Promise<Cell[][]> {
  const source = [set.source.kind === 'folder' ? '--img' : '--zip', set.source.path];
  const options = ['--k', 'auto', '--seed', '1', '--backend', 'wasm'];
  const { labels, embeddings } = tessera([...source, ...network.option, ...options]);
  const folders = numbered(labels.map(({ path }) => dirname(path)));
  const chosen = labels.map(({ cluster }) => cluster);
  const classes = new Set(folders).size;
  const row = (clusters: ArrayLike<number>, by: string): Cell[] => {
    const table = contingency(folders, clusters);
    const agreement = [normalisedMutualInformation(table), adjustedRand(table)].map(round);
    return [set.name, network.name, labels.length, classes, table.columns, by, ...agreement];
  };
  return [row(chosen, 'silhouette'), row(await labelsFor(embeddings, classes), 'folders')];
}

function numbered(names: string[]): number[] {
  const different = [...new Set(names)];
  return names.map((name) => different.indexOf(name));
}

async function labelsFor(rows: Rows, k: number): Promise<Uint16Array> {
  centre(rows);
  const variances = columnVariances(rows, new Float64Array(rows.d));
  const variance = variances.reduce((sum, v) => sum + v, 0) / rows.d;
  const { nInit, maxIterations, tolerance } = DEFAULT_SWEEP;
  const options = { k, seed: 1, nInit, maxIterations, shift: tolerance * variance };
  return (await kmeans(new CpuEngine(rows), options)).labels;
}
