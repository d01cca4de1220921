import type { ByteSource } from './window';

/**
 * Bytes of a stream by place, for readers that go mostly forwards: what lies between is read and thrown away, and going
 * back opens the stream again. Holds one piece of the stream. Calls are answered one after the other.
 */
export class SequentialSource implements ByteSource {
  private reader: ReadableStreamDefaultReader<Uint8Array> | null = null;
  private piece: Uint8Array = new Uint8Array(0);
  /** Place of the piece's first byte that is left. */
  private at = 0;
  private turn: Promise<unknown> = Promise.resolve();
  /** How often the stream was opened. */
  opened = 0;

  constructor(
    private readonly open: () => ReadableStream<Uint8Array>,
    /** Told of every place that is passed; may throw to stop. */
    private readonly passed: (at: number) => void = () => undefined,
  ) {}

  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    const answer = this.turn.then(() => this.readNow(start, end));
    this.turn = answer.catch(() => undefined);
    return answer;
  }

  /** Lets the stream go; the next read opens it again. */
  async close(): Promise<void> {
    const { reader } = this;
    this.reader = null;
    await reader?.cancel().catch(() => undefined);
  }

  private async readNow(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    if (!this.reader || start < this.at) await this.restart();
    while (this.at < start) if (!(await this.take(start - this.at))) return new Uint8Array(0);
    const out = new Uint8Array(end - start);
    let length = 0;
    while (length < out.length) {
      const part = await this.take(out.length - length);
      if (!part) break;
      out.set(part, length);
      length += part.length;
    }
    return out.subarray(0, length);
  }

  /** The next bytes, `wanted` at most; null at the end. */
  private async take(wanted: number): Promise<Uint8Array | null> {
    while (this.piece.length === 0) {
      const { done, value } = await this.reader!.read();
      if (done) return null;
      this.piece = value;
    }
    const part = this.piece.subarray(0, wanted);
    this.piece = this.piece.subarray(part.length);
    this.at += part.length;
    this.passed(this.at);
    return part;
  }

  private async restart(): Promise<void> {
    await this.close();
    this.reader = this.open().getReader();
    this.piece = new Uint8Array(0);
    this.at = 0;
    this.opened++;
  }
}
