/** A text of the file: where it is between its quotes, and its beginning as it stands in the file (Latin-1). */
export interface JsonText {
  start: number;
  end: number;
  line: number;
  head: string;
  /** The decoded text, null when it is longer than `MAX_TEXT`. Only good while the handler runs. */
  read(): string | null;
}

/** Told of each part in the order of the file; `at` counts bytes, `line` from 1. */
export interface JsonHandler {
  open(array: boolean, at: number, line: number): void;
  /** `end` is the byte after the bracket. */
  close(array: boolean, end: number): void;
  key(name: string): void;
  text(text: JsonText): void;
  /** A whole number too large for a double comes as text. */
  scalar(value: number | string | boolean | null, at: number, line: number): void;
}

/** Something that JSON does not allow, and where. */
export class JsonFault extends Error {
  constructor(
    reason: string,
    readonly at: number,
    readonly line: number,
  ) {
    super(reason);
  }
}

/** Longest text that is kept; longer ones are known by their place alone (bytes). */
export const MAX_TEXT = 1 << 16;
/** Enough of a text to see a picture's magic number behind a `data:` prefix. */
export const HEAD = 160;
const MAX_DEPTH = 64;
const MAX_WORD = 400;

const enum State {
  Value,
  ValueOrEnd,
  Key,
  KeyOrEnd,
  Colon,
  CommaOrEnd,
  Text,
  Word,
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const WORDS = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
  // Python writes these for numbers that are missing.
  ['NaN', null],
  ['Infinity', null],
  ['-Infinity', null],
]);
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;

/**
 * JSON (RFC 8259) in pieces of any size, cut anywhere, also several values one after the other. Works on bytes, so that
 * a character cut in two does no harm; texts are skipped from quote to quote with the engine's own search. Holds
 * `MAX_TEXT` bytes and the stack at most.
 */
export class JsonTokenizer {
  private state = State.Value;
  /** Open brackets: true for `[`. */
  private readonly stack: boolean[] = [];
  /** Of the next byte, from 1. */
  line = 1;
  /** Place of the piece's first byte in the file. */
  private base = 0;
  private word = '';
  private isKey = false;
  private textStart = 0;
  private escaped = false;
  private skipNext = false;
  /** The part of a text that lies in earlier pieces. */
  private kept = new Uint8Array(256);
  private keptLength = 0;
  private readonly decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  constructor(private readonly handler: JsonHandler) {}

  /** Whether nothing is open: the next byte begins a value of its own. */
  get idle(): boolean {
    return this.stack.length === 0 && this.state === State.Value;
  }

  get depth(): number {
    return this.stack.length;
  }

  /** Begins anew at byte `at` of line `line`. */
  restart(at: number, line: number): void {
    this.state = State.Value;
    this.stack.length = 0;
    this.base = at;
    this.line = line;
    this.word = '';
  }

  /** Takes the next bytes of the file. Throws `JsonFault`. */
  push(bytes: Uint8Array): void {
    let i = 0;
    const n = bytes.length;
    let backslash = -1;
    let newline = -1;
    while (i < n) {
      if (this.state === State.Text) {
        if (this.skipNext) {
          this.skipNext = false;
          if (bytes[i] === NEWLINE) throw this.fault('a line break within a text', i);
          i++;
          continue;
        }
        const quote = indexOf(bytes, QUOTE, i);
        if (backslash < i) backslash = indexOf(bytes, BACKSLASH, i);
        if (newline < i) newline = indexOf(bytes, NEWLINE, i);
        if (newline < Math.min(quote, backslash))
          throw this.fault('a text is not closed before the end of its line', newline);
        if (backslash < quote) {
          this.escaped = true;
          this.skipNext = true;
          i = backslash + 1;
          continue;
        }
        if (quote === n) break;
        this.endText(bytes, quote);
        i = quote + 1;
        continue;
      }
      const byte = bytes[i];
      if (this.state === State.Word) {
        if (isWordByte(byte)) {
          this.word += String.fromCharCode(byte);
          if (this.word.length > MAX_WORD) throw this.fault('a number or word of more than 400 signs', i);
          i++;
          continue;
        }
        this.endWord(i);
        continue;
      }
      if (byte === 0x20 || byte === 0x0d || byte === 0x09) i++;
      else if (byte === NEWLINE) {
        this.line++;
        i++;
      } else i = this.structure(byte, i);
    }
    if (this.state === State.Text) this.keep(bytes, Math.max(this.textStart - this.base, 0), n);
    this.base += n;
  }

  /** The file ends. Throws `JsonFault` when something is still open. */
  end(): void {
    if (this.state === State.Word) this.endWord(0);
    if (!this.idle) throw this.fault('the file ends in the middle of a value', 0);
  }

  /** A sign outside texts and numbers; returns the place to go on from. */
  private structure(byte: number, i: number): number {
    const { state } = this;
    if (byte === QUOTE && state <= State.KeyOrEnd) {
      this.isKey = state === State.Key || state === State.KeyOrEnd;
      this.state = State.Text;
      this.textStart = this.base + i + 1;
      this.escaped = false;
      this.keptLength = 0;
    } else if (byte === 0x3a && state === State.Colon) this.state = State.Value;
    else if (byte === 0x2c && state === State.CommaOrEnd)
      this.state = this.stack.at(-1) ? State.Value : State.Key;
    else if ((byte === 0x7b || byte === 0x5b) && state <= State.ValueOrEnd) this.open(byte === 0x5b, i);
    else if (byte === 0x7d || byte === 0x5d) this.close(byte === 0x5d, i);
    else if (isWordByte(byte) && state <= State.ValueOrEnd) {
      this.state = State.Word;
      return i;
    } else throw this.fault(`${shown(byte)} where ${EXPECTED[state]} should be`, i);
    return i + 1;
  }

  private open(array: boolean, i: number): void {
    if (this.stack.length === MAX_DEPTH) throw this.fault(`brackets ${MAX_DEPTH} deep`, i);
    this.stack.push(array);
    this.state = array ? State.ValueOrEnd : State.KeyOrEnd;
    this.handler.open(array, this.base + i, this.line);
  }

  private close(array: boolean, i: number): void {
    const fits =
      this.state === State.CommaOrEnd || this.state === (array ? State.ValueOrEnd : State.KeyOrEnd);
    if (!fits || this.stack.at(-1) !== array)
      throw this.fault(`${shown(array ? 0x5d : 0x7d)} where ${EXPECTED[this.state]} should be`, i);
    this.stack.pop();
    this.valueDone();
    this.handler.close(array, this.base + i + 1);
  }

  private valueDone(): void {
    this.state = this.stack.length ? State.CommaOrEnd : State.Value;
  }

  private endWord(i: number): void {
    const { word } = this;
    this.word = '';
    this.valueDone();
    const known = WORDS.get(word);
    if (known !== undefined) return this.handler.scalar(known, this.base + i, this.line);
    if (!NUMBER.test(word))
      throw this.fault(`"${word.slice(0, 40)}" is neither a number nor a word of JSON`, i);
    const value = Number(word);
    const exact = Number.isSafeInteger(value) || !/^-?\d+$/.test(word) || String(value) === word;
    this.handler.scalar(exact ? value : word, this.base + i, this.line);
  }

  private endText(bytes: Uint8Array, quote: number): void {
    const from = Math.max(this.textStart - this.base, 0);
    const end = this.base + quote;
    const { textStart: start, escaped, isKey } = this;
    const read = (): string | null => {
      if (end - start > MAX_TEXT) return null;
      if (this.keptLength === 0) return this.decode(bytes.subarray(from, quote), escaped, quote);
      this.keep(bytes, from, quote);
      return this.decode(this.kept.subarray(0, this.keptLength), escaped, quote);
    };
    if (isKey) {
      const name = read();
      if (name === null) throw this.fault(`a field name of more than ${MAX_TEXT} bytes`, quote);
      this.state = State.Colon;
      this.handler.key(name);
    } else {
      this.valueDone();
      this.handler.text({ start, end, line: this.line, head: this.head(bytes, from, quote), read });
    }
  }

  private head(bytes: Uint8Array, from: number, to: number): string {
    const before = Math.min(this.keptLength, HEAD);
    const here = bytes.subarray(from, Math.min(to, from + HEAD - before));
    return String.fromCharCode(...this.kept.subarray(0, before), ...here);
  }

  private keep(bytes: Uint8Array, from: number, to: number): void {
    const part = bytes.subarray(from, Math.min(to, from + MAX_TEXT - this.keptLength));
    const needed = this.keptLength + part.length;
    if (needed > this.kept.length) {
      const larger = new Uint8Array(Math.max(needed, this.kept.length * 2));
      larger.set(this.kept.subarray(0, this.keptLength));
      this.kept = larger;
    }
    this.kept.set(part, this.keptLength);
    this.keptLength = needed;
  }

  private decode(bytes: Uint8Array, escaped: boolean, i: number): string {
    try {
      const text = this.decoder.decode(bytes);
      return escaped ? (JSON.parse(`"${text}"`) as string) : text;
    } catch {
      throw this.fault('a text that is not UTF-8 or has a wrong escape', i);
    }
  }

  private fault(reason: string, i: number): JsonFault {
    return new JsonFault(reason, this.base + i, this.line);
  }
}

const EXPECTED: Record<State, string> = {
  [State.Value]: 'a value',
  [State.ValueOrEnd]: 'a value or ]',
  [State.Key]: 'a field name',
  [State.KeyOrEnd]: 'a field name or }',
  [State.Colon]: 'a colon',
  [State.CommaOrEnd]: 'a comma or the end',
  [State.Text]: 'a text',
  [State.Word]: 'a number or word',
};

function shown(byte: number): string {
  return byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : `byte ${byte}`;
}

/** Letters, digits, and the signs of numbers. */
function isWordByte(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a) ||
    byte === 0x2b ||
    byte === 0x2d ||
    byte === 0x2e
  );
}

/** As `Uint8Array.indexOf`, but the length when there is none. */
function indexOf(bytes: Uint8Array, byte: number, from: number): number {
  const at = bytes.indexOf(byte, from);
  return at < 0 ? bytes.length : at;
}
