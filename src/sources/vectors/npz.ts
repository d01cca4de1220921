import type { ArrayInfo } from '../../domain/descriptors';
import { ARCHIVE_LIMITS } from '../archives/entry';
import { listDirectory, type ZipMember } from '../archives/zip';
import { SequentialSource } from '../sequential';
import { BlobSource, type ByteSource } from '../window';
import type { StoredArray } from './array';
import { readNpy, readNpyHeader } from './npy';

/** Arrays are read as they are unpacked, so their size is no danger. */
const LIMITS = { ...ARCHIVE_LIMITS, bytes: 2 ** 42, entries: 10_000 };
/** Largest packed array in Fortran order: it has to be unpacked as a whole. */
const MAX_UNPACKED = 512 << 20;

/** The arrays in a .npz file, by name. Throws an Error with the reason. */
export async function listNpz(file: Blob): Promise<ArrayInfo[]> {
  const members = (await listDirectory(file, LIMITS)).filter(({ path }) => path.endsWith('.npy'));
  return Promise.all(
    members.map(async (member) => {
      if (member.skip) return { name: nameOf(member), shape: [], dtype: member.skip.detail ?? 'unreadable' };
      const { shape, descr } = await readNpyHeader(await sourceOf(file, member));
      return { name: nameOf(member), shape, dtype: descr };
    }),
  );
}

/**
 * One array of a .npz file: from its place in the file when it is stored, else as it is unpacked. Throws an Error with
 * the reason.
 */
export async function openNpz(file: Blob, name: string): Promise<StoredArray> {
  const member = (await listDirectory(file, LIMITS)).find((one) => nameOf(one) === name);
  if (!member) throw new Error(`it has no array "${name}"`);
  if (member.skip) throw new Error(`its array "${name}" cannot be read: ${member.skip.detail}`);
  const source = await sourceOf(file, member);
  const array = await readNpy(source, member.size);
  if (!array.fortran || source instanceof BlobSource) return array;
  if (member.size > MAX_UNPACKED)
    throw new Error(
      `its array "${name}" is packed in Fortran order and larger than ${MAX_UNPACKED >> 20} MiB; save it with np.savez, not savez_compressed`,
    );
  return { ...array, source: new BlobSource(await member.read()) };
}

function nameOf({ path }: ZipMember): string {
  return path.replace(/\.npy$/, '');
}

async function sourceOf(file: Blob, member: ZipMember): Promise<ByteSource> {
  const place = await member.place();
  if (place) return new BlobSource(file.slice(place.start, place.end));
  return new SequentialSource(() => member.stream());
}
