import { hasher } from '../../models/hash';

/** Longest line of JSON that is read, in bytes. */
const LONGEST_LINE = 64 << 20;

/** What the manifest says of a member. */
export interface MemberFacts {
  name: string;
  bytes: number;
  sha256: string;
}

/**
 * A member of a project file, read forwards. Its length and its SHA-256 are compared with the manifest by `end`, so that
 * nothing of it counts before that has been called.
 */
export class MemberStream {
  private readonly hash = hasher();
  private readonly chunks: AsyncIterator<Uint8Array<ArrayBuffer>>;
  private readonly decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  private held = new Uint8Array(0);
  private at = 0;
  private read = 0;

  constructor(
    private readonly facts: MemberFacts,
    stream: AsyncIterable<Uint8Array<ArrayBuffer>>,
    private readonly onBytes: (count: number) => void,
  ) {
    this.chunks = stream[Symbol.asyncIterator]();
  }

  get name(): string {
    return this.facts.name;
  }

  /** Bytes not yet taken. */
  get left(): number {
    return this.facts.bytes - this.read + this.held.length - this.at;
  }

  /** The next `count` bytes; throws when there are fewer. */
  async take(count: number): Promise<Uint8Array<ArrayBuffer>> {
    // Before anything of that size is made: the number may be a lie.
    if (count > this.left) throw new Error(`${this.name} ends too early`);
    const out = new Uint8Array(count);
    let filled = 0;
    while (filled < count) {
      if (this.at === this.held.length && !(await this.more()))
        throw new Error(`${this.name} ends too early`);
      const part = this.held.subarray(this.at, this.at + count - filled);
      out.set(part, filled);
      filled += part.length;
      this.at += part.length;
    }
    return out;
  }

  /** The next line as JSON; `undefined` at the end. */
  async line(): Promise<unknown> {
    const parts: Uint8Array[] = [];
    let length = 0;
    for (;;) {
      const end = this.held.indexOf(10, this.at);
      const part = this.held.subarray(this.at, end < 0 ? undefined : end);
      parts.push(part);
      length += part.length;
      if (length > LONGEST_LINE)
        throw new Error(`${this.name} has a line of more than ${LONGEST_LINE} bytes`);
      this.at += part.length;
      if (end >= 0) {
        this.at++;
        return this.parse(parts, length);
      }
      if (await this.more()) continue;
      if (length > 0) throw new Error(`${this.name} ends within a line`);
      return undefined;
    }
  }

  /** All lines as JSON; checks the end. */
  async *lines(): AsyncGenerator<unknown> {
    for (let value = await this.line(); value !== undefined; value = await this.line()) yield value;
    await this.end();
  }

  /** The whole as one JSON document; checks the end. */
  async json(): Promise<unknown> {
    if (this.facts.bytes > LONGEST_LINE) throw new Error(`${this.name} is too long`);
    const bytes = await this.take(this.facts.bytes);
    await this.end();
    return this.parse([bytes], bytes.length);
  }

  /** Nothing may be left, and what there was has the length and the hash of the manifest. */
  async end(): Promise<void> {
    if (this.left > 0) throw new Error(`${this.name} is longer than what it holds`);
    if (await this.more()) throw new Error(`${this.name} is longer than the manifest says`);
    if (this.hash.digest() !== this.facts.sha256)
      throw new Error(`${this.name} does not have the SHA-256 of the manifest; the file is damaged`);
  }

  /** Lets go of the file. */
  async close(): Promise<void> {
    await this.chunks.return?.();
  }

  private async more(): Promise<boolean> {
    for (;;) {
      const { done, value } = await this.chunks.next();
      if (done) return false;
      if (value.length === 0) continue;
      this.read += value.length;
      if (this.read > this.facts.bytes) throw new Error(`${this.name} is longer than the manifest says`);
      this.hash.update(value);
      this.onBytes(value.length);
      this.held = value;
      this.at = 0;
      return true;
    }
  }

  private parse(parts: readonly Uint8Array[], length: number): unknown {
    const bytes = parts.length === 1 ? parts[0] : new Uint8Array(length);
    if (parts.length > 1) {
      let at = 0;
      for (const part of parts) {
        bytes.set(part, at);
        at += part.length;
      }
    }
    try {
      return JSON.parse(this.decoder.decode(bytes)) as unknown;
    } catch (error) {
      throw new Error(`${this.name} is not JSON`, { cause: error });
    }
  }
}
