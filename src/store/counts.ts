import type { Counts } from '../domain/project';
import type { Tally } from './schema';

/**
 * What became of the files, for one descriptor. `inHand` files are announced and can still be read in this session:
 * they wait; the other unread ones are missing until the folder is dropped again.
 */
export function countsOf(tally: Tally, specKey: string, inHand = 0): Counts {
  const embedded = Math.min(tally.rows, tally.covered[specKey] ?? 0);
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
  };
}
