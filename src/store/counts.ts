import type { Counts } from '../domain/project';
import { isFromFile } from '../domain/spec';
import type { Tally } from './schema';

/**
 * What became of the files, for one descriptor. `inHand` files are announced and can still be read in this session:
 * they wait; the other unread ones are missing until the folder is dropped again.
 */
export function countsOf(tally: Tally, specKey: string, inHand = 0): Counts {
  // Rows that a file of vectors leaves out wait for nothing.
  const embedded = isFromFile(specKey) ? tally.rows : Math.min(tally.rows, tally.covered[specKey] ?? 0);
  const unread = tally.announced - tally.rows - tally.fresh - tally.duplicates - tally.skipped;
  const readable = Math.min(inHand, unread);
  return {
    announced: tally.announced,
    bytes: tally.bytes,
    waiting: tally.fresh + (tally.rows - embedded) + readable,
    embedded,
    duplicates: tally.duplicates,
    skipped: tally.skipped,
    missing: unread - readable,
    ...(tally.pictureless ? { pictureless: tally.pictureless } : {}),
  };
}
