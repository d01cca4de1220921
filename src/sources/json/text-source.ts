import { gunzipper } from '../archives/gunzip';
import { cannotRead, naming } from '../fault';
import { chunksOf, readBytes } from '../file-bytes';
import { SequentialSource } from '../sequential';

/** The text of a file by place; what is packed with gzip counts unpacked. Errors of all calls: `read-file`. */
export interface TextSource {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** Bytes; of a packed text what its last bytes say, which is wrong past 4 GiB and with several members. */
  readonly length: number;
  /** The first bytes, `most` at most, and whether these are all. */
  head(most: number): Promise<{ bytes: Uint8Array<ArrayBuffer>; whole: boolean }>;
  /** Bytes [start, end). Of a packed text, mostly forwards: going back unpacks again from the beginning. */
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Everything from `start` on, in pieces of about `size` bytes. */
  chunks(start: number, size: number): AsyncIterable<Uint8Array>;
}

const MAGIC = [0x1f, 0x8b];

export async function textSource(file: File): Promise<TextSource> {
  const head = await readBytes(file, 0, Math.min(file.size, MAGIC.length));
  return MAGIC.every((byte, i) => head[i] === byte)
    ? new PackedText(file, await statedLength(file))
    : new PlainText(file);
}

/** Whether a file is packed with gzip, by its first bytes. Errors: `read-file`. */
export async function isPacked(file: File): Promise<boolean> {
  return (await textSource(file)) instanceof PackedText;
}

class PlainText implements TextSource {
  constructor(private readonly file: File) {}

  get name(): string {
    return this.file.name;
  }
  get modified(): number {
    return this.file.lastModified;
  }
  get length(): number {
    return this.file.size;
  }
  async head(most: number): Promise<{ bytes: Uint8Array<ArrayBuffer>; whole: boolean }> {
    const { size } = this.file;
    return { bytes: await readBytes(this.file, 0, Math.min(size, most)), whole: size <= most };
  }
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    return readBytes(this.file, start, end);
  }
  chunks(start: number, size: number): AsyncIterable<Uint8Array> {
    return chunksOf(this.file, start, size);
  }
}

class PackedText implements TextSource {
  private readonly open: () => ReadableStream<Uint8Array>;
  /** One pass over the file for all that is read by place. */
  private readonly places: SequentialSource;

  constructor(
    private readonly file: File,
    readonly length: number,
  ) {
    this.open = gunzipper(file);
    this.places = new SequentialSource(this.open);
  }

  get name(): string {
    return this.file.name;
  }
  get modified(): number {
    return this.file.lastModified;
  }
  async head(most: number): Promise<{ bytes: Uint8Array<ArrayBuffer>; whole: boolean }> {
    const source = new SequentialSource(this.open);
    const bytes = await this.named('its beginning', () => source.read(0, most + 1));
    await source.close();
    return { bytes: bytes.subarray(0, most), whole: bytes.length <= most };
  }
  async read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await this.named(`byte ${start}`, () => this.places.read(start, end));
    if (bytes.length < end - start)
      throw cannotRead(this.name, `byte ${start + bytes.length} unpacked`, 'it ends there and should go on');
    return bytes;
  }
  async *chunks(start: number, size: number): AsyncGenerator<Uint8Array> {
    const source = new SequentialSource(this.open);
    try {
      for (let at = start; ;) {
        const bytes = await this.named(`byte ${at}`, () => source.read(at, at + size));
        if (bytes.length === 0) return;
        at += bytes.length;
        yield bytes;
      }
    } finally {
      await source.close();
    }
  }

  private named<T>(place: string, work: () => Promise<T>): Promise<T> {
    return naming(this.name, `${place} unpacked`, work);
  }
}

async function statedLength(file: File): Promise<number> {
  if (file.size < 18) return 0;
  const tail = await readBytes(file, file.size - 4, file.size);
  return new DataView(tail.buffer).getUint32(0, true);
}
