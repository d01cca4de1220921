import type { DroppedFile } from '../domain/files';
import { listArchive } from '../sources/archive';
import { byPath } from '../sources/order';

/**
 * The first entries of the one archive that was given, unpacked, as files of their own. Anything else is given back as
 * it is: a folder was shortened before.
 */
export async function firstEntries(files: DroppedFile[], limit: number): Promise<DroppedFile[]> {
  const [only] = files;
  if (files.length !== 1 || only.path !== '') return files;
  const entries = (await listArchive(only.file)).sort(byPath).slice(0, limit);
  return Promise.all(
    entries.map(async (entry): Promise<DroppedFile> => {
      const { path, modified } = entry;
      const file = (parts: Blob[]): File => new File(parts, path, { lastModified: modified });
      if (entry.skip) return { path, file: file([]), unreadable: entry.skip.detail ?? entry.skip.code };
      try {
        return { path, file: file([await entry.read()]) };
      } catch (error) {
        return { path, file: file([]), unreadable: error instanceof Error ? error.message : String(error) };
      }
    }),
  );
}
