import { dirname } from 'node:path/posix';
import type { Page } from 'playwright';
import { adjustedRand, contingency, normalisedMutualInformation } from '../src/analysis/agreement';
import { tessera } from './command';
import type { Lab } from './lab';
import { withMaterial, type DataSet, type Network } from './material';
import { round, type Cell, type Result } from './report';

/**
 * How far the clusters agree with the folder names, for every data set and network on this machine: as the command gives
 * them with k chosen by silhouette, and from its embeddings with as many clusters as folders.
 */
export function benchClusters(lab: Lab): Promise<Result> {
  return withMaterial(async ({ sets, networks }) => {
    const page = await lab.open('clusters');
    const rows: Cell[][] = [];
    for (const set of sets) for (const network of networks) rows.push(...(await compare(set, network, page)));
    await page.close();
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

async function compare(set: DataSet, network: Network, page: Page): Promise<Cell[][]> {
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
  const { n, d, data } = embeddings;
  const atK = (k: number): Promise<number[]> =>
    page.evaluate(({ n, d, numbers, k }) => window.label(n, d, numbers, k), {
      n,
      d,
      numbers: Array.from(data),
      k,
    });
  return [row(chosen, 'silhouette'), row(await atK(classes), 'folders')];
}

function numbered(names: string[]): number[] {
  const different = [...new Set(names)];
  return names.map((name) => different.indexOf(name));
}
