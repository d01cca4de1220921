import type { DroppedFile } from '../../domain/files';

const PICTURE = /\.(jpe?g|jfif|png|webp|gif|avif|bmp|tiff?|hei[cf])$/i;

/** The one picture that was dropped or pasted as such, rather than within a folder or with others; null: something else. */
export function onePicture(files: readonly DroppedFile[]): DroppedFile | null {
  const [only] = files;
  if (files.length !== 1 || only.unreadable !== undefined || only.path.includes('/')) return null;
  return only.file.type.startsWith('image/') || PICTURE.test(only.path) ? only : null;
}
