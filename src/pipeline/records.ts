import { TesseraError } from '../domain/errors';
import type { DroppedFile, Skip } from '../domain/files';
import type { Column } from '../domain/table';
import { sniff } from '../images/sniff';
import { readJsonImages, type RecordEntry } from '../sources/json/json-images';
import type { Scalar } from '../sources/json/record';
import { GrowingTable } from '../sources/table/growing';
import type { Candidate } from './announce';

/** Records that are announced together: so many, or what was read in so long (seconds). */
const PIECE = { records: 2000, seconds: 1 };
/** Enough of a picture to know its format. */
const HEAD = 4096;

/** The picture of a record, as a file that might be announced. */
class RecordCandidate implements Candidate {
  readonly failure = 'record';
  columns?: ReadonlyMap<string, Scalar>;

  constructor(
    private readonly entry: RecordEntry,
    columns: ReadonlyMap<string, Scalar>,
  ) {
    this.columns = columns;
  }

  get path(): string {
    return this.entry.path;
  }
  get size(): number {
    return this.entry.size;
  }
  get modified(): number {
    return this.entry.modified;
  }
  get skip(): Skip | undefined {
    return this.entry.skip;
  }

  async open(): Promise<Blob> {
    const picture = await this.entry.read();
    if (!sniff(new Uint8Array(await picture.slice(0, HEAD).arrayBuffer())))
      throw new Error(`line ${this.entry.line}: the text of the field is no picture`);
    return picture;
  }
}

/**
 * The records of a JSON file as candidates, piece by piece. Where it cannot be read on, or at all, the file itself comes
 * last and says where.
 */
export async function* recordCandidates({ path, file, records }: DroppedFile): AsyncGenerator<Candidate[]> {
  const { limit = Infinity, ...options } = records!;
  const name = path || file.name;
  const piece: Candidate[] = [];
  let since = performance.now();
  const isLate = (): boolean => performance.now() - since >= 1000 * PIECE.seconds;
  let listed = 0;
  try {
    for await (const images of readJsonImages(file, options, name)) {
      for (const { entry, record } of images.slice(0, limit - listed))
        piece.push(new RecordCandidate(entry, record.columns));
      listed += images.length;
      while (piece.length > 0 && (piece.length >= PIECE.records || listed >= limit || isLate())) {
        yield piece.splice(0, PIECE.records);
        since = performance.now();
      }
      if (listed >= limit) return;
    }
  } catch (error) {
    if (!(error instanceof TesseraError) || error.code !== 'read-file') throw error;
    piece.push(brokenOff(name, file, `${error.params['place']}: ${error.params['reason']}`));
  }
  if (piece.length > 0) yield piece;
}

/** The columns of candidates, value i for candidate i; none when no record is among them. */
export function columnsOf(candidates: readonly Candidate[]): Column[] {
  const table = new GrowingTable();
  candidates.forEach(({ columns }, i) => columns?.forEach((value, name) => table.set(i, name, value)));
  return table.finish(candidates.length);
}

function brokenOff(path: string, { lastModified: modified }: File, detail: string): Candidate {
  const skip: Skip = { code: 'record', detail };
  return { path, size: 0, modified, skip, failure: 'record', open: () => Promise.reject(new Error(detail)) };
}
