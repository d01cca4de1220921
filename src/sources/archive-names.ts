/** Whether a file name says that it is an archive that `listArchive` opens. */
export function isArchive(path: string): boolean {
  return /\.(zip|tar|tar\.gz|tgz)$/i.test(path);
}
