import { fetchModel, listModels, removeModel, type LibraryEntry } from '../../jobs/models';
import { notices } from './notices.svelte';

export interface Download {
  received: number;
  total: number;
  cancel: () => void;
}

/** The networks there are, and those on their way; downloads go on when the settings are left. */
class Networks {
  list = $state.raw<readonly LibraryEntry[]>([]);
  downloads = $state.raw<Readonly<Record<string, Download>>>({});

  async refresh(): Promise<void> {
    this.list = await listModels();
  }

  async download(entry: LibraryEntry): Promise<void> {
    const { sha256 } = entry;
    if (this.downloads[sha256]) return;
    const stop = new AbortController();
    const show = (received: number, total: number): void => {
      this.downloads = { ...this.downloads, [sha256]: { received, total, cancel: () => stop.abort() } };
    };
    show(entry.received, entry.bytes);
    try {
      await fetchModel(entry, { signal: stop.signal, onProgress: show });
    } catch (error) {
      notices.error(error);
    } finally {
      const { [sha256]: _done, ...others } = this.downloads;
      this.downloads = others;
    }
    await this.refresh();
  }

  async remove({ sha256 }: LibraryEntry): Promise<void> {
    await removeModel(sha256);
    await this.refresh();
  }
}

export const networks = new Networks();
