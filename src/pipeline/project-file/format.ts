import { TesseraError } from '../../domain/errors';

/** What `manifest.json` says it is. A file of a later version is refused; unknown fields and members are passed over. */
export const PROJECT_FORMAT = { format: 'tessera-project', version: 1 } as const;

export const MANIFEST = 'manifest.json';
/** Members that every file has, some of them empty. */
export const MEMBERS = {
  project: 'project.json',
  files: 'files.jsonl',
  intake: 'intake.jsonl',
  skips: 'skips.jsonl',
  rows: 'rows.jsonl',
  thumbs: 'thumbnails.bin',
  thumbSizes: 'thumbnail-sizes.npy',
  notes: 'notes.jsonl',
  descriptors: 'descriptors.jsonl',
  records: 'records.jsonl',
  facts: 'facts.jsonl',
} as const;
/** Bytes of an image lie under this folder, named by their SHA-256. */
export const ORIGINALS = 'originals/';

/** A file that cannot be opened; `reason` says what is wrong in it. */
export function wrongFile(reason: string, cause?: unknown): TesseraError {
  const plain = reason.replace(/\p{Cc}+/gu, ' ').replace(/\.?\s*$/, '');
  return new TesseraError(
    'project-file',
    `This project file could not be opened: ${plain}. Nothing of it was kept; save it again where it was made.`,
    { reason: plain },
    { cause },
  );
}

/** A number as JSON can hold it: those without a numeral by their names. */
export function real(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
