import { meanOf } from '../images/mean';
import { readThumbnails } from '../store/thumbs';

/** Pictures averaged at most: a mean of two thousand does not change to the eye with more. */
const MOST = 2000;
/** Thumbnails read at once. */
const READ = 100;

/** Rows to average: all, or `MOST` of them evenly spread. */
export function sampleRows(rows: Uint32Array, most = MOST): Uint32Array {
  if (rows.length <= most) return rows;
  return evenly(rows.length, most).map((place) => rows[place]);
}

/** At most `most` of n places, evenly spread, rising. */
export function evenly(n: number, most: number): Uint32Array {
  const count = Math.min(n, most);
  return Uint32Array.from({ length: count }, (_, i) => Math.floor((i * n) / count));
}

/** Mean of the thumbnails of the rows, RGBA, size x size; `of` = how many were averaged. */
export function meanImage(
  projectId: string,
  rows: Uint32Array,
  size: number,
  signal?: AbortSignal,
): Promise<{ rgba: Uint8ClampedArray<ArrayBuffer>; of: number }> {
  return meanOf(pictures(projectId, sampleRows(rows)), size, signal);
}

async function* pictures(projectId: string, rows: Uint32Array): AsyncGenerator<Blob> {
  for (let at = 0; at < rows.length; at += READ)
    for (const thumbnail of await readThumbnails(projectId, rows.subarray(at, at + READ)))
      if (thumbnail) yield thumbnail;
}
