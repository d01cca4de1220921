import { TesseraError } from '../domain/errors';
import { ARCHIVE_LIMITS, type ArchiveEntry, type ArchiveLimits } from './archives/entry';
import { listTarGz } from './archives/tar-gz';
import { listTar } from './archives/tar';
import { parseHeader } from './archives/tar-header';
import { listZip } from './archives/zip';
import { reasonOf } from './fault';

export { isArchive } from './archive-names';
export { ARCHIVE_LIMITS, type ArchiveEntry } from './archives/entry';

/**
 * The files of a ZIP, TAR or TAR.GZ archive (told apart by content), in its order; nothing is unpacked, and archives within are not
 * opened. Of an archive that is cut short, what is whole is listed, and a last entry with an empty path says so.
 * Throws `archive` when nothing can be listed.
 */
export async function listArchive(
  file: Blob,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): Promise<ArchiveEntry[]> {
  try {
    const head = new Uint8Array(await file.slice(0, 512).arrayBuffer());
    if (head[0] === 0x1f && head[1] === 0x8b) return await listTarGz(file, limits);
    return await (parseHeader(head) ? listTar(file, limits) : listZip(file, limits));
  } catch (error) {
    const reason = reasonOf(error);
    throw new TesseraError('archive', `The archive could not be opened (${reason}).`, { reason });
  }
}
