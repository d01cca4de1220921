import { npyHeaderOf } from '../../exports/npy';
import { pages, pagesOfKeys } from '../../store/pages';
import { readTally } from '../../store/tally';
import { isFromFile } from '../../domain/spec';
import { readDescriptors } from '../../store/descriptors';
import { MEMBERS } from './format';
import { arrayMember, bytesOf, jsonMember, linesMember, type Member } from './member';

/** All thumbnails one after the other, then the bytes of each. */
export async function* thumbMembers(projectId: string): AsyncGenerator<Member> {
  const sizes: number[] = [];
  async function* data(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    for await (const { value } of pages('thumbs', projectId)) {
      for (let i = 0; i < value.n; i++) sizes.push(value.offsets[i + 1] - value.offsets[i]);
      yield value.data;
    }
  }
  yield { name: MEMBERS.thumbs, chunks: data() };
  // Pulled once the member before is written.
  yield arrayMember(MEMBERS.thumbSizes, [sizes.length], Uint32Array.from(sizes));
}

/** The vectors of each descriptor, but for those of files that were removed: its key and shape as JSON, then the matrix, n x d. */
export async function* vectorMembers(projectId: string): AsyncGenerator<Member> {
  const { covered } = await readTally(projectId);
  const listed = new Set((await readDescriptors(projectId)).map(({ key }) => key));
  let at = 0;
  for (const specKey of Object.keys(covered).sort()) {
    if (isFromFile(specKey) && !listed.has(specKey)) continue;
    const rows = covered[specKey];
    const bad: number[] = [];
    let d = 0;
    for await (const { value } of pages('vectors', projectId, specKey)) {
      d = value.d;
      for (const row of value.bad ?? []) bad.push(row);
    }
    const name = `vectors/${at++}`;
    yield jsonMember(`${name}.json`, { specKey, rows, d, without: bad });
    yield { name: `${name}.npy`, chunks: matrix(projectId, specKey, [rows, d]) };
  }
}

async function* matrix(
  projectId: string,
  specKey: string,
  shape: [number, number],
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield npyHeaderOf(shape, '<f4');
  for await (const { value } of pages('vectors', projectId, specKey)) yield bytesOf(value.data);
}

/** Vectors that wait for their images: for each descriptor the matrix, and the hash of the image of each row. */
export async function* importedMembers(projectId: string): AsyncGenerator<Member> {
  const keys = new Set<string>();
  for await (const [, specKey] of pagesOfKeys('imported', projectId)) keys.add(specKey);
  let at = 0;
  for (const specKey of [...keys].sort()) {
    let n = 0;
    let d = 0;
    for await (const { value } of pages('imported', projectId, specKey)) {
      n += value.hashes.length;
      d = value.d;
    }
    const name = `imported/${at++}`;
    yield jsonMember(`${name}.json`, { specKey, rows: n, d });
    yield linesMember(`${name}.jsonl`, hashes(projectId, specKey));
    yield { name: `${name}.npy`, chunks: waiting(projectId, specKey, [n, d]) };
  }
}

async function* hashes(projectId: string, specKey: string): AsyncGenerator<string> {
  for await (const { value } of pages('imported', projectId, specKey)) yield* value.hashes;
}

async function* waiting(
  projectId: string,
  specKey: string,
  shape: [number, number],
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield npyHeaderOf(shape, '<f4');
  for await (const { value } of pages('imported', projectId, specKey)) yield bytesOf(value.data);
}
