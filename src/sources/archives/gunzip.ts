import { Gunzip } from 'fflate';

/**
 * Opens a gzip file as a stream of what is packed in it, as often as asked. Of several members, one behind the other (RFC 1952,
 * 2.2), browsers unpack the first and fail: then, and from there on, they are unpacked here, without a look at their checksums.
 */
export function gunzipper(file: Blob): () => ReadableStream<Uint8Array> {
  let hasSeveral = false;
  async function* unpack(): AsyncGenerator<Uint8Array> {
    let given = 0;
    let fault: unknown = null;
    if (!hasSeveral)
      try {
        for await (const part of partsOf(file.stream().pipeThrough(new DecompressionStream('gzip')))) {
          given += part.length;
          yield part;
        }
        return;
      } catch (error) {
        fault = error;
      }
    try {
      for await (const part of membersOf(file, () => (hasSeveral = true))) {
        const fresh = part.subarray(Math.min(given, part.length));
        given -= part.length - fresh.length;
        if (fresh.length > 0) yield fresh;
      }
    } catch (error) {
      throw hasSeveral ? error : fault;
    }
    if (!hasSeveral) throw fault;
  }
  return () => streamOf(unpack());
}

/** The bytes of all members; `onSecond` is told of each after the first. Throws an Error where they are damaged or end. */
async function* membersOf(file: Blob, onSecond: () => void): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  const gunzip = new Gunzip((part) => void ready.push(part));
  gunzip.onmember = onSecond;
  for await (const packed of partsOf(file.stream())) {
    gunzip.push(packed);
    yield* ready;
    ready = [];
  }
  gunzip.push(new Uint8Array(0), true);
  yield* ready;
}

async function* partsOf<T>(stream: ReadableStream<T>): AsyncGenerator<T> {
  const reader = stream.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    // One that failed has ended already.
    reader.cancel().catch(() => undefined);
  }
}

function streamOf(parts: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await parts.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await parts.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
