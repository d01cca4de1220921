/** A file that tells how much of it has been asked for, as a share of reading it `passes` times; never more than 1. */
export class Metered extends File {
  private asked = 0;

  constructor(
    private readonly file: File,
    private readonly passes: number,
    private readonly report: (fraction: number) => void,
  ) {
    super([file], file.name, { type: file.type, lastModified: file.lastModified });
  }

  override slice(start = 0, end = this.file.size, type?: string): Blob {
    this.tell(Math.max(Math.min(end, this.file.size) - start, 0));
    return this.file.slice(start, end, type);
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const told = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform: (piece, controller) => {
        this.tell(piece.length);
        controller.enqueue(piece);
      },
    });
    return this.file.stream().pipeThrough(told);
  }

  private tell(bytes: number): void {
    this.asked += bytes;
    this.report(Math.min(this.asked / (this.passes * this.file.size), 1));
  }
}
