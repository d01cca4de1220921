import type { ArchiveEntry } from '../archive';
import { reasonOf } from '../fault';
import { pictureIn, readPicture } from './picture';
import { readJson, type JsonOptions, type JsonRecord } from './read-json';

/** The picture of one record as a file, and everything else the record says. */
export interface JsonImage {
  entry: ArchiveEntry;
  record: JsonRecord;
}

/**
 * The pictures in a JSON file, record by record, as files called `<file>/<_id, id or number>.<extension>`. Nothing is decoded:
 * `read()` takes the picture's own bytes from the file. Records without a picture are listed with their line and why.
 * Errors: `read-file`, after all that could be read.
 */
export async function* readJsonImages(file: File, options: JsonOptions): AsyncGenerator<JsonImage[]> {
  const folder = file.name.replace(/\.(json|ndjson|jsonl)$/i, '');
  const seen = new Map<string, number>();
  const unique = (name: string): string => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  };
  for await (const records of readJson(file, options))
    yield records.map((record) => {
      const name = unique(safeName(record.id) ?? String(record.index + 1));
      return { entry: entryOf(file, `${folder}/${name}`, record, options.imageField), record };
    });
}

function entryOf(file: File, path: string, record: JsonRecord, field: string | null): ArchiveEntry {
  const place = field === null ? undefined : record.places.get(field);
  const line = `line ${record.line}`;
  const extension = place ? pictureIn(place.head) : null;
  const fault = record.fault ?? (place ? undefined : `no text in the field ${field ?? '(none chosen)'}`);
  return {
    path: extension ? `${path}.${extension}` : path,
    size: place ? Math.floor(((place.end - place.start) * 3) / 4) : 0,
    modified: file.lastModified,
    ...(fault !== undefined && { skip: { code: 'record', detail: `${line}: ${fault}` } }),
    async read() {
      if (!place) throw new Error(`${line}: ${fault}`);
      try {
        return new Blob([await readPicture(file, place)]);
      } catch (error) {
        throw new Error(`${line}: ${reasonOf(error)}`, { cause: error });
      }
    },
  };
}

/** An id that can be a file's name. */
function safeName(id: string | null): string | null {
  const name = id?.replace(/[\p{Cc}/\\:*?"<>|]/gu, '_').slice(0, 200) ?? '';
  return /[^._ ]/.test(name) ? name : null;
}
