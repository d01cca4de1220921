import type { Skip } from '../../domain/files';
import type { ArchiveEntry } from '../archive';
import { reasonOf } from '../fault';
import { pictureIn, readPicture } from './picture';
import { readJson, type JsonOptions, type JsonRecord } from './read-json';
import { textSource, type TextSource } from './text-source';

/** How the name of a JSON file ends, packed or not. */
export const JSON_NAME = /\.(json|ndjson|jsonl)(\.gz)?$/i;

/** The picture of one record as a file, and everything else the record says. */
export interface JsonImage {
  entry: RecordEntry;
  record: JsonRecord;
}

/**
 * The pictures in a JSON file, record by record, as files called `<file>/<_id, id or number>.<extension>`; `path` is the
 * file's own. Nothing is decoded: `read()` takes the picture's own bytes from the file. Records without a picture are
 * listed with their line and why. Errors: `read-file`, after all that could be read.
 */
export async function* readJsonImages(
  file: File,
  options: JsonOptions,
  path = file.name,
): AsyncGenerator<JsonImage[]> {
  const text = await textSource(file);
  const folder = path.replace(JSON_NAME, '');
  const seen = new Map<string, number>();
  const unique = (name: string): string => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  };
  for await (const records of readJson(file, options))
    yield records.map((record) => {
      const name = unique(safeName(record.id) ?? String(record.index + 1));
      return { entry: new RecordEntry(text, `${folder}/${name}`, record, options.imageField), record };
    });
}

/** Holds the place of the picture and nothing else of the record: there may be hundreds of thousands. */
export class RecordEntry implements ArchiveEntry {
  readonly path: string;
  readonly skip?: Skip;
  private readonly start: number = 0;
  private readonly end: number = 0;
  readonly line: number;

  constructor(
    private readonly text: TextSource,
    path: string,
    record: JsonRecord,
    field: string | null,
  ) {
    const place = field === null ? undefined : record.places.get(field);
    const extension = place ? pictureIn(place.head) : null;
    this.path = extension ? `${path}.${extension}` : path;
    this.line = record.line;
    if (place) ({ start: this.start, end: this.end } = place);
    const fault = record.fault ?? (place ? undefined : `no text in the field ${field ?? '(none chosen)'}`);
    if (fault !== undefined) this.skip = { code: 'record', detail: `line ${record.line}: ${fault}` };
  }

  get size(): number {
    return Math.floor(((this.end - this.start) * 3) / 4);
  }

  get modified(): number {
    return this.text.modified;
  }

  async read(): Promise<Blob> {
    if (this.skip) throw new Error(this.skip.detail);
    try {
      return new Blob([await readPicture(this.text, { start: this.start, end: this.end })]);
    } catch (error) {
      throw new Error(`line ${this.line}: ${reasonOf(error)}`, { cause: error });
    }
  }
}

/** An id that can be a file's name. */
function safeName(id: string | null): string | null {
  const name = id?.replace(/[\p{Cc}/\\:*?"<>|]/gu, '_').slice(0, 200) ?? '';
  return /[^._ ]/.test(name) ? name : null;
}
