import type { TesseraError } from '../../domain/errors';
import { cannotRead, reasonOf } from '../fault';
import { CHUNK } from '../file-bytes';
import { bulkAction, flatten, unwrap } from './envelope';
import { RecordCollector, TextPlace, type Fields, type RawRecord, type Scalar } from './record';
import { isLines, type JsonShape } from './shape';
import { textSource, type TextSource } from './text-source';
import { JsonFault, JsonTokenizer } from './tokenizer';

const NEWLINE = 0x0a;
const BRACE = 0x7b;

/** One record of a JSON file, or why there is none at that place. */
export interface JsonRecord {
  /** From 0, damaged ones counted. */
  index: number;
  /** Line from 1 and byte where it begins. */
  line: number;
  at: number;
  /** `_id`, or `id`. */
  id: string | null;
  /** Everything but the picture: names with dots. */
  columns: Map<string, Scalar>;
  /** Texts known by their place in the file: the picture, and those too long to keep. */
  places: Map<string, TextPlace>;
  /** The record cannot be used: why. */
  fault?: string;
}

export interface JsonOptions {
  shape: JsonShape;
  /** Name with dots of the field that holds the picture. */
  imageField: string | null;
  /** Give every text by its place. */
  placesOnly?: boolean;
  /** Bytes read at once. */
  chunk?: number;
}

/**
 * The records of a JSON file, those of a piece of it at a time: one pass, whatever its size; holds a piece and the
 * record that is being read. In files of lines a damaged line is a record with a `fault`; elsewhere the
 * records before the damage come first, then the error. Errors: `read-file`.
 */
export async function* readJson(file: File, options: JsonOptions): AsyncGenerator<JsonRecord[]> {
  const { shape, imageField, placesOnly = false } = options;
  const imageKey = imageField?.split('.').at(-1);
  const collector = new RecordCollector(shape, (key) => placesOnly || key === imageKey);
  const finish = finisher(shape);
  const text = await textSource(file);
  const start = await textStart(text);
  const feed = isLines(shape) ? new LineFeed(collector, start) : new Feed(collector, start);
  let fault: JsonFault | null = null;
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof JsonFault)) throw error;
      fault = error;
    }
  };
  for await (const chunk of text.chunks(start, options.chunk ?? CHUNK)) {
    attempt(() => feed.push(chunk));
    const records = finish(collector.done.splice(0));
    if (records.length > 0) yield records;
    if (fault) break;
  }
  if (!fault) attempt(() => feed.end());
  const records = finish(collector.done.splice(0));
  if (records.length > 0) yield records;
  if (fault) throw faultOf(file, fault);
  if (!collector.found)
    throw cannotRead(file.name, 'the whole file', `it has no array of records at "${shape.path.join('.')}"`);
}

function faultOf(file: File, fault: JsonFault): TesseraError {
  return cannotRead(file.name, `line ${fault.line}, byte ${fault.at}`, reasonOf(fault), fault);
}

/** Collected records in the form that is handed out; keeps the action line of a bulk file in mind. */
function finisher({ kind }: JsonShape): (raw: RawRecord[]) => JsonRecord[] {
  let count = 0;
  let action: Fields | null = null;
  const one = ({ at, line, fields, fault }: RawRecord): JsonRecord[] => {
    if (fault !== undefined)
      return [{ index: count++, line, at, id: null, columns: new Map(), places: new Map(), fault }];
    const found = kind === 'bulk' && !action ? bulkAction(fields) : null;
    if (found) {
      action = found.name === 'delete' ? null : found.about;
      return [];
    }
    const { id, fields: own } = unwrap(kind, fields, action);
    action = null;
    return [{ index: count++, line, at, id, ...flatten(own) }];
  };
  return (raw) => raw.flatMap(one);
}

/** Hands pieces of one value to the tokenizer; damage is final. */
class Feed {
  protected readonly tokenizer: JsonTokenizer;

  constructor(
    protected readonly collector: RecordCollector,
    protected at: number,
  ) {
    this.tokenizer = new JsonTokenizer(collector);
    this.tokenizer.restart(at, 1);
  }

  push(chunk: Uint8Array): void {
    this.tokenizer.push(chunk);
    this.at += chunk.length;
  }

  end(): void {
    this.tokenizer.end();
  }
}

/** Hands lines to the tokenizer; after damage it goes on with the next line. */
class LineFeed extends Feed {
  /** The line that is being passed over. */
  private damaged: number | null = null;
  /** Records of this file go on over several lines. */
  private spans = false;
  /** The line that ended with a record still open. */
  private open: number | null = null;
  /** The next byte begins a line. */
  private atStart = true;

  override push(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.length;) {
      const found = chunk.indexOf(NEWLINE, from);
      const end = found < 0 ? chunk.length : found + 1;
      if (this.damaged === null) this.line(chunk.subarray(from, end), this.at + from);
      if (found >= 0 && this.damaged !== null) {
        this.tokenizer.restart(this.at + end, this.damaged + 1);
        this.damaged = null;
        this.open = null;
        this.atStart = true;
      }
      from = end;
    }
    this.at += chunk.length;
  }

  override end(): void {
    if (this.damaged === null) this.attempt(() => super.end());
  }

  /** A line, or the part of it that a piece of the file holds; `at` is its place in the file. */
  private line(bytes: Uint8Array, at: number): void {
    // Where a record is to a line, one that begins while another is open shows that the other was cut short.
    if (this.atStart && this.open !== null && !this.spans && bytes[0] === BRACE) {
      this.collector.reset();
      this.collector.refuse(at, this.open, 'the line ends in the middle of the record');
      this.tokenizer.restart(at, this.tokenizer.line);
      this.open = null;
    }
    this.attempt(() => this.tokenizer.push(bytes));
    this.atStart = bytes[bytes.length - 1] === NEWLINE;
    if (this.damaged !== null || !this.atStart) return;
    if (this.open !== null && this.tokenizer.idle) this.spans = true;
    this.open = this.tokenizer.idle ? null : (this.open ?? this.tokenizer.line - 1);
  }

  private attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof JsonFault)) throw error;
      this.collector.reset();
      this.collector.refuse(error.at, error.line, error.message);
      this.damaged = error.line;
    }
  }
}

/** Where the text begins: after a byte order mark. Errors: `read-file` for UTF-16, which JSON is not. */
export async function textStart(text: TextSource): Promise<number> {
  const { bytes: head } = await text.head(4);
  if (head.length === 0) throw cannotRead(text.name, 'byte 0', 'it is empty');
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 3;
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff) || head.includes(0))
    throw cannotRead(text.name, 'byte 0', 'it is not UTF-8 text; save it as UTF-8');
  return 0;
}
