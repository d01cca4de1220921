import { artifactStream } from './artifact';
import {
  Manifest,
  MANIFEST,
  wantedPath,
  type LayoutOptions,
  type Picture,
  type PictureState,
} from './pictures';
import { numberedName } from './safe-name';
import { TargetNames } from './target-names';

export interface FolderOptions extends LayoutOptions {
  signal?: AbortSignal;
  /** How many pictures have been dealt with. */
  done?: (count: number) => void;
}

export interface FolderResult {
  written: number;
  missing: number;
  failed: number;
  /** Name of the list of them all in the folder. */
  manifest: string;
  cancelled: boolean;
}

/**
 * Copies pictures into a folder, one at a time. Nothing that is there is written over: a name that is taken gets a number. A manifest
 * is left whatever happens: after the last picture, when the signal aborts, or when writing fails, which throws after that.
 * Pictures whose names the browser does not allow are told there as failed.
 */
export async function writePictures(
  root: FileSystemDirectoryHandle,
  pictures: Iterable<Picture>,
  options: FolderOptions,
): Promise<FolderResult> {
  const { signal, done } = options;
  const folder = new TargetFolder(root);
  const manifest = new Manifest();
  let count = 0;
  let failure: unknown;
  let name = MANIFEST;
  try {
    for (const picture of pictures) {
      if (signal?.aborted) break;
      await writeOne(folder, manifest, picture, options);
      done?.(++count);
    }
  } catch (error) {
    failure = error;
  }
  try {
    name = await writeManifest(root, manifest);
  } catch (error) {
    failure ??= error;
  }
  if (failure !== undefined) throw failure;
  return {
    written: manifest.count('written', 'renamed'),
    missing: manifest.count('missing'),
    failed: manifest.count('failed'),
    manifest: name,
    cancelled: signal?.aborted ?? false,
  };
}

async function writeOne(
  folder: TargetFolder,
  manifest: Manifest,
  picture: Picture,
  options: LayoutOptions,
): Promise<void> {
  const bytes = await picture.read();
  if (!bytes) return manifest.add(picture, [], 'missing');
  const wanted = wantedPath(picture, options);
  let state: PictureState;
  let target: string[] = [];
  try {
    target = await folder.write(wanted, bytes);
    state = Manifest.state(target, wanted);
  } catch (error) {
    // Browsers refuse some names: of links, of system files.
    if (!(error instanceof TypeError)) throw error;
    state = 'failed';
  }
  manifest.add(picture, target, state);
}

/** A folder that files are put into beside what is there. */
export class TargetFolder {
  readonly #names = new TargetNames();
  readonly #folders = new Map<string, FileSystemDirectoryHandle>();

  constructor(private readonly root: FileSystemDirectoryHandle) {
    this.#names.place([MANIFEST]);
  }

  /** Writes a file as near to the path asked for as can be; gives the one it got. */
  async write(wanted: readonly string[], bytes: Blob): Promise<string[]> {
    for (;;) {
      const target = this.#names.place(wanted);
      const folder = await this.#folder(target.slice(0, -1));
      if (!folder) continue;
      const name = target[target.length - 1];
      if (await exists(folder, name)) continue;
      await writeFile(folder, name, bytes.stream());
      return target;
    }
  }

  /** null where a file has the name of one of the folders. */
  async #folder(path: readonly string[]): Promise<FileSystemDirectoryHandle | null> {
    let folder = this.root;
    for (let depth = 1; depth <= path.length; depth++) {
      const key = path.slice(0, depth).join('/');
      const known = this.#folders.get(key);
      try {
        folder = known ?? (await folder.getDirectoryHandle(path[depth - 1], { create: true }));
      } catch (error) {
        if (!isNamed(error, 'TypeMismatchError')) throw error;
        this.#names.block(path.slice(0, depth));
        return null;
      }
      this.#folders.set(key, folder);
    }
    return folder;
  }
}

async function writeManifest(root: FileSystemDirectoryHandle, manifest: Manifest): Promise<string> {
  let name = MANIFEST;
  for (let number = 2; await exists(root, name); number++) name = numberedName(MANIFEST, number);
  await writeFile(root, name, artifactStream(manifest.csv()));
  return name;
}

async function writeFile(
  folder: FileSystemDirectoryHandle,
  name: string,
  bytes: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<void> {
  const handle = await folder.getFileHandle(name, { create: true });
  try {
    await bytes.pipeTo(await handle.createWritable());
  } catch (error) {
    // What is left is the empty file that was made for it.
    await folder.removeEntry(name).catch(() => undefined);
    throw error;
  }
}

async function exists(folder: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  try {
    await folder.getFileHandle(name);
    return true;
  } catch (error) {
    if (isNamed(error, 'NotFoundError')) return false;
    if (isNamed(error, 'TypeMismatchError')) return true;
    throw error;
  }
}

const isNamed = (error: unknown, name: string): boolean =>
  error instanceof DOMException && error.name === name;
