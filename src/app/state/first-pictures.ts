import type { DroppedFile } from '../../domain/files';

/** As many as fill a screen. */
const MOST = 60;

/** The first files of a drop that the browser is likely to show as they are, by the type it gave them. */
export function firstPictures(files: readonly DroppedFile[]): File[] {
  const pictures: File[] = [];
  for (const { file } of files) {
    if (pictures.length === MOST) break;
    if (/^image\/(jpeg|png|webp|gif|avif|bmp)$/.test(file.type) && file.size > 0) pictures.push(file);
  }
  return pictures;
}
