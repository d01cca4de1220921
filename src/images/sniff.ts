/** Image formats told apart by their first bytes, whatever the file is called. */
export type ImageFormat =
  | 'jpeg'
  | 'png'
  | 'gif'
  | 'webp'
  | 'bmp'
  | 'avif'
  | 'heic'
  | 'tiff'
  | 'ico'
  | 'svg'
  | 'jxl'
  | 'jp2'
  | 'jxr'
  | 'psd'
  | 'exr'
  | 'hdr'
  | 'pnm'
  | 'sgi'
  | 'dds'
  | 'fits'
  | 'dicom'
  | 'icns'
  | 'camera raw';

const SIGNATURES: [ImageFormat, offset: number, latin1: string][] = [
  ['jpeg', 0, '\xff\xd8\xff'],
  ['png', 0, '\x89PNG\r\n\x1a\n'],
  ['gif', 0, 'GIF87a'],
  ['gif', 0, 'GIF89a'],
  ['webp', 8, 'WEBP'],
  ['bmp', 0, 'BM'],
  ['camera raw', 8, 'CR\x02'],
  ['camera raw', 0, 'IIRO'],
  ['camera raw', 0, 'IIRS'],
  ['camera raw', 0, 'MMOR'],
  ['camera raw', 0, 'IIU\0'],
  ['camera raw', 0, 'FUJIFILMCCD-RAW'],
  ['jxr', 0, 'II\xbc\x01'],
  ['tiff', 0, 'II*\0'],
  ['tiff', 0, 'MM\0*'],
  ['tiff', 0, 'II+\0'],
  ['tiff', 0, 'MM\0+'],
  ['ico', 0, '\0\0\x01\0'],
  ['ico', 0, '\0\0\x02\0'],
  ['jxl', 0, '\xff\x0a'],
  ['jxl', 0, '\0\0\0\x0cJXL \r\n\x87\n'],
  ['jp2', 0, '\0\0\0\x0cjP  \r\n\x87\n'],
  ['jp2', 0, '\xff\x4f\xff\x51'],
  ['psd', 0, '8BPS'],
  ['exr', 0, 'v/1\x01'],
  ['hdr', 0, '#?RADIANCE'],
  ['sgi', 0, '\x01\xda'],
  ['dds', 0, 'DDS '],
  ['fits', 0, 'SIMPLE  ='],
  ['dicom', 128, 'DICM'],
  ['icns', 0, 'icns'],
];

const AVIF_BRANDS = ['avif', 'avis'];
const HEIF_BRANDS = [
  'heic',
  'heix',
  'heim',
  'heis',
  'hevc',
  'hevx',
  'mif1',
  'mif2',
  'msf1',
  'miaf',
  'j2ki',
  'jpeg',
];

/** Bytes as latin-1 text, cut at the end of the file. */
export function latin1(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

/** The image format of a file by its content, or null when it is not an image that is known. */
export function sniff(bytes: Uint8Array): ImageFormat | null {
  for (const [format, offset, text] of SIGNATURES)
    if (latin1(bytes, offset, offset + text.length) === text && plausible(format, bytes)) return format;
  return sniffIsoMedia(bytes) ?? sniffText(bytes);
}

/** Second look at the signatures that are only two bytes long, or hold a zero count. */
function plausible(format: ImageFormat, bytes: Uint8Array): boolean {
  if (format === 'bmp') return bytes.length >= 26 && [12, 16, 40, 52, 56, 64, 108, 124].includes(bytes[14]);
  if (format === 'ico') return bytes.length >= 22 && bytes[4] + bytes[5] > 0 && bytes[9] === 0;
  if (format === 'sgi') return bytes.length > 12 && bytes[2] <= 1 && (bytes[3] === 1 || bytes[3] === 2);
  return true;
}

/** HEIF family: the first brand that says which codec, in the order major, compatible. */
function sniffIsoMedia(bytes: Uint8Array): ImageFormat | null {
  if (latin1(bytes, 4, 8) !== 'ftyp') return null;
  const end = Math.min(bytes.length, 256, (bytes[2] << 8) | bytes[3]);
  const brands = [latin1(bytes, 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(latin1(bytes, at, at + 4));
  if (brands[0] === 'crx ') return 'camera raw';
  if (brands.some((brand) => AVIF_BRANDS.includes(brand))) return 'avif';
  return brands.some((brand) => HEIF_BRANDS.includes(brand)) ? 'heic' : null;
}

function sniffText(bytes: Uint8Array): ImageFormat | null {
  const head = latin1(bytes, 0, 4096);
  if (/^P[1-7][\s#]/.test(head) && /^P[1-7]\s+(#.*\s+)*(\d+\s|WIDTH)/.test(head)) return 'pnm';
  const text = head.replace(/^\xef\xbb\xbf/, '').trimStart();
  return /^(<svg[\s>]|<(\?xml|!--|!DOCTYPE\s+svg)[^]*<svg[\s>])/i.test(text) ? 'svg' : null;
}
