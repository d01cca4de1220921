import { makeZip } from 'client-zip';

export interface ZipEntry {
  /** Path inside the archive, `/` between folders; made unique by `zip`. */
  name: string;
  input: Blob | Uint8Array<ArrayBuffer> | AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** The first day ZIP can name, in local time as ZIP keeps it: the same entries give the same bytes everywhere. */
const EPOCH = new Date(1980, 0, 1);

const STOPPED = Symbol('nobody reads the archive any more');

/** Gives back names that do not collide, also where case is not told apart: `a.jpg`, `A (2).jpg`, `a (3).jpg`. */
export function uniqueNames(): (name: string) => string {
  const taken = new Set<string>();
  const next = new Map<string, number>();
  const fold = (name: string): string => name.normalize('NFC').toLowerCase();
  return (name) => {
    const slash = name.lastIndexOf('/') + 1;
    const dot = name.lastIndexOf('.');
    const end = dot > slash ? dot : name.length;
    let unique = name;
    let count = next.get(fold(name)) ?? 1;
    while (taken.has(fold(unique))) unique = `${name.slice(0, end)} (${++count})${name.slice(end)}`;
    next.set(fold(name), count);
    taken.add(fold(unique));
    return unique;
  };
}

/**
 * A stored (not compressed) ZIP, streamed: entries are pulled one at a time, so their bytes need not fit in memory together.
 * ZIP64 where needed; names in UTF-8, unique; dates fixed.
 */
export async function* zip(
  entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const unique = uniqueNames();
  async function* inputs() {
    for await (const { name, input } of entries) yield { name: unique(name), input, lastModified: EPOCH };
  }
  const reader = makeZip(inputs()).getReader();
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read())
      yield step.value as Uint8Array<ArrayBuffer>;
  } finally {
    // client-zip hands the reason to its producers as an exception and gives it back when they let it through.
    await reader.cancel(STOPPED).catch((reason: unknown) => {
      if (reason !== STOPPED) throw reason;
    });
  }
}
