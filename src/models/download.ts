import { TesseraError } from '../domain/errors';
import { hasher } from './hash';

/** The file that is wanted. */
export interface Wanted {
  title: string;
  url: string;
  bytes: number;
  /** Hex. */
  sha256: string;
}

/** Where a download is kept while it grows; survives a broken connection. */
export interface PartialFile {
  received(): Promise<number>;
  /** What is there so far, in order. */
  stored(): AsyncIterable<Uint8Array>;
  append(chunk: Uint8Array): Promise<void>;
  clear(): Promise<void>;
}

export interface DownloadOptions {
  signal?: AbortSignal;
  onProgress?: (received: number, total: number) => void;
}

const CHUNK = 4 * 1024 * 1024;

/**
 * Downloads `wanted` into `file`, going on from what is there when the server can; resolves once length and hash are
 * right. What has come is kept when the connection breaks or `signal` cancels, and thrown away when it is wrong.
 * @throws TesseraError `model-download`, `model-hash`, `cancelled`, or what `file` throws when it is full.
 */
export async function download(
  wanted: Wanted,
  file: PartialFile,
  options: DownloadOptions = {},
): Promise<void> {
  let hash = hasher();
  let received = await file.received();
  if (received > wanted.bytes) {
    await file.clear();
    received = 0;
  }
  for await (const chunk of file.stored()) hash.update(chunk);
  if (received < wanted.bytes) {
    const response = await request(wanted, received, options.signal);
    if (response.status !== 206 && received > 0) {
      await file.clear();
      hash = hasher();
      received = 0;
    }
    for await (const chunk of chunks(wanted, response, received, options.signal)) {
      received += chunk.length;
      if (received > wanted.bytes) await refuse(wanted, file, 'longer than expected');
      hash.update(chunk);
      await file.append(chunk);
      options.onProgress?.(received, wanted.bytes);
    }
    if (received < wanted.bytes && response.status === 206) throw brokenOff(wanted, received);
    if (received < wanted.bytes) await refuse(wanted, file, `${received} bytes instead of ${wanted.bytes}`);
  }
  if (hash.digest() !== wanted.sha256) await refuse(wanted, file, 'its SHA-256 differs');
}

/** Asks for the rest of the file; a server that has no such part is asked for the whole. */
async function request(wanted: Wanted, from: number, signal?: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = from > 0 ? { Range: `bytes=${from}-` } : {};
  const response = await fetch(wanted.url, { headers, signal: signal ?? null }).catch((cause: unknown) => {
    throw signal?.aborted ? cancelled() : unreachable(wanted, cause);
  });
  if (response.ok && startsAt(response, from)) return response;
  await response.body?.cancel();
  if (from > 0 && (response.ok || response.status === 416)) return request(wanted, 0, signal);
  throw new TesseraError(
    'model-download',
    `The server answered ${response.status} for ${wanted.title}; try again later, or get the file from ${wanted.url} and drop it here.`,
    { title: wanted.title, url: wanted.url, status: response.status },
  );
}

/** A partial answer must begin where it was asked to; other origins may not show the header that says so. */
function startsAt(response: Response, from: number): boolean {
  const range = response.headers.get('content-range');
  return response.status !== 206 || range === null || range.startsWith(`bytes ${from}-`);
}

/** The body in pieces of 4 MiB; what has come before a failure is yielded before the error is thrown. */
async function* chunks(
  wanted: Wanted,
  response: Response,
  from: number,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) throw unreachable(wanted, 'empty answer');
  let buffer = new Uint8Array(CHUNK);
  let filled = 0;
  let total = from;
  let failure: TesseraError | null = null;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        failure = signal?.aborted ? cancelled() : brokenOff(wanted, total, cause);
        return { done: true, value: undefined };
      });
      if (done || !value) break;
      total += value.length;
      for (let at = 0; at < value.length;) {
        const part = value.subarray(at, at + CHUNK - filled);
        buffer.set(part, filled);
        filled += part.length;
        at += part.length;
        if (filled < CHUNK) continue;
        yield buffer;
        buffer = new Uint8Array(CHUNK);
        filled = 0;
      }
    }
    if (filled > 0) yield buffer.slice(0, filled);
    if (failure) throw failure as TesseraError;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function refuse(wanted: Wanted, file: PartialFile, why: string): Promise<never> {
  await file.clear();
  throw new TesseraError(
    'model-hash',
    `The file that came for ${wanted.title} is not the expected one (${why}); it was deleted. Try again, or check ${wanted.url}.`,
    { title: wanted.title, url: wanted.url, why },
  );
}

function brokenOff(wanted: Wanted, received: number, cause?: unknown): TesseraError {
  return new TesseraError(
    'model-download',
    `The download of ${wanted.title} broke off after ${received} of ${wanted.bytes} bytes; start it again to go on from there.`,
    { title: wanted.title, url: wanted.url, received, total: wanted.bytes },
    { cause },
  );
}

function unreachable(wanted: Wanted, cause: unknown): TesseraError {
  return new TesseraError(
    'model-download',
    `${wanted.title} could not be downloaded from ${wanted.url}; check the connection and try again.`,
    { title: wanted.title, url: wanted.url },
    { cause },
  );
}

function cancelled(): TesseraError {
  return new TesseraError('cancelled', 'The download was cancelled.');
}
