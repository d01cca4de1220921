/** A file to hand out: its bytes are made while they are pulled, once. */
export interface Artifact {
  /** File name without a folder. */
  name: string;
  type: string;
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** The artifact as a stream that stops its producer when it is cancelled. */
export function artifactStream({ chunks }: Artifact): ReadableStream<Uint8Array<ArrayBuffer>> {
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

/** All bytes at once, for files that are known to be small and for files inside an archive. */
export async function artifactBytes(artifact: Artifact): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(artifactStream(artifact)).arrayBuffer());
}
