import { reasonOf } from '../fault';
import { SequentialSource } from '../sequential';
import { gunzipper } from './gunzip';
import { remark, type ArchiveEntry, type ArchiveLimits } from './entry';
import { walkTar } from './tar';

/**
 * The files of a TAR.GZ archive, of one gzip member or several. Listing unpacks the whole archive once and keeps nothing. Entries read in their order
 * take one more such pass together; one read out of order unpacks again everything before it. Throws an Error with the
 * reason.
 */
export async function listTarGz(file: Blob, limits: ArchiveLimits): Promise<ArchiveEntry[]> {
  const most = Math.min(limits.total, Math.max(file.size * limits.streamRatio, limits.ratioFrom));
  const unpacked = gunzipper(file);
  const bounded = (at: number): void => {
    if (at > most) throw new Error(`it unpacks to more than ${most} bytes`);
  };
  let fault: string | null = null;
  const listing = new SequentialSource(unpacked, bounded);
  const tolerant = {
    // A stream that breaks off is an archive that ends there.
    async read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
      if (fault !== null) return new Uint8Array(0);
      try {
        return await listing.read(start, end);
      } catch (error) {
        fault = reasonOf(error);
        return new Uint8Array(0);
      }
    },
  };
  const contents = new SequentialSource(unpacked, bounded);
  const open = async (start: number, end: number): Promise<Blob> => {
    const bytes = await contents.read(start, end);
    if (bytes.length < end - start) throw new Error('it is cut short');
    return new Blob([bytes]);
  };
  const entries = await walkTar(tolerant, open, limits).catch((error: unknown) => {
    throw fault === null ? error : new Error(fault, { cause: error });
  });
  return fault === null
    ? entries
    : [...entries.filter(({ path }) => path !== ''), remark(`it could not be read to its end: ${fault}`)];
}
