import { pages } from '../../store/pages';

/** A file a line; the line is its number. */
export async function* fileLines(projectId: string): AsyncGenerator<object> {
  for await (const { value } of pages('files', projectId))
    for (const { path, size, modified, address, given } of value.files)
      yield {
        path,
        size,
        modified,
        ...(address !== undefined && { address }),
        ...(given !== undefined && { given }),
      };
}

/**
 * Which bytes each file had, in order of reading. Without the images' bytes, files that wait to be embedded count as never
 * read: giving them again completes them.
 */
export async function* intakeLines(projectId: string, originals: boolean): AsyncGenerator<object> {
  const isKnown = originals ? () => true : await finished(projectId);
  for await (const { value } of pages('intake', projectId))
    for (const [i, file] of value.seqs.entries()) {
      const sha256 = value.hashes[i];
      if (isKnown(file, sha256)) yield { file, sha256 };
    }
}

/** Whether a file has become a row, or a reason why not. */
async function finished(projectId: string): Promise<(file: number, hash: string) => boolean> {
  const hashes = new Set<string>();
  const skipped = new Set<number>();
  for await (const { value } of pages('rows', projectId)) for (const hash of value.hashes) hashes.add(hash);
  for await (const { value } of pages('skips', projectId)) skipped.add(value.seq);
  return (file, hash) => skipped.has(file) || hashes.has(hash);
}

/** Files without an embedding. */
export async function* skipLines(projectId: string): AsyncGenerator<object> {
  for await (const { value } of pages('skips', projectId)) {
    const { seq, code, detail } = value;
    yield { file: seq, code, ...(detail !== undefined && { detail }) };
  }
}

/** An image a line; the line is its row. */
export async function* rowLines(projectId: string): AsyncGenerator<object> {
  for await (const { value } of pages('rows', projectId))
    for (const [i, file] of value.seqs.entries())
      yield { file, sha256: value.hashes[i], width: value.widths[i], height: value.heights[i] };
}

/** The descriptors that the project lists, but for those that were removed. */
export async function* descriptorLines(projectId: string): AsyncGenerator<object> {
  for await (const { value } of pages('descriptors', projectId)) {
    const { spec, addedAt, removedAt } = value;
    if (removedAt === undefined) yield { spec, addedAt };
  }
}
