import { TesseraError } from '../domain/errors';

/** An error of IndexedDB as one that says what to do; `quota` when the space ran out, else `store`. */
export function storeError(error: unknown): TesseraError {
  if (error instanceof TesseraError) return error;
  const name = error instanceof Error || error instanceof DOMException ? error.name : 'Error';
  if (name === 'QuotaExceededError')
    return new TesseraError(
      'quota',
      'The browser has no more space for this page. Everything so far is kept: free space on the disk or remove a project, then go on.',
      {},
      { cause: error },
    );
  const reason = error instanceof Error ? error.message : String(error);
  return new TesseraError(
    'store',
    `The browser refused to read or write its storage (${name}: ${reason}). Reload the page and go on.`,
    { reason: `${name}: ${reason}` },
    { cause: error },
  );
}
