/**
 * What can go wrong, as data: the page translates `code` with `params`, the command line prints `message`.
 * Errors cross worker borders as `ErrorRecord`, never as bare strings.
 */
export type ErrorCode =
  | 'model-not-onnx'
  | 'model-inputs'
  | 'model-no-layer'
  | 'model-hash'
  | 'model-download'
  | 'model-run'
  | 'backend-missing'
  | 'device-lost'
  | 'quota'
  | 'blocked-upgrade'
  | 'store'
  | 'project-busy'
  | 'archive'
  | 'remote' // a server did not give what was asked for; params: reason (RemoteReason), origin, detail
  | 'read-file' // a table, JSON or vectors; params: file, place, reason
  | 'import-embeddings'
  | 'import-descriptors'
  | 'model-bundle'
  | 'project-file' // params: reason
  | 'project-newer' // a project file of a later version; params: app, version
  | 'model-mismatch'
  | 'original-missing' // the bytes of an image are not kept
  | 'too-few-images'
  | 'memory' // more than the browser gives at once; params: megabytes
  | 'cancelled'
  | 'internal';

export interface ErrorRecord {
  name: string;
  code: ErrorCode;
  message: string;
  params: Record<string, string | number>;
  cause?: string;
}

export class TesseraError extends Error {
  override readonly name = 'TesseraError';
  constructor(
    readonly code: ErrorCode,
    /** One English sentence: what, where, what to do. */
    message: string,
    readonly params: Record<string, string | number> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Any thrown value as a record that survives structured cloning. */
export function toRecord(error: unknown): ErrorRecord {
  if (error instanceof TesseraError) {
    const cause = error.cause === undefined ? undefined : String(error.cause);
    return { name: error.name, code: error.code, message: error.message, params: error.params, cause };
  }
  if (error instanceof DOMException && error.name === 'QuotaExceededError')
    return { name: error.name, code: 'quota', message: error.message, params: {} };
  if (error instanceof DOMException && error.name === 'AbortError')
    return { name: error.name, code: 'cancelled', message: 'Cancelled.', params: {} };
  const e = error instanceof Error ? error : new Error(String(error));
  return { name: e.name, code: 'internal', message: e.message, params: {}, cause: e.stack };
}

/** The inverse of `toRecord`, for the receiving side. */
export function fromRecord(record: ErrorRecord): TesseraError {
  return new TesseraError(record.code, record.message, record.params, { cause: record.cause });
}
