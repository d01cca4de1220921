/** Something that is no pickle, or that this reader refuses, and at which byte. */
export class PickleFault extends Error {
  constructor(
    reason: string,
    readonly at: number,
  ) {
    super(reason);
  }
}

/** Longer runs of bytes are left in the file and known by their place. */
const INLINE = 1024;
/** Longest text or line. */
const MAX_TEXT = 256 << 20;

/** Bytes within a pickle: at hand, or where they are in the file. */
export class PickleBytes {
  constructor(
    readonly start: number,
    readonly length: number,
    readonly inline: Uint8Array<ArrayBuffer> | null,
  ) {}
}

/** A file read forwards in small steps, a window of it held. `need` fetches; what follows it is at hand. */
export class PickleReader {
  private bytes = new Uint8Array(0);
  private view = new DataView(this.bytes.buffer);
  private base = 0;
  private pos = 0;
  private readonly utf8 = new TextDecoder();

  constructor(
    private readonly file: Blob,
    private readonly window = 1 << 20,
  ) {}

  get at(): number {
    return this.base + this.pos;
  }

  /** Whether so many bytes are at hand: spares a promise for each step. */
  has(count: number): boolean {
    return this.pos + count <= this.bytes.length;
  }

  /** Makes `count` bytes at hand. Throws `PickleFault` when the file ends before. */
  async need(count: number): Promise<void> {
    if (this.has(count)) return;
    if (count > MAX_TEXT) throw this.fault(`a text of ${count} bytes is too long; save the array as .npy`);
    const start = this.at;
    if (start + count > this.file.size) throw this.fault('the file ends in the middle');
    this.base = start;
    this.pos = 0;
    const end = Math.min(start + Math.max(this.window, count), this.file.size);
    this.bytes = new Uint8Array(await this.file.slice(start, end).arrayBuffer());
    this.view = new DataView(this.bytes.buffer);
  }

  /** As much as there is of `count` bytes. */
  async prefetch(count: number): Promise<void> {
    await this.need(Math.max(1, Math.min(count, this.file.size - this.at)));
  }

  u8(): number {
    return this.bytes[this.take(1)];
  }

  u16(): number {
    return this.view.getUint16(this.take(2), true);
  }

  i32(): number {
    return this.view.getInt32(this.take(4), true);
  }

  u32(): number {
    return this.view.getUint32(this.take(4), true);
  }

  u64(): number {
    return Number(this.view.getBigUint64(this.take(8), true));
  }

  f64(): number {
    return this.view.getFloat64(this.take(8), false);
  }

  /** Passes over bytes that are at hand, and says where they are. */
  private take(count: number): number {
    if (!this.has(count)) throw this.fault('the file ends in the middle');
    this.pos += count;
    return this.pos - count;
  }

  async text(length: number): Promise<string> {
    await this.need(length);
    const text = this.utf8.decode(this.bytes.subarray(this.pos, this.pos + length));
    this.pos += length;
    return text;
  }

  /** A run of bytes; long ones are passed over. */
  async run(length: number): Promise<PickleBytes> {
    const start = this.at;
    if (start + length > this.file.size) throw this.fault('the file ends in the middle');
    if (length > INLINE) {
      if (this.has(length)) this.pos += length;
      else this.seek(start + length);
      return new PickleBytes(start, length, null);
    }
    await this.need(length);
    const inline = this.bytes.slice(this.pos, this.pos + length);
    this.pos += length;
    return new PickleBytes(start, length, inline);
  }

  /** Up to the end of the line, without it; Latin-1, as protocol 0 writes. */
  async line(): Promise<string> {
    for (let length = 256; ; length *= 2) {
      await this.prefetch(length);
      const end = this.bytes.indexOf(0x0a, this.pos);
      if (end >= 0) {
        const text = latin1(this.bytes.subarray(this.pos, end));
        this.pos = end + 1;
        return text;
      }
      if (length > MAX_TEXT || this.base + this.bytes.length >= this.file.size)
        throw this.fault('a line without end');
    }
  }

  fault(reason: string, at = this.at): PickleFault {
    return new PickleFault(reason, at);
  }

  private seek(at: number): void {
    this.base = at;
    this.pos = 0;
    this.bytes = new Uint8Array(0);
    this.view = new DataView(this.bytes.buffer);
  }
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096)
    text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
}
