import type { DroppedFile } from '../../domain/files';

export interface SortedDrop {
  /** Images, archives and everything else that is to be accounted for. */
  images: DroppedFile[];
  networks: File[];
  /** Archives of exported embeddings. */
  bundles: File[];
  /** Saved clusterings. */
  models: File[];
}

const EMBEDDINGS = ['spec.json', 'index.csv', 'embeddings.npy'];
const MODEL = ['model.json', 'centroids.npy'];
/** The directory of a ZIP of so few members lies within its last kilobytes. */
const TAIL = 2048;

/** What a drop consists of. An ONNX file dropped alone opens the model settings; within a folder it is just skipped. */
export async function sortDrop(files: DroppedFile[]): Promise<SortedDrop> {
  const sorted: SortedDrop = { images: [], networks: [], bundles: [], models: [] };
  for (const dropped of files) {
    const atTop = !dropped.path.includes('/');
    if (atTop && /\.onnx$/i.test(dropped.path)) sorted.networks.push(dropped.file);
    else {
      const kind = atTop && /\.zip$/i.test(dropped.path) ? await bundleKind(dropped.file) : null;
      if (kind === null) sorted.images.push(dropped);
      else sorted[kind].push(dropped.file);
    }
  }
  return sorted;
}

/** Whether a ZIP is one that this app makes for itself to read, told by the names in its directory. */
export async function bundleKind(file: Blob): Promise<'bundles' | 'models' | null> {
  const tail = await file
    .slice(Math.max(0, file.size - TAIL))
    .arrayBuffer()
    .catch(() => new ArrayBuffer(0));
  const text = new TextDecoder('latin1').decode(tail);
  const holds = (names: readonly string[]): boolean => names.every((name) => text.includes(name));
  if (holds(EMBEDDINGS)) return 'bundles';
  return holds(MODEL) ? 'models' : null;
}

/** The name of a new project: the folder that holds everything, or the one archive; null when there is neither. */
export function nameOfDrop(files: readonly DroppedFile[]): string | null {
  if (files.length === 0) return null;
  if (files.length === 1) {
    const archive = /^([^/]+?)\.(zip|tar|tar\.gz|tgz)$/i.exec(files[0].path);
    if (archive) return archive[1];
  }
  const top = files[0].path.split('/')[0];
  const shared = files.every(({ path }) => path.startsWith(`${top}/`));
  return shared ? top : null;
}
