import { TesseraError } from '../domain/errors';
import { appBase } from './app-files';
import { findCached, readCached } from './cache';
import { DEFAULT_MODEL, type CatalogueEntry } from './catalogue';
import { sha256Hex } from './hash';

/**
 * The bytes of a network by the SHA-256 of its file: from the browser's cache, or, for the app's own network, from
 * the app.
 * @throws TesseraError `model-download` when it is not here, `model-hash` when the app's file is damaged.
 */
export async function getModelBytes(sha256: string): Promise<Uint8Array<ArrayBuffer>> {
  if (sha256 === DEFAULT_MODEL.sha256) return fetchOwn(DEFAULT_MODEL);
  const bytes = await readCached(sha256);
  if (bytes) return bytes;
  const title = (await findCached(sha256))?.title ?? sha256.slice(0, 12);
  throw new TesseraError(
    'model-download',
    `The network "${title}" is not in this browser; fetch it or add its file under Settings.`,
    { title },
  );
}

async function fetchOwn(entry: CatalogueEntry): Promise<Uint8Array<ArrayBuffer>> {
  const url = new URL(entry.url, appBase()).href;
  const response = await fetch(url).catch((cause: unknown) => {
    throw new TesseraError(
      'model-download',
      `${entry.title} could not be read from ${url}; reload the page.`,
      { title: entry.title, url },
      { cause },
    );
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (!response.ok || sha256Hex(bytes) !== entry.sha256)
    throw new TesseraError(
      'model-hash',
      `${entry.title} at ${url} is missing or damaged; install the app again.`,
      { title: entry.title, url },
    );
  return bytes;
}
