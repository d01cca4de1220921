import type { DroppedFile } from '../../domain/files';

export interface SortedDrop {
  /** Images, archives and everything else that is to be accounted for. */
  images: DroppedFile[];
  networks: File[];
  /** Archives of exported embeddings. */
  bundles: File[];
}

const MEMBERS = ['spec.json', 'index.csv', 'embeddings.npy'];
/** The directory of a ZIP of three members lies within its last kilobyte. */
const TAIL = 1024;

/** What a drop consists of. An ONNX file dropped alone opens the model settings; within a folder it is just skipped. */
export async function sortDrop(files: DroppedFile[]): Promise<SortedDrop> {
  const sorted: SortedDrop = { images: [], networks: [], bundles: [] };
  for (const dropped of files) {
    const atTop = !dropped.path.includes('/');
    if (atTop && /\.onnx$/i.test(dropped.path)) sorted.networks.push(dropped.file);
    else if (atTop && /\.zip$/i.test(dropped.path) && (await isEmbeddingsBundle(dropped.file)))
      sorted.bundles.push(dropped.file);
    else sorted.images.push(dropped);
  }
  return sorted;
}

/** Whether a ZIP holds exactly exported embeddings, told by the names in its directory. */
export async function isEmbeddingsBundle(file: Blob): Promise<boolean> {
  const tail = await file
    .slice(Math.max(0, file.size - TAIL))
    .arrayBuffer()
    .catch(() => new ArrayBuffer(0));
  const text = new TextDecoder('latin1').decode(tail);
  return MEMBERS.every((name) => text.includes(name));
}

/** The name of a new project: the folder that holds everything, or the one archive; null when there is neither. */
export function nameOfDrop(files: readonly DroppedFile[]): string | null {
  if (files.length === 0) return null;
  if (files.length === 1) {
    const archive = /^([^/]+)\.zip$/i.exec(files[0].path);
    if (archive) return archive[1];
  }
  const top = files[0].path.split('/')[0];
  const shared = files.every(({ path }) => path.startsWith(`${top}/`));
  return shared ? top : null;
}
