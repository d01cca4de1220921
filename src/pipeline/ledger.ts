import type { Skip } from '../domain/files';
import type { Counts } from '../domain/project';
import type { RemoteSource } from '../domain/remote';
import type { Column } from '../domain/table';
import { countsOf } from '../store/counts';
import { announceFiles, readFiles, readSkips, type Announcement } from '../store/files';
import { beginImport, commitImported } from '../store/descriptors';
import { commitIntake, readIntake, type IntakeBatch } from '../store/intake';
import { commitLateBytes, hashesWithoutBytes } from '../store/late-bytes';
import { commitDocuments } from '../store/remotes';
import { addPictureless, commitPictures, type LatePicture } from '../store/pictureless';
import { commitRows, readRowChunks, type NewRow } from '../store/rows';
import type { FileRecord, Tally, VectorChunk } from '../store/schema';
import { readTally } from '../store/tally';
import { commitVectors } from '../store/vectors';

/** One content, whatever number of files have it. */
export interface Image {
  /** '' while it is known by its path only. */
  hash: string;
  /** Files with these bytes, in order of reading. */
  seqs: number[];
  row: number | null;
  skip: Skip | null;
}

/** What reading a file gave. */
export type Reading = { seq: number } & ({ hash: string; bytes: Uint8Array<ArrayBuffer> } | { skip: Skip });

/** A document as a file: its picture's bytes, or a skip. */
export type TakenDocument = Announcement &
  ({ hash: string; bytes: Uint8Array<ArrayBuffer> } | { skip: Skip });

/** What embedding a new image gave. */
export type Embedded = { image: Image } & ({ row: Omit<NewRow, 'seq' | 'hash'> } | { skip: Skip });

/** The picture of a row that was known by its path only, with the file it came from. */
export type Picture = Omit<LatePicture, 'bytes' | 'absorbs' | 'completes'> & {
  bytes: Uint8Array<ArrayBuffer>;
};

/**
 * What became of every file of a project: the store's log and its image in memory, which changes only after the
 * write it stands for is committed. Writes are one after the other, so that each is decided on what holds.
 */
export class Ledger {
  readonly images = new Map<string, Image>();
  /** Position = row. */
  readonly rows: Image[] = [];
  /** Images in order of reading; those with a row or a skip are finished. */
  readonly order: Image[] = [];
  /** Rows known by their path only, by their file. */
  readonly pictureless = new Map<number, number>();
  /** The row that a file is the first of. */
  private readonly rowsOfFiles = new Map<number, number>();
  private readonly hashes: (string | undefined)[] = [];
  private readonly skips = new Map<number, Skip>();
  /** Hashes of images whose bytes are not kept. */
  private bare = new Set<string>();
  private last: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly projectId: string,
    readonly files: FileRecord[],
    private tally: Tally,
  ) {}

  /** Reads what is committed. */
  static async open(projectId: string): Promise<Ledger> {
    const tally = await readTally(projectId);
    const ledger = new Ledger(projectId, await readFiles(projectId), tally);
    for (const { seq, code, detail } of await readSkips(projectId)) ledger.skips.set(seq, { code, detail });
    for (const { seq, hash } of await readIntake(projectId)) ledger.learn(seq, hash);
    for (const { hashes, seqs } of await readRowChunks(projectId))
      hashes.forEach((hash, i) => (hash ? ledger.settle(hash, seqs[i]) : ledger.settlePath(seqs[i])));
    if (tally.withoutBytes) {
      const hashes = ledger.rows.map(({ hash }) => hash).filter((hash) => hash !== '');
      ledger.bare = await hashesWithoutBytes(projectId, hashes);
    }
    return ledger;
  }

  counts(specKey: string, inHand: number): Counts {
    return countsOf(this.tally, specKey, inHand);
  }

  /** Rows 0 .. covered - 1 have a vector of the descriptor. */
  covered(specKey: string): number {
    return this.tally.covered[specKey] ?? 0;
  }

  hashOf(seq: number): string | undefined {
    return this.hashes[seq];
  }

  /** The row that shows a file, its own or that of the same bytes; null when there is none. */
  rowOfFile(seq: number): number | null {
    const own = this.rowsOfFiles.get(seq);
    if (own !== undefined) return own;
    return this.images.get(this.hashOf(seq) ?? '')?.row ?? null;
  }

  skipOf(seq: number): Skip | undefined {
    return this.skips.get(seq);
  }

  /** Whether an image is known and its bytes are not kept, the project having come without. */
  lacksBytes(hash: string): boolean {
    return this.bare.has(hash);
  }

  /** Keeps the bytes of images that lack them; others are passed over. */
  keepBytes(images: readonly { hash: string; bytes: Uint8Array<ArrayBuffer> }[]): Promise<void> {
    return this.exclusively(async () => {
      const late = new Map(
        images.filter(({ hash }) => this.bare.has(hash)).map(({ hash, bytes }) => [hash, bytes]),
      );
      if (late.size === 0) return;
      this.tally = await commitLateBytes(this.projectId, late);
      for (const hash of late.keys()) this.bare.delete(hash);
    });
  }

  /** Lists files with the columns that came with them; answers the sequence number of the first. */
  announce(files: readonly Announcement[], columns: Column[] = []): Promise<number> {
    return this.exclusively(async () => {
      this.tally = await announceFiles(this.projectId, files, columns);
      const first = this.tally.announced - files.length;
      for (const { path, size, modified, address } of files)
        this.files.push({ path, size, modified, ...(address && { address }) });
      files.forEach(({ skip }, i) => skip && this.skips.set(first + i, skip));
      return first;
    });
  }

  /** Keeps what was read. A file that was skipped without a hash before may come again. */
  takeIn(readings: readonly Reading[]): Promise<void> {
    return this.exclusively(async () => {
      const batch = this.batchOf(readings);
      this.tally = await commitIntake(this.projectId, batch);
      this.learnBatch(batch);
    });
  }

  /** Lists documents, keeps their pictures and notes how far their server has been read, in one write. */
  takeDocuments(documents: readonly TakenDocument[], columns: Column[], source: RemoteSource): Promise<void> {
    return this.exclusively(async () => {
      const first = this.files.length;
      const readings = documents.flatMap((document, i): Reading[] =>
        'hash' in document ? [{ seq: first + i, hash: document.hash, bytes: document.bytes }] : [],
      );
      const batch = this.batchOf(readings);
      this.tally = await commitDocuments(this.projectId, documents, columns, batch, source);
      for (const { path, size, modified } of documents) this.files.push({ path, size, modified });
      documents.forEach(({ skip }, i) => skip && this.skips.set(first + i, skip));
      this.learnBatch(batch);
    });
  }

  private batchOf(readings: readonly Reading[]): IntakeBatch {
    const batch: IntakeBatch = { taken: [], skipped: [], recovered: [] };
    const kept = new Set<string>();
    for (const reading of readings) {
      const { seq } = reading;
      if ('skip' in reading) {
        if (!this.skips.has(seq)) batch.skipped.push({ seq, ...reading.skip });
        continue;
      }
      const { hash, bytes } = reading;
      const known = this.images.get(hash);
      if (this.skips.has(seq)) batch.recovered.push(seq);
      if (known?.skip) batch.taken.push({ seq, hash, skip: { seq, ...known.skip } });
      else if (known || kept.has(hash)) batch.taken.push({ seq, hash });
      else batch.taken.push({ seq, hash, bytes });
      kept.add(hash);
    }
    return batch;
  }

  private learnBatch({ taken, skipped, recovered }: IntakeBatch): void {
    for (const seq of recovered) this.skips.delete(seq);
    for (const { seq, code, detail } of skipped) this.skips.set(seq, { code, detail });
    for (const { seq, hash, skip } of taken) {
      if (skip) this.skips.set(seq, { code: skip.code, detail: skip.detail });
      this.learn(seq, hash);
    }
  }

  /** Commits new images as the next rows, and books the unusable ones for every file that has their bytes. */
  commit(specKey: string, results: readonly Embedded[]): Promise<{ row0: number; n: number }> {
    return this.exclusively(async () => {
      const row0 = this.rows.length;
      const rows = results.flatMap((result) =>
        'row' in result ? [{ seq: result.image.seqs[0], hash: result.image.hash, ...result.row }] : [],
      );
      const unusable = results.flatMap((result) => ('skip' in result ? [result] : []));
      this.tally = await commitRows(
        this.projectId,
        specKey,
        row0,
        rows,
        unusable.map(({ image, skip }) => ({
          hash: image.hash,
          skips: image.seqs.map((seq) => ({ seq, ...skip })),
        })),
      );
      for (const { hash, seq } of rows) this.settle(hash, seq);
      for (const { image, skip } of unusable) {
        image.skip = skip;
        for (const seq of image.seqs) this.skips.set(seq, skip);
      }
      return { row0, n: rows.length };
    });
  }

  /** Gives the next rows that have no vector of the descriptor theirs; `bad` are rows whose vector is zero. */
  commitVectors(specKey: string, vectors: readonly Float32Array[], bad: readonly number[]): Promise<void> {
    return this.exclusively(async () => {
      this.tally = await commitVectors(this.projectId, specKey, this.covered(specKey), vectors, bad);
    });
  }

  /** Lists files that nobody has given, each as the next row. */
  addPictureless(paths: readonly string[]): Promise<void> {
    return this.exclusively(async () => {
      this.tally = await addPictureless(this.projectId, this.rows.length, paths);
      const first = this.tally.announced - paths.length;
      for (const [i, path] of paths.entries()) {
        this.files.push({ path, size: 0, modified: 0 });
        this.settlePath(first + i);
      }
    });
  }

  /** Gives rows that were known by their path only their pictures. */
  attach(pictures: readonly Picture[]): Promise<void> {
    return this.exclusively(async () => {
      const kept = new Set<string>();
      const late = pictures.map(({ bytes, ...picture }): LatePicture => {
        const known = this.images.get(picture.hash);
        const isNew = (!known || known.skip !== null) && !kept.has(picture.hash);
        const absorbs = known !== undefined && known.row === null && !known.skip && !kept.has(picture.hash);
        const completes = this.bare.has(picture.hash) && !kept.has(picture.hash);
        kept.add(picture.hash);
        return { ...picture, bytes: isNew || completes ? bytes : undefined, absorbs, completes };
      });
      this.tally = await commitPictures(this.projectId, late);
      for (const { seq, row, hash, file } of late) {
        const { path } = this.files[seq];
        this.files[seq] = { path, size: file.size, modified: file.modified, given: file.path };
        this.pictureless.delete(seq);
        this.bare.delete(hash);
        this.learn(seq, hash);
        const image = this.images.get(hash)!;
        image.row ??= row;
        this.rows[row] = image;
      }
    });
  }

  /** Adds the next vectors of a file to those of its descriptor. */
  commitImported(key: string, chunk: VectorChunk): Promise<void> {
    return this.exclusively(async () => {
      this.tally = await commitImported(this.projectId, key, chunk);
    });
  }

  beginImport(key: string): Promise<void> {
    return this.exclusively(async () => {
      this.tally = await beginImport(this.projectId, key);
    });
  }

  private learn(seq: number, hash: string): void {
    this.hashes[seq] = hash;
    const known = this.images.get(hash);
    if (known) known.seqs.push(seq);
    else {
      const image: Image = { hash, seqs: [seq], row: null, skip: this.skips.get(seq) ?? null };
      this.images.set(hash, image);
      this.order.push(image);
    }
  }

  private settle(hash: string, seq: number): void {
    const image = this.images.get(hash)!;
    this.rowsOfFiles.set(seq, this.rows.length);
    // Rows that were known by their path first may share their bytes.
    image.row ??= this.rows.length;
    this.rows.push(image);
  }

  private settlePath(seq: number): void {
    this.pictureless.set(seq, this.rows.length);
    this.rowsOfFiles.set(seq, this.rows.length);
    this.rows.push({ hash: '', seqs: [seq], row: this.rows.length, skip: null });
  }

  private exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
