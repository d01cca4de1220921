import type { Artifact } from './artifact';
import type { OutTable } from './out-table';
import { safeName } from './safe-name';
import { TargetNames } from './target-names';
import { tableCsv } from './text-tables';
import { zip, type ZipEntry } from './zip';

export interface Picture {
  /** As it was dropped. */
  path: string;
  /** What to name it after instead, when other bytes are handed out than those dropped. */
  target?: string;
  /** SHA-256 of its bytes as dropped (hex). */
  hash: string;
  /** null: not clustered yet. */
  cluster: number | null;
  /** What people call the cluster, if they do. */
  clusterName?: string;
  /** Other paths with the same bytes. */
  duplicates?: readonly string[];
  /** Read when its turn comes, and released afterwards; null when the original is not here. */
  read(): Promise<Blob | null>;
}

/** A folder for each cluster, or the folders that the pictures came in. */
export type Layout = 'cluster' | 'structure';

export interface LayoutOptions {
  layout: Layout;
  /** How many clusters there are, for numbers of equal length. */
  clusters: number;
}

/** What became of a file. `renamed`: written under another name, since that was taken. `same`: written once, for its twin. */
export type PictureState = 'written' | 'renamed' | 'same' | 'missing' | 'failed';

/** `cluster 07`, or `cluster 07 - chicken`: padded so that folders sort by cluster. */
export function clusterFolder(cluster: number, clusters: number, name = ''): string {
  const number = String(cluster).padStart(String(clusters - 1).length, '0');
  return safeName(name.trim() ? `cluster ${number} - ${name.trim()}` : `cluster ${number}`);
}

/** Folders and file name that a picture should have. */
export function wantedPath(picture: Picture, { layout, clusters }: LayoutOptions): string[] {
  const { path, target = path, cluster, clusterName } = picture;
  const parts = target.split('/').filter((part) => part !== '' && part !== '.');
  if (layout === 'structure') return parts.length > 0 ? parts : [''];
  const folder = cluster === null ? 'no cluster' : clusterFolder(cluster, clusters, clusterName);
  return [folder, parts[parts.length - 1] ?? ''];
}

/** The name of the list that goes with the pictures. */
export const MANIFEST = 'manifest.csv';

/** What became of each picture: path, target, sha256, cluster, cluster_name, state. */
export class Manifest {
  readonly #records: { picture: Picture; path: string; target: string; state: PictureState }[] = [];

  get size(): number {
    return this.#records.length;
  }

  /** Books a picture, and the other paths with its bytes. */
  add(picture: Picture, target: readonly string[], state: PictureState): void {
    const file = target.join('/');
    this.#records.push({ picture, path: picture.path, target: file, state });
    const other = state === 'written' || state === 'renamed' ? 'same' : state;
    for (const path of picture.duplicates ?? [])
      this.#records.push({ picture, path, target: file, state: other });
  }

  count(...states: PictureState[]): number {
    return this.#records.filter(({ state }) => states.includes(state)).length;
  }

  /** Whether the name was given in place of the one wanted. */
  static state(target: readonly string[], wanted: readonly string[]): PictureState {
    return target.every((name, i) => name === safeName(wanted[i])) ? 'written' : 'renamed';
  }

  csv(): Artifact {
    return tableCsv(this.#table());
  }

  #table(): OutTable {
    const all = this.#records;
    return {
      name: 'manifest',
      n: all.length,
      columns: [
        { name: 'path', type: 'text', at: (i) => all[i].path },
        { name: 'target', type: 'text', at: (i) => all[i].target },
        { name: 'sha256', type: 'text', at: (i) => all[i].picture.hash },
        { name: 'cluster', type: 'integer', at: (i) => all[i].picture.cluster ?? NaN },
        { name: 'cluster_name', type: 'text', at: (i) => all[i].picture.clusterName ?? '' },
        { name: 'state', type: 'text', at: (i) => all[i].state },
      ],
    };
  }
}

/**
 * Pictures as a ZIP, under their own names made safe; two of the same name get ` (2)`. `manifest.csv` at the end says which path each
 * came from, and which originals are missing. They are read one at a time; `done` is told after each.
 */
export function picturesZip(
  pictures: Iterable<Picture>,
  options: LayoutOptions,
  name = 'images.zip',
  done: (count: number) => void = () => undefined,
): Artifact {
  async function* entries(): AsyncGenerator<ZipEntry> {
    const names = new TargetNames();
    const manifest = new Manifest();
    names.place([MANIFEST]);
    let count = 0;
    for (const picture of pictures) {
      const bytes = await picture.read();
      if (bytes) {
        const wanted = wantedPath(picture, options);
        const target = names.place(wanted);
        manifest.add(picture, target, Manifest.state(target, wanted));
        yield { name: target.join('/'), input: bytes };
      } else manifest.add(picture, [], 'missing');
      done(++count);
    }
    yield { name: MANIFEST, input: manifest.csv().chunks };
  }
  return { name, type: 'application/zip', chunks: zip(entries()) };
}
