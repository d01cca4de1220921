import type { AddressOptions } from './addresses';
import type { RecordsOptions } from './records';

/**
 * A file as it was dropped: `path` uses `/`, relative to what was dropped, and is shown and exported as is. A ZIP
 * archive with an empty path has its entries listed under their own paths, without its name before them.
 */
export interface DroppedFile {
  path: string;
  file: File;
  /** The browser listed it and would not open it (`file` is then empty): why. */
  unreadable?: string;
  /** It is JSON, and each of its records is an image. */
  records?: RecordsOptions;
  /** It is a table, and each address in it is an image. */
  addresses?: AddressOptions;
}

/** Why a file has no embedding. Every code has a sentence in each language and in `skipSentence`. */
export type SkipCode =
  | 'empty' // zero bytes
  | 'not-image' // no image format recognised in its first bytes
  | 'unsupported' // an image format that is known and cannot be decoded here; detail = format name
  | 'broken' // recognised, but the decoder refuses it (truncated, corrupt)
  | 'too-large' // declares more pixels than can be held; detail = "W x H"
  | 'unreadable' // the browser could not read the file's bytes (moved, permission)
  | 'system-file' // .DS_Store, Thumbs.db, desktop.ini, __MACOSX
  | 'archive' // an entry or an archive that cannot be opened; detail says why
  | 'record' // a record of a JSON file without a picture that can be decoded; detail says where and why
  | 'address' // a picture of a list of addresses that could not be fetched; detail says why
  | 'bad-embedding'; // the network's answer was not finite or all zero

export interface Skip {
  code: SkipCode;
  detail?: string;
}

const SENTENCES: Record<SkipCode, string> = {
  empty: 'The file is empty (0 bytes).',
  'not-image': 'Not an image: no known image format in its first bytes.',
  unsupported: 'This image format cannot be decoded here.',
  broken: 'The image is damaged or cut short; the decoder refused it.',
  'too-large': 'The image declares more pixels than can be held in memory.',
  unreadable: 'The browser could not read the file; it may have moved.',
  'system-file': 'A file of the operating system, not a picture.',
  archive: 'The archive or this entry of it could not be opened.',
  record: 'This record holds no picture that can be decoded.',
  address: 'The picture could not be fetched from its address.',
  'bad-embedding': 'The network gave no usable numbers for this image.',
};

/** All of them. */
export const SKIP_CODES = Object.keys(SENTENCES) as SkipCode[];

/** The reason in one English sentence, for tables and the command line. */
export function skipSentence(skip: Skip): string {
  return skip.detail ? `${SENTENCES[skip.code]} (${skip.detail})` : SENTENCES[skip.code];
}
