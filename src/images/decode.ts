import type { RgbImage } from '../domain/image';
import { mayHaveAlpha } from './alpha';
import { decodeCmyk } from './cmyk/decode';
import { declaredSize, type Size } from './dimensions';
import { gifLayout, type GifLayout, opaqueGif, paintGround } from './gif';
import { isPlain } from './profile';
import { decodeHeic } from './heic';
import { exifOrientation, orient, withoutOrientation } from './orientation';
import { pixelsOf, wholeImage, type Pixels } from './pixels';
import { bitmapPixels, readUnderAlpha } from './readback';
import { sniff, type ImageFormat } from './sniff';
import { decodeTiff } from './tiff';
import { ImageError } from './types';

export interface DecodeOptions {
  /** Turn the picture as its EXIF orientation asks (default). false: pixels as stored, as Pillow's `convert('RGB')`. */
  orient?: boolean;
  /** Largest area to allocate for; a picture takes about 7 bytes a pixel while it is decoded. */
  maxPixels?: number;
}

/** 100 megapixels: phones and slide scanners stay below, a bomb does not take the tab down. */
export const MAX_PIXELS = 100_000_000;

/** Formats that every browser decodes: a refusal means that the file is damaged. For all others: no decoder here. */
const NATIVE: ImageFormat[] = ['jpeg', 'png', 'gif', 'webp', 'bmp', 'avif', 'ico'];

/** A decoded picture; `close` gives its memory back. */
export type OpenImage = Pixels & { close(): void };

/**
 * The pixels of an image file: 8-bit RGB, colour profiles ignored, alpha dropped (not composited), first frame, first
 * page. JPEG, PNG, GIF, WebP, AVIF, BMP come out bit for bit as Pillow gives them, 16-bit channels as
 * their high byte. Throws ImageError for everything that is no picture.
 */
export async function openImage(
  bytes: Uint8Array<ArrayBuffer>,
  { orient: upright = true, maxPixels = MAX_PIXELS }: DecodeOptions = {},
): Promise<OpenImage> {
  if (bytes.length === 0) throw new ImageError('empty');
  const format = sniff(bytes);
  if (!format) throw new ImageError('not-image');
  const size = declaredSize(bytes, format);
  if (size) checkSize(size, maxPixels);
  const image = await decodeAs(format, bytes, maxPixels);
  const orientation = upright ? exifOrientation(bytes, format) : 1;
  if (orientation === 1) return image;
  try {
    return opened(pixelsOf(orient(wholeImage(image), orientation)));
  } finally {
    image.close();
  }
}

/** The same, as one picture in memory. */
export async function decodeImage(
  bytes: Uint8Array<ArrayBuffer>,
  options?: DecodeOptions,
): Promise<RgbImage> {
  const image = await openImage(bytes, options);
  try {
    return wholeImage(image);
  } finally {
    image.close();
  }
}

async function decodeAs(
  format: ImageFormat,
  bytes: Uint8Array<ArrayBuffer>,
  maxPixels: number,
): Promise<OpenImage> {
  if (format === 'tiff') return opened(pixelsOf(await decodeTiff(bytes).catch(asBroken)));
  if (format === 'gif') return opened(pixelsOf(await decodeGif(bytes, maxPixels)));
  if (format === 'jpeg') {
    const inks = await decodeCmyk(bytes, nativeJpeg);
    if (inks) return opened(pixelsOf(inks));
  }
  const bitmap = await decodeBitmap(new Blob([withoutOrientation(bytes, format)]), format, bytes);
  const close = () => bitmap.close();
  try {
    checkSize(bitmap, maxPixels);
    if (mayHaveAlpha(bytes, format)) return opened(pixelsOf(await readUnderAlpha(bitmap)), close);
    const pixels = await bitmapPixels(bitmap);
    const rows: Pixels['rows'] = (y, n) => {
      try {
        return pixels.rows(y, n);
      } catch (cause) {
        throw tooLargeFor(bitmap, cause);
      }
    };
    return opened({ ...pixels, rows }, close);
  } catch (cause) {
    // A closed bitmap has no size any more.
    const error = tooLargeFor(bitmap, cause);
    close();
    throw error;
  }
}

/** The first frame with the colours that the file has where it is transparent, as for all other formats. */
async function decodeGif(bytes: Uint8Array<ArrayBuffer>, maxPixels: number): Promise<RgbImage> {
  const layout = layoutOf(bytes);
  const bitmap = await decodeBitmap(new Blob([opaqueGif(bytes, layout)]), 'gif', bytes);
  try {
    checkSize(bitmap, maxPixels);
    const image = await readUnderAlpha(bitmap);
    paintGround(image, layout);
    return image;
  } catch (cause) {
    throw tooLargeFor(bitmap, cause);
  } finally {
    bitmap.close();
  }
}

function layoutOf(bytes: Uint8Array): GifLayout {
  try {
    return gifLayout(bytes);
  } catch (cause) {
    throw cause instanceof RangeError ? new ImageError('broken', undefined, { cause }) : cause;
  }
}

async function nativeJpeg(jpeg: Uint8Array<ArrayBuffer>): Promise<RgbImage> {
  const bitmap = await createImageBitmap(new Blob([jpeg]));
  try {
    return wholeImage(await bitmapPixels(bitmap));
  } finally {
    bitmap.close();
  }
}

const opened = (pixels: Pixels, close = (): void => undefined): OpenImage => ({ ...pixels, close });

/** A RangeError is what a browser throws when memory for the pixels cannot be had. */
function tooLargeFor(size: Size, cause: unknown): unknown {
  return cause instanceof RangeError ? new ImageError('too-large', sizeText(size), { cause }) : cause;
}

async function decodeBitmap(blob: Blob, format: ImageFormat, bytes: Uint8Array): Promise<ImageBitmap> {
  try {
    // Asking to ignore a profile that is not there would copy every pixel once more.
    return await (isPlain(bytes, format) ? createImageBitmap(blob) : createImageBitmap(blob, AS_STORED));
  } catch (cause) {
    if (format === 'heic') return decodeHeic(blob);
    if (NATIVE.includes(format)) throw new ImageError('broken', undefined, { cause });
    throw new ImageError('unsupported', format.toUpperCase(), { cause });
  }
}

const AS_STORED: ImageBitmapOptions = { premultiplyAlpha: 'none', colorSpaceConversion: 'none' };

function asBroken(cause: unknown): never {
  throw cause instanceof ImageError ? cause : new ImageError('broken', undefined, { cause });
}

function checkSize(size: Size, maxPixels: number): void {
  const { width, height } = size;
  if (width < 1 || height < 1) throw new ImageError('broken', sizeText(size));
  if (width * height > maxPixels) throw new ImageError('too-large', sizeText(size));
}

function sizeText({ width, height }: Size): string {
  return `${width} x ${height}`;
}
