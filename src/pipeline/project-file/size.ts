import type { ProjectFileSizes } from '../../domain/project-file';
import { pages, pagesOfKeys } from '../../store/pages';
import { arrayBytes } from '../../store/size';
import { readTally } from '../../store/tally';

/** About the bytes of a line of JSON besides the path. */
const LINE = { file: 60, image: 120, intake: 90 };

/** About how large a project file would be, from what the books say; no image is read. */
export async function projectFileSizes(projectId: string): Promise<ProjectFileSizes> {
  const kept = new Set<string>();
  for await (const [, hash] of pagesOfKeys('blobs', projectId)) kept.add(hash);
  const images = kept.size;
  const hashes: string[] = [];
  for await (const { value } of pages('intake', projectId))
    for (const [i, seq] of value.seqs.entries()) hashes[seq] = value.hashes[i];
  const tally = await readTally(projectId);
  let originals = 0;
  let lines = tally.rows * LINE.image + tally.announced * (LINE.file + LINE.intake);
  for await (const { value } of pages('files', projectId))
    for (const [i, { path, size }] of value.files.entries()) {
      lines += path.length;
      // Equal bytes are kept once.
      if (kept.delete(hashes[value.seq0 + i])) originals += size;
    }
  for await (const { value } of pages('sweeps', projectId)) lines += arrayBytes(value);
  return { originals, images, rest: Math.max(0, tally.storedBytes - originals) + lines };
}
