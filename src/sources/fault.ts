import { TesseraError } from '../domain/errors';

/** The one error of the readers here: which file, where in it, why, as one sentence. */
export function cannotRead(file: string, place: string, why: string, cause?: unknown): TesseraError {
  // Pieces of a damaged file may be quoted in it.
  const reason = why.replace(/\p{Cc}+/gu, ' ').trim();
  return new TesseraError(
    'read-file',
    `${file} could not be read (${place}): ${reason}.`,
    { file, place, reason },
    { cause },
  );
}

/** Runs `work`; whatever it throws comes out as a `read-file` error that names the file. */
export async function naming<T>(file: string, place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TesseraError) throw error;
    throw cannotRead(file, place, reasonOf(error), error);
  }
}

/** The message of anything thrown, without its full stop. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/\.\s*$/, '') || 'no reason was given';
}
