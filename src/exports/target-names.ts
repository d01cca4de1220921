import { numberedName, safeName } from './safe-name';

/** Names that file systems take for one: most do not tell case or composed letters apart. */
const fold = (name: string): string => name.normalize('NFC').toLowerCase();

interface Folder {
  /** Folded names of what is in it; null for a file. */
  readonly entries: Map<string, Folder | null>;
  /** By the folded name asked for: the name that the folder in it has got. */
  readonly folders: Map<string, string>;
  /** By the folded name asked for: the last number given. */
  readonly numbers: Map<string, number>;
}

/** Gives out places for files below one folder: names that every common file system takes, each once. */
export class TargetNames {
  readonly #root = newFolder();

  /**
   * A place that was not given out before, as near to the path asked for (folders, then the file's name) as can be: another file of
   * that name, or a folder, makes it `a (2).jpg`.
   */
  place(path: readonly string[]): string[] {
    let folder = this.#root;
    const target: string[] = [];
    for (const name of path.slice(0, -1)) {
      const own = folderIn(folder, safeName(name));
      target.push(own);
      folder = folder.entries.get(fold(own))!;
    }
    const name = safeName(path[path.length - 1] ?? '');
    const own = freeName(folder, name);
    folder.entries.set(fold(own), null);
    return [...target, own];
  }

  /** A folder of a place given out cannot be made, since a file has its name: others are to go elsewhere. */
  block(folderPath: readonly string[]): void {
    let folder = this.#root;
    for (const name of folderPath.slice(0, -1)) folder = folder.entries.get(fold(name)) ?? newFolder();
    const blocked = folderPath[folderPath.length - 1];
    folder.entries.set(fold(blocked), null);
    for (const [asked, own] of folder.folders) if (own === blocked) folder.folders.delete(asked);
  }
}

const newFolder = (): Folder => ({ entries: new Map(), folders: new Map(), numbers: new Map() });

/** The name of the folder asked for by that name, made if it is new. */
function folderIn(parent: Folder, name: string): string {
  const known = parent.folders.get(fold(name));
  if (known !== undefined) return known;
  const own = freeName(parent, name);
  parent.entries.set(fold(own), newFolder());
  parent.folders.set(fold(name), own);
  return own;
}

function freeName({ entries, numbers }: Folder, name: string): string {
  if (!entries.has(fold(name))) return name;
  let number = numbers.get(fold(name)) ?? 1;
  let own: string;
  do own = numberedName(name, ++number);
  while (entries.has(fold(own)));
  numbers.set(fold(name), number);
  return own;
}
