import type { PictureSet, PixelSummary } from '../domain/pictures';
import { THUMBNAIL_SIDE, thumbnailSize } from '../images/thumbnail';
import { aligned, commonFrame, greyOf, PixelCounts } from '../images/pixel-counts';
import { evenly } from './mean-image';
import { openPictures } from './picture-set';

/** Long side of what is made, in pixels. */
const LONG_SIDE = { thumbnails: THUMBNAIL_SIDE, originals: 192 };
/** Pictures laid over each other at most: the eye sees no change with more. */
const MOST = 2000;

/** Mean, median and spread of pictures, centred on each other and cropped to their median shape. Errors: `store`. */
export async function summarisePixels(
  all: PictureSet,
  progress: (fraction: number) => void,
): Promise<PixelSummary> {
  const set = drawn(all);
  const { source } = set;
  const sizes = Array.from(set.rows, (_, i) => ({ width: set.widths[i], height: set.heights[i] }))
    .filter(({ width, height }) => width > 0 && height > 0)
    .map((size) => (source === 'thumbnails' ? thumbnailSize(size) : size));
  const counts = new PixelCounts(commonFrame(sizes, LONG_SIDE[source]));
  let seen = 0;
  for await (const picture of openPictures(set)) {
    if (picture) {
      try {
        counts.add(aligned(picture, counts.frame));
      } finally {
        picture.close();
      }
    }
    progress(++seen / set.rows.length);
  }
  const deviation = counts.deviation();
  return {
    ...counts.frame,
    mean: counts.mean(),
    median: counts.median(),
    spread: greyOf(deviation),
    meanSpread: deviation.reduce((sum, value) => sum + value, 0) / deviation.length,
    of: counts.of,
    failed: set.rows.length - counts.of,
    asked: all.rows.length,
  };
}

/** `MOST` pictures of the set, evenly drawn, or all of them. */
function drawn(set: PictureSet): PictureSet {
  const places = evenly(set.rows.length, MOST);
  if (places.length === set.rows.length) return set;
  return {
    ...set,
    rows: places.map((place) => set.rows[place]),
    hashes: Array.from(places, (place) => set.hashes[place]),
    widths: places.map((place) => set.widths[place]),
    heights: places.map((place) => set.heights[place]),
  };
}
