const NAMES = new Set(['.ds_store', 'thumbs.db', 'ehthumbs.db', 'desktop.ini', '.localized', 'icon\r']);
const FOLDERS = new Set(['__macosx', '.spotlight-v100', '.trashes', '.fseventsd', '@eadir', '$recycle.bin']);

/** Whether an operating system put the file there: no one means it when they drop a folder. */
export function isSystemFile(path: string): boolean {
  const parts = path.toLowerCase().split('/');
  const name = parts.pop() ?? '';
  // `._x` is the resource fork of x on disks that have none.
  return NAMES.has(name) || name.startsWith('._') || parts.some((part) => FOLDERS.has(part));
}
