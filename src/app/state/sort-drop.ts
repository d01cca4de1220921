import type { DroppedFile } from '../../domain/files';
import type { Kind } from '../../sources/recognise';

/** Something that the person is asked about before it comes in. */
export interface Incoming {
  kind: 'records' | 'sheet' | 'urls' | 'descriptors' | 'project';
  path: string;
  file: File;
  /** It lies in a folder that was dropped: offered, and listed with the other files there when it is not wanted. */
  within: DroppedFile | null;
  /** What else of these kinds came in the same drop, such as the list of paths of a file of vectors. */
  beside: readonly DroppedFile[];
}

export interface SortedDrop {
  /** Images, archives and everything else that is to be accounted for. */
  images: DroppedFile[];
  networks: File[];
  /** Archives of exported embeddings. */
  bundles: File[];
  /** Saved clusterings. */
  models: File[];
  incoming: Incoming[];
}

/** Tables within a folder of pictures are offered when there are so few of them: more are the data of something else. */
const MOST_WITHIN = 8;
/** Bytes of the largest file that is looked at for having nothing in it. */
const MOST_BLANK = 64;

/**
 * What a drop consists of. Networks, bundles and models count when dropped as such; within a folder they are just skipped.
 * Tables and vectors within a folder are offered.
 */
export async function sortDrop(files: readonly DroppedFile[]): Promise<SortedDrop> {
  const sorted: SortedDrop = { images: [], networks: [], bundles: [], models: [], incoming: [] };
  const asked: { kind: Incoming['kind']; dropped: DroppedFile }[] = [];
  const offered = new Set(await offeredOf(files));
  const isLookedAt = (dropped: DroppedFile): boolean =>
    offered.has(dropped) || (isAtTop(dropped) && mayBeKnown(dropped));
  const looked = new Set(files.filter(isLookedAt));
  // The readers of tables are loaded when there may be one.
  const { recognise } = looked.size > 0 ? await import('../../sources/recognise') : { recognise: null };
  for (const dropped of files) {
    const atTop = isAtTop(dropped);
    const kind = recognise && looked.has(dropped) ? await recognise(dropped) : null;
    const single = kind === null ? null : singleOf(sorted, kind);
    if (kind === null || (single && !atTop)) sorted.images.push(dropped);
    else if (single) single.push(dropped.file);
    else asked.push({ kind: kind as Incoming['kind'], dropped });
  }
  // Vectors first: a list of paths that they use is not asked about as a table.
  asked.sort((a, b) => Number(b.kind === 'descriptors') - Number(a.kind === 'descriptors'));
  for (const { kind, dropped } of asked) {
    const beside = asked.flatMap((other) => (other.dropped === dropped ? [] : [other.dropped]));
    const within = isAtTop(dropped) ? null : dropped;
    sorted.incoming.push({ kind, path: dropped.path, file: dropped.file, within, beside });
  }
  return sorted;
}

/** Those within folders that are offered; without a single value in them they are no more than other files. */
async function offeredOf(files: readonly DroppedFile[]): Promise<DroppedFile[]> {
  const within = files.filter((dropped) => !isAtTop(dropped) && mayHoldTable(dropped));
  if (within.length > MOST_WITHIN) return [];
  const blank = await Promise.all(within.map(isBlank));
  return within.filter((_, i) => !blank[i]);
}

/** Nothing but white space and empty brackets. */
async function isBlank({ file, unreadable }: DroppedFile): Promise<boolean> {
  if (unreadable !== undefined || file.size > MOST_BLANK) return false;
  const text = await file.text().catch(() => null);
  return text !== null && /^\s*(\[\s*\]|\{\s*\})?\s*$/.test(text);
}

const isAtTop = ({ path }: DroppedFile): boolean => !path.includes('/');

const mayHoldTable = ({ path }: DroppedFile): boolean =>
  /\.(npy|npz|pkl|pickle|pck|parquet|csv|tsv|tab|(json|ndjson|jsonl)(\.gz)?)$/i.test(path);

const mayBeKnown = (dropped: DroppedFile): boolean =>
  mayHoldTable(dropped) || /\.(onnx|zip|tessera)$/i.test(dropped.path);

function singleOf({ networks, bundles, models }: SortedDrop, kind: Kind): File[] | null {
  if (kind === 'network') return networks;
  if (kind === 'bundle') return bundles;
  return kind === 'model' ? models : null;
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
