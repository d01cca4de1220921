import type { DroppedFile } from '../domain/files';
import { byPath } from './order';

/**
 * All files of a drop, folders walked to the bottom, in natural path order; the dropped folder's name is the first
 * part of the path. Call it in the event handler itself: the browser empties the transfer afterwards. What cannot be
 * opened is in the list too, marked `unreadable`. `onFound` is told how many files there are so far.
 */
export async function readDrop(
  transfer: DataTransfer,
  onFound: (count: number) => void = () => undefined,
): Promise<DroppedFile[]> {
  const items = Array.from(transfer.items).filter((item) => item.kind === 'file');
  const entries = items.map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile());
  const found: DroppedFile[] = [];
  const add = (file: DroppedFile): void => {
    found.push(file);
    onFound(found.length);
  };
  for (const entry of entries) {
    if (entry instanceof File) add({ path: entry.name, file: entry });
    else if (entry) await walk(entry, entry.name, add);
  }
  return found.sort(byPath);
}

async function walk(entry: FileSystemEntry, path: string, add: (file: DroppedFile) => void): Promise<void> {
  try {
    if (entry.isFile) add({ path, file: await fileOf(entry as FileSystemFileEntry) });
    else
      for await (const some of listing((entry as FileSystemDirectoryEntry).createReader()))
        await Promise.all(some.map((child) => walk(child, `${path}/${child.name}`, add)));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    add({ path: entry.isFile ? path : `${path}/`, file: new File([], entry.name), unreadable: reason });
  }
}

/** A reader gives a part of the folder each time (100 entries in Chromium), and nothing at the end. */
async function* listing(reader: FileSystemDirectoryReader): AsyncGenerator<FileSystemEntry[]> {
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (!some.length) return;
    yield some;
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
