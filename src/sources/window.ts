/** Bytes that can be asked for by place; fewer come where they end. */
export interface ByteSource {
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** A file read mostly forwards in small steps: fetches `size` bytes at once and answers from them. */
export class WindowedBlob implements ByteSource {
  private bytes = new Uint8Array(0);
  private at = 0;

  constructor(
    private readonly file: Blob,
    private readonly size = 1 << 18,
  ) {}

  async read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    const last = Math.min(end, this.file.size);
    if (start < this.at || last > this.at + this.bytes.length) {
      const to = Math.min(Math.max(last, start + this.size), this.file.size);
      this.bytes = new Uint8Array(await this.file.slice(start, to).arrayBuffer());
      this.at = start;
    }
    return this.bytes.subarray(start - this.at, Math.max(last, start) - this.at);
  }
}

/** A file read in pieces of which none is kept. */
export class BlobSource implements ByteSource {
  constructor(private readonly file: Blob) {}

  async read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.file.slice(start, end).arrayBuffer());
  }
}
