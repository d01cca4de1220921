import type { RgbImage } from '../domain/image';
import { ImageError } from './types';
import { JPEG, unpack } from './tiff-codecs';
import { undoPrediction } from './tiff-predictor';
import { toRgb } from './tiff-colours';
import type { Samples } from './tiff-samples';
import { readTiff, tag, type Directory } from './tiff-tags';

const DNG_VERSION = 50706;
const MAX_BYTES = 2 ** 30;
const MAX_BLOCK_PIXELS = 2 ** 28;

/** How the pixels of a directory are cut into strips or tiles. */
interface Layout {
  blockWidth: number;
  blockRows: number;
  across: number;
  down: number;
  offsets: number[];
  counts: number[];
}

/**
 * The first page of a TIFF (strips or tiles, chunky or planar, 1 to 64 bits) as 8-bit RGB; `toBytes` says how deeper
 * samples are scaled. Orientation is not applied. Throws ImageError.
 */
export async function decodeTiff(bytes: Uint8Array<ArrayBuffer>): Promise<RgbImage> {
  const directory = readTiff(bytes)[0];
  if (!directory) throw new ImageError('broken');
  if (directory.has(DNG_VERSION)) throw new ImageError('unsupported', 'camera raw');
  const samples = describe(directory, bytes);
  await fill(samples, directory, bytes);
  return toRgb(samples);
}

/** The shape and meaning of the samples, with room for them. */
function describe(directory: Directory, bytes: Uint8Array): Samples {
  const [width = 0] = tag(directory, 256);
  const [height = 0] = tag(directory, 257);
  const jpeg = tag(directory, 259)[0] === JPEG;
  const [bits = 1, ...otherBits] = jpeg ? [8] : tag(directory, 258);
  if (otherBits.some((b) => b !== bits)) throw new ImageError('unsupported', 'TIFF, mixed bits per sample');
  const perPixel = jpeg ? 3 : (tag(directory, 277)[0] ?? 1);
  const planar = !jpeg && perPixel > 1 && tag(directory, 284)[0] === 2;
  const planes = planar ? perPixel : 1;
  const rowBytes = Math.ceil((width * (perPixel / planes) * bits) / 8);
  const total = rowBytes * height * planes;
  if (!(total > 0)) throw new ImageError('broken', `${width} x ${height}`);
  if (total > MAX_BYTES) throw new ImageError('too-large', `${width} x ${height}`);
  return {
    width,
    height,
    bits,
    perPixel,
    planes,
    rowBytes,
    littleEndian: bytes[0] === 0x49,
    format: tag(directory, 339)[0] ?? 1,
    photometric: jpeg ? 2 : (tag(directory, 262)[0] ?? (bits === 1 ? 0 : 1)),
    palette: tag(directory, 320),
    associatedAlpha: tag(directory, 338)[0] === 1,
    predictor: tag(directory, 317)[0] ?? 1,
    data: new Uint8Array(total),
  };
}

function layOut(directory: Directory, { width, height, rowBytes, planes }: Samples): Layout {
  const tiled = directory.has(322);
  const blockWidth = tiled ? tag(directory, 322)[0] : width;
  const blockRows = tiled ? tag(directory, 323)[0] : Math.min(height, tag(directory, 278)[0] ?? height);
  const across = Math.ceil(width / blockWidth);
  const down = Math.ceil(height / blockRows);
  const offsets = tag(directory, tiled ? 324 : 273);
  const counts = tag(directory, tiled ? 325 : 279);
  // Some writers leave the byte counts of a single uncompressed strip out.
  if (counts.length === 0 && offsets.length === 1) counts.push(rowBytes * height);
  const needed = across * down * planes;
  const sane = needed > 0 && blockWidth * blockRows <= MAX_BLOCK_PIXELS;
  if (!sane || offsets.length < needed || counts.length < needed) throw new ImageError('broken');
  return { blockWidth, blockRows, across, down, offsets, counts };
}

/** Unpacks every block into its place. */
async function fill(samples: Samples, directory: Directory, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const { height, rowBytes, planes, bits, perPixel } = samples;
  const { blockWidth, blockRows, across, down, offsets, counts } = layOut(directory, samples);
  const pixelBits = (perPixel / planes) * bits;
  const blockRowBytes = Math.ceil((blockWidth * pixelBits) / 8);
  const tiled = directory.has(322);
  const shared = {
    compression: tag(directory, 259)[0] ?? 1,
    width: blockWidth,
    fillOrder: tag(directory, 266)[0] ?? 1,
    options: tag(directory, 292)[0] ?? 0,
    jpegTables: tag(directory, 347),
    jpegRgb: tag(directory, 262)[0] === 2,
  };
  for (let i = 0; i < across * down * planes; i++) {
    const plane = Math.floor(i / (across * down));
    const x = i % across;
    const y = (Math.floor(i / across) % down) * blockRows;
    const rows = tiled ? blockRows : Math.min(blockRows, height - y);
    const packed = bytes.subarray(offsets[i], offsets[i] + counts[i]);
    const block = await unpack({ ...shared, packed, rows, length: rows * blockRowBytes });
    undoPrediction(block, samples, rows, blockRowBytes);
    const left = (x * blockWidth * pixelBits) / 8;
    const n = Math.min(blockRowBytes, rowBytes - left);
    for (let row = 0; row < Math.min(rows, height - y); row++)
      samples.data.set(
        block.subarray(row * blockRowBytes, row * blockRowBytes + n),
        (plane * height + y + row) * rowBytes + left,
      );
  }
}
