import { meanOf } from '../images/mean';
import { readThumbnails } from '../store/thumbs';

const MOST = 2000;

/** Mean of the thumbnails of these rows; past 2,000 rows an even sample of them stands for all. */
export async function meanImage(
  projectId: string,
  rows: Uint32Array,
  size: number,
): Promise<{ rgba: Uint8ClampedArray; of: number }> {
  const count = Math.min(rows.length, MOST);
  const chosen = Array.from({ length: count }, (_, i) => rows[Math.floor((i * rows.length) / count)]);
  const blobs = (await readThumbnails(projectId, chosen)).filter((blob) => blob !== null);
  return meanOf(blobs, size);
}
