import type { DroppedFile } from '../domain/files';
import { byPath } from './order';

/**
 * Files of a file or folder picker in natural path order. `stripTop` takes the picked folder's name off the paths,
 * for callers who want them relative to it.
 */
export function fromFileList(files: Iterable<File>, { stripTop = false } = {}): DroppedFile[] {
  return Array.from(files, (file) => {
    const path = file.webkitRelativePath || file.name;
    return { path: stripTop ? path.slice(path.indexOf('/') + 1) : path, file };
  }).sort(byPath);
}
