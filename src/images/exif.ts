import type { ImageFacts } from '../domain/facts';
import { exifBlocks, type Range } from './exif-blocks';
import { isoExifBlock } from './iso-exif';
import type { ImageFormat } from './sniff';
import { readTiff, subDirectory, type Directory } from './tiff-tags';

/** Longest text that is kept of a field (bytes); a camera's name has some twenty. */
const MAX_TEXT = 256;
/** ISO speeds beyond 16 bits are said by a field of their own (Exif 2.3). */
const ISO_ELSEWHERE = 65_535;

/**
 * What the EXIF of a JPEG, PNG, WebP, TIFF, AVIF or HEIC says; null when it says nothing (Exif 2.32, CIPA DC-008). Fields
 * that are damaged or hold what cannot be are left out; never throws.
 */
export function readFacts(bytes: Uint8Array, format: ImageFormat): ImageFacts | null {
  for (const [from, to] of blocks(bytes, format)) {
    const block = bytes.subarray(from, to);
    const image = readTiff(block)[0];
    if (!image) continue;
    const facts = present({
      ...ofImage(image),
      ...ofShot(subDirectory(block, image, 0x8769)),
      ...ofPlace(subDirectory(block, image, 0x8825)),
    });
    if (Object.keys(facts).length > 0) return facts;
  }
  return null;
}

function blocks(bytes: Uint8Array, format: ImageFormat): Range[] {
  if (format !== 'heic' && format !== 'avif') return exifBlocks(bytes, format);
  const block = isoExifBlock(bytes);
  return block ? [block] : [];
}

function ofImage(directory: Directory): ImageFacts {
  return { make: text(directory, 0x10f), model: text(directory, 0x110), software: text(directory, 0x131) };
}

function ofShot(directory: Directory = new Map()): ImageFacts {
  const iso = number(directory, 0x8827);
  return {
    taken: time(directory, 0x9003, 0x9011, 0x9291) ?? time(directory, 0x9004, 0x9012, 0x9292),
    lens: text(directory, 0xa434),
    exposure: positive(number(directory, 0x829a)),
    fNumber: positive(number(directory, 0x829d)),
    iso: positive(iso === ISO_ELSEWHERE ? (number(directory, 0x8832) ?? number(directory, 0x8833)) : iso),
    focalLength: positive(number(directory, 0x920a)),
  };
}

function ofPlace(directory: Directory = new Map()): ImageFacts {
  const latitude = angle(directory, 2, 1, 'NS', 90);
  const longitude = angle(directory, 4, 3, 'EW', 180);
  const height = number(directory, 6);
  // 1: below the sea; 3: below the ellipsoid (Exif 3.0).
  const below = [1, 3].includes(number(directory, 5) ?? 0);
  return {
    // One without the other is no place.
    ...(latitude !== undefined && longitude !== undefined && { latitude, longitude }),
    altitude: height && below ? -height : height,
  };
}

function number(directory: Directory, id: number): number | undefined {
  const value = directory.get(id)?.value(0);
  return Number.isFinite(value) ? value : undefined;
}

const positive = (value: number | undefined): number | undefined =>
  value !== undefined && value > 0 ? value : undefined;

const utf8 = new TextDecoder('utf-8', { fatal: true });
const latin1 = new TextDecoder('windows-1252');

/** ASCII by the book, UTF-8 or Latin-1 in the field. */
function text(directory: Directory, id: number): string | undefined {
  const bytes = directory.get(id)?.bytes(MAX_TEXT) ?? new Uint8Array();
  const end = bytes.indexOf(0);
  const written = end < 0 ? bytes : bytes.subarray(0, end);
  let decoded: string;
  try {
    decoded = utf8.decode(written);
  } catch {
    decoded = latin1.decode(written);
  }
  return decoded.replace(/\p{Cc}+/gu, ' ').trim() || undefined;
}

/** Degrees, minutes and seconds; without its hemisphere an angle is none. */
function angle(
  directory: Directory,
  id: number,
  sign: number,
  signs: string,
  most: number,
): number | undefined {
  const field = directory.get(id);
  const side = signs.indexOf(text(directory, sign)?.charAt(0).toUpperCase() ?? '?');
  if (!field || side < 0) return undefined;
  const [degrees, minutes, seconds] = [0, 1, 2].map((k) => (k < field.length ? field.value(k) : 0));
  const value = degrees + minutes / 60 + seconds / 3600;
  if (!(value >= 0 && value <= most)) return undefined;
  return side === 1 && value > 0 ? -value : value;
}

const TIME = /^(\d{4})[:/-](\d\d)[:/-](\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?/;
const ZONE = /^([+-])(\d\d):?(\d\d)$/;

/** A time with its zone and fractions of a second, which are fields of their own. */
function time(directory: Directory, id: number, zoneId: number, fractionId: number): number | undefined {
  const match = TIME.exec(text(directory, id) ?? '');
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1).map((digits) => Number(digits ?? 0));
  const utc = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(utc);
  // A clock that was never set says zeros; a day that does not exist would become another.
  if (
    year < 1800 ||
    back.getUTCMonth() !== month - 1 ||
    back.getUTCDate() !== day ||
    hour > 23 ||
    minute > 59
  )
    return undefined;
  const zone = ZONE.exec(text(directory, zoneId) ?? '');
  const ahead = zone ? (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) : 0;
  const fraction = /^\d+/.exec(text(directory, fractionId) ?? '')?.[0] ?? '';
  return utc - ahead * 60_000 + Math.floor(Number(`0.${fraction || '0'}`) * 1000);
}

function present(facts: ImageFacts): ImageFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
