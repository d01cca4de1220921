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
    this.asked += Math.max(Math.min(end, this.file.size) - start, 0);
    this.report(Math.min(this.asked / (this.passes * this.file.size), 1));
    return this.file.slice(start, end, type);
  }
}
