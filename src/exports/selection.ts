import type { Artifact } from './artifact';
import { csv } from './csv';
import { safeName } from './safe-name';
import { uniqueNames, zip, type ZipEntry } from './zip';

export interface SelectedImage {
  /** As it was dropped. */
  path: string;
  cluster: number;
  /** What people call the cluster, if they do. */
  clusterName?: string;
  /** Read when its turn comes, and released afterwards. */
  read(): Promise<Blob>;
}

/** `cluster 07`, or `cluster 07 - chicken`: padded so that folders sort by cluster. */
export function clusterFolder(cluster: number, clusters: number, name = ''): string {
  const number = String(cluster).padStart(String(clusters - 1).length, '0');
  return safeName(name.trim() ? `cluster ${number} - ${name.trim()}` : `cluster ${number}`);
}

/**
 * The images of a selection as a ZIP, a folder for each cluster, under their own names made safe; two of the same name
 * get ` (2)`. `index.csv` at the end says which path each came from. The originals are read one at a time.
 */
export function selectionZip(
  images: AsyncIterable<SelectedImage> | Iterable<SelectedImage>,
  clusters: number,
  name = 'images.zip',
): Artifact {
  async function* entries(): AsyncGenerator<ZipEntry> {
    const unique = uniqueNames();
    const index: [string, number, string][] = [];
    for await (const image of images) {
      const own = safeName(image.path.slice(image.path.lastIndexOf('/') + 1));
      const file = unique(`${clusterFolder(image.cluster, clusters, image.clusterName)}/${own}`);
      index.push([image.path, image.cluster, file]);
      yield { name: file, input: await image.read() };
    }
    yield { name: 'index.csv', input: csv(['path', 'cluster', 'file'], index) };
  }
  return { name, type: 'application/zip', chunks: zip(entries()) };
}
