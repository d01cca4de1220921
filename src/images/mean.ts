/** Decoded at once: enough to keep the browser's decoders busy. */
const IN_FLIGHT = 8;

export interface MeanImage {
  /** size x size, opaque. */
  rgba: Uint8ClampedArray<ArrayBuffer>;
  /** How many pictures went into it; those that could not be decoded did not. */
  of: number;
}

/**
 * The mean of pictures (thumbnails), each brought to size x size with its shape kept: they lie centred on each other, and what
 * stands over on two sides is cut off, as `aligned` does it. Summed in f64, so that neither number nor order matters. With no picture: all black, `of` 0. Throws the signal's reason when aborted.
 */
export async function meanOf(
  blobs: AsyncIterable<Blob> | Iterable<Blob>,
  size: number,
  signal?: AbortSignal,
): Promise<MeanImage> {
  const sums = new Float64Array(size * size * 3);
  const context = new OffscreenCanvas(size, size).getContext('2d', {
    alpha: false,
    willReadFrequently: true,
  });
  if (!context) throw new Error(`No 2D canvas of ${size} x ${size} pixels could be had.`);
  context.imageSmoothingQuality = 'medium';
  let of = 0;

  const add = async (blob: Blob): Promise<void> => {
    const bitmap = await createImageBitmap(blob).catch(() => null);
    if (!bitmap) return;
    const side = Math.min(bitmap.width, bitmap.height);
    const [x, y] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2];
    context.drawImage(bitmap, x, y, side, side, 0, 0, size, size);
    bitmap.close();
    accumulate(sums, context.getImageData(0, 0, size, size).data);
    of += 1;
  };

  let batch: Promise<void>[] = [];
  for await (const blob of blobs) {
    signal?.throwIfAborted();
    batch.push(add(blob));
    if (batch.length < IN_FLIGHT) continue;
    await Promise.all(batch);
    batch = [];
  }
  await Promise.all(batch);
  signal?.throwIfAborted();
  return { rgba: mean(sums, of), of };
}

function accumulate(sums: Float64Array, rgba: Uint8ClampedArray): void {
  for (let from = 0, to = 0; to < sums.length; from += 4, to += 3) {
    sums[to] += rgba[from];
    sums[to + 1] += rgba[from + 1];
    sums[to + 2] += rgba[from + 2];
  }
}

function mean(sums: Float64Array, of: number): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray((sums.length / 3) * 4).fill(255);
  for (let from = 0, to = 0; from < sums.length; from += 3, to += 4)
    for (let c = 0; c < 3; c++) rgba[to + c] = of === 0 ? 0 : sums[from + c] / of;
  return rgba;
}
