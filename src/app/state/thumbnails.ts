export interface ThumbnailSource {
  /** Blobs in the order asked; null where there is none. */
  read(rows: number[]): Promise<(Blob | null)[]>;
  createUrl(blob: Blob): string;
  revokeUrl(url: string): void;
}

/** Rows asked for within this time are read together. */
const GATHER_MS = 8;
const MOST = 4000;

interface Entry {
  row: number;
  url: Promise<string>;
  resolve: (url: string) => void;
  reject: (error: Error) => void;
}

/** Object URLs of thumbnails: gathered into few reads, the least recently used released beyond 4,000. */
export class Thumbnails {
  private readonly entries = new Map<number, Entry>();
  private wanted: Entry[] = [];

  constructor(private readonly source: ThumbnailSource) {}

  get(row: number): Promise<string> {
    const known = this.entries.get(row);
    if (known) {
      // A Map keeps insertion order: put back, the entry is the youngest.
      this.entries.delete(row);
      this.entries.set(row, known);
      return known.url;
    }
    const entry = createEntry(row);
    this.entries.set(row, entry);
    if (this.wanted.push(entry) === 1) setTimeout(() => void this.readWanted(), GATHER_MS);
    this.trim();
    return entry.url;
  }

  /** Releases these, whose pictures are others now. */
  forget(rows: Iterable<number>): void {
    for (const row of rows) this.drop(row);
  }

  /** Releases every URL: another project is opened. */
  clear(): void {
    for (const row of [...this.entries.keys()]) this.drop(row);
  }

  private async readWanted(): Promise<void> {
    const asked = this.wanted;
    this.wanted = [];
    try {
      const blobs = await this.source.read(asked.map(({ row }) => row));
      asked.forEach((entry, i) => {
        const blob = blobs[i];
        if (blob) entry.resolve(this.source.createUrl(blob));
        else this.fail(entry, new Error(`Image ${entry.row} has no thumbnail.`));
      });
    } catch (error) {
      for (const entry of asked) this.fail(entry, error as Error);
    }
  }

  /** A failure is not remembered: the thumbnail may exist the next time. */
  private fail(entry: Entry, error: Error): void {
    if (this.entries.get(entry.row) === entry) this.entries.delete(entry.row);
    entry.reject(error);
  }

  private trim(): void {
    while (this.entries.size > MOST) {
      const oldest = this.entries.keys().next();
      if (!oldest.done) this.drop(oldest.value);
    }
  }

  private drop(row: number): void {
    const entry = this.entries.get(row);
    this.entries.delete(row);
    entry?.url.then(
      (url) => this.source.revokeUrl(url),
      () => undefined,
    );
  }
}

function createEntry(row: number): Entry {
  const entry = { row } as Entry;
  entry.url = new Promise((resolve, reject) => Object.assign(entry, { resolve, reject }));
  return entry;
}
