import { isLines, type JsonShape } from './shape';
import type { JsonHandler, JsonText } from './tokenizer';

export type Scalar = string | number | boolean | null;
export type Value = Scalar | TextPlace | Value[] | Fields;
export type Fields = Map<string, Value>;

/** A text that is kept by its place in the file: too long, or the picture. */
export class TextPlace {
  constructor(
    readonly start: number,
    readonly end: number,
    readonly head: string,
  ) {}
}

export interface RawRecord {
  /** Place of its first byte, and its line from 1. */
  at: number;
  line: number;
  /** Place after its last byte. */
  end: number;
  fields: Fields;
  /** Why it is of no use. */
  fault?: string;
}

/** Bounds on one record: fields and values in all, and bytes of text that are kept. */
const MAX_VALUES = 20_000;
const MAX_BYTES = 8 << 20;

const NOT_AN_OBJECT = 'it is not an object with fields';
const TOO_LARGE = `it has more than ${MAX_VALUES} values or ${MAX_BYTES >> 20} MiB of text`;

type Frame = { into: Fields | Value[]; key: string };

/**
 * Collects the records of a file of `shape` from its tokens. Texts of fields for which `isPlace` are kept by
 * their place. What is outside the records is passed over.
 */
export class RecordCollector implements JsonHandler {
  private readonly outside: { array: boolean; key: string }[] = [];
  private readonly frames: Frame[] = [];
  private record: RawRecord | null = null;
  private values = 0;
  private bytes = 0;
  /** Records that are complete, for the reader to take. */
  done: RawRecord[] = [];
  /** The array of records was found. */
  found = false;
  private readonly lines: boolean;

  constructor(
    private readonly shape: JsonShape,
    private readonly isPlace: (key: string) => boolean,
  ) {
    this.lines = isLines(shape);
    this.found = this.lines;
  }

  /** Forgets what is open, after damage. */
  reset(): void {
    this.outside.length = 0;
    this.frames.length = 0;
    this.record = null;
  }

  open(array: boolean, at: number, line: number): void {
    if (this.record) {
      const into: Fields | Value[] = array ? [] : new Map();
      this.add(into, 0);
      this.frames.push({ into, key: '' });
    } else if (this.atRecords && !array) {
      const fields: Fields = new Map();
      this.record = { at, line, end: at, fields };
      this.frames.push({ into: fields, key: '' });
      this.values = this.bytes = 0;
    } else {
      if (this.atRecords) this.refuse(at, line, NOT_AN_OBJECT);
      this.outside.push({ array, key: '' });
      if (this.atRecords) this.found = true;
    }
  }

  close(_array: boolean, end: number): void {
    if (!this.record) return void this.outside.pop();
    this.frames.pop();
    if (this.frames.length > 0) return;
    this.record.end = end;
    this.done.push(this.record);
    this.record = null;
  }

  key(name: string): void {
    const frame = this.frames.at(-1) ?? this.outside.at(-1);
    if (frame) frame.key = name;
  }

  text(text: JsonText): void {
    if (!this.record) return this.stray(text.start, text.line);
    const value = this.isPlace(this.frames.at(-1)!.key) ? null : text.read();
    if (value === null) this.add(new TextPlace(text.start, text.end, text.head), 0);
    else this.add(value, value.length);
  }

  scalar(value: Scalar, at: number, line: number): void {
    if (this.record) this.add(value, 8);
    else this.stray(at, line);
  }

  /** Puts a record that cannot be read in its place among the others. */
  refuse(at: number, line: number, fault: string): void {
    this.done.push({ at, line, end: at, fields: new Map(), fault });
  }

  private stray(at: number, line: number): void {
    if (this.atRecords) this.refuse(at, line, NOT_AN_OBJECT);
  }

  private add(value: Value, bytes: number): void {
    const { into, key } = this.frames.at(-1)!;
    this.values++;
    this.bytes += bytes;
    if (this.values > MAX_VALUES || this.bytes > MAX_BYTES) this.record!.fault = TOO_LARGE;
    else if (into instanceof Map) into.set(key, value);
    else into.push(value);
  }

  /** Whether the next value is a record. */
  private get atRecords(): boolean {
    const { outside, shape } = this;
    if (this.lines) return outside.length === 0;
    const { path } = shape;
    return (
      outside.length === path.length + 1 &&
      outside[path.length].array &&
      path.every((key, i) => !outside[i].array && outside[i].key === key)
    );
  }
}
