import { EMPTY_TALLY, type Tally } from '../../store/schema';
import type { Books } from './read-books';
import type { Coverage } from './read-vectors';

/**
 * The books of a project counted anew from what was read of it: `originals` are the hashes whose bytes are kept, and
 * `storedBytes` what it takes.
 */
export function recount(
  { files, bytes, skipped, rowFiles, rowHashes, hashes }: Books,
  covered: ReadonlyMap<string, Coverage>,
  originals: ReadonlySet<string>,
  storedBytes: number,
): Tally {
  const tally: Tally = { ...structuredClone(EMPTY_TALLY), announced: files, bytes, storedBytes };
  tally.rows = rowFiles.length;
  tally.skipped = skipped.size;
  const withRow = new Set(rowFiles);
  const seen = new Set(rowHashes);
  seen.delete('');
  const pictureless = rowHashes.filter((hash) => hash === '').length;
  let withoutBytes = 0;
  for (const hash of seen) if (!originals.has(hash)) withoutBytes++;
  hashes.forEach((hash, seq) => {
    if (hash === undefined || skipped.has(seq) || withRow.has(seq)) return;
    if (seen.has(hash)) tally.duplicates++;
    else tally.fresh++;
    seen.add(hash);
  });
  for (const [specKey, { rows, without }] of covered) {
    tally.covered[specKey] = rows;
    tally.without = { ...tally.without, [specKey]: without };
  }
  if (pictureless > 0) tally.pictureless = pictureless;
  if (withoutBytes > 0) tally.withoutBytes = withoutBytes;
  return tally;
}
