import { TesseraError } from '../domain/errors';
import type { Artifact } from './artifact';

/** How long the page may stand still, in milliseconds. */
const SLICE = 30;

/**
 * The artifact, made in slices between which the page lives on; `written` is told how many bytes there are so far. Its chunks
 * fail with `cancelled` when the signal aborts.
 */
export function paced(
  artifact: Artifact,
  { signal, written }: { signal?: AbortSignal; written?: (bytes: number) => void } = {},
): Artifact {
  async function* chunks(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    let bytes = 0;
    let since = performance.now();
    for await (const chunk of artifact.chunks) {
      if (signal?.aborted) throw new TesseraError('cancelled', 'Cancelled.');
      yield chunk;
      written?.((bytes += chunk.length));
      if (performance.now() - since < SLICE) continue;
      await new Promise((resolve) => setTimeout(resolve));
      since = performance.now();
    }
    if (signal?.aborted) throw new TesseraError('cancelled', 'Cancelled.');
  }
  return { ...artifact, chunks: chunks() };
}
