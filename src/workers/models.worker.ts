import { expose } from 'comlink';
import type { CatalogueEntry } from '../models/catalogue';
import * as library from '../models/library';
import { carryErrors } from './errors';

carryErrors();

/** Exposed through Comlink: what is done with the files of networks, which are read and hashed whole. */
export class NetworkFiles {
  private readonly downloads = new Map<number, AbortController>();

  list(): Promise<library.LibraryEntry[]> {
    return library.list();
  }

  /** `id` is for `cancel`. */
  async fetch(
    id: number,
    entry: CatalogueEntry,
    progress: (received: number, total: number) => void,
  ): Promise<void> {
    const stop = new AbortController();
    this.downloads.set(id, stop);
    try {
      await library.fetchModel(entry, { signal: stop.signal, onProgress: progress });
    } finally {
      this.downloads.delete(id);
    }
  }

  cancel(id: number): void {
    this.downloads.get(id)?.abort();
  }

  add(file: File): ReturnType<typeof library.addModel> {
    return library.addModel(file);
  }

  inspect(entry: CatalogueEntry): ReturnType<typeof library.inspect> {
    return library.inspect(entry);
  }

  remove(sha256: string): Promise<void> {
    return library.removeModel(sha256);
  }
}

expose(new NetworkFiles());
