import type { VectorChunk } from '../store/schema';

/** Bytes of a stored chunk: readers hold some dozens of them. */
const CHUNK_BYTES = 512 << 10;
/** Chunks that are filled at the same time hold so many bytes at most. */
const WINDOW_BYTES = 128 << 20;

interface Filling {
  data: Float32Array<ArrayBuffer>;
  /** Rows of the file that are still to come. */
  missing: number;
  bad: number[];
}

/**
 * Puts vectors that come in any order into chunks of rows in their order. Chunks within a window before the first unfinished
 * one are filled; a vector beyond the window is left for another pass over the file. A file in the order of the rows needs one pass
 * and two chunks of memory; one in any other order as many passes as windows.
 */
export class VectorWindow {
  readonly chunks: number;
  private readonly step: number;
  private readonly width: number;
  private readonly open = new Map<number, Filling>();
  private readonly placed: Uint8Array;
  private readonly expected: Uint32Array;
  private next = 0;

  /** `wanted[row]` is 1 for each of the rows 0 .. n - 1 that the file has a vector of. */
  constructor(
    private readonly n: number,
    private readonly d: number,
    private readonly wanted: Uint8Array,
    bytes = { chunk: CHUNK_BYTES, window: WINDOW_BYTES },
  ) {
    this.step = Math.max(1, Math.floor(bytes.chunk / (4 * d)));
    this.width = Math.max(1, Math.floor(bytes.window / (4 * d * this.step)));
    this.chunks = Math.ceil(n / this.step);
    this.placed = new Uint8Array(n);
    this.expected = new Uint32Array(this.chunks);
    wanted.forEach((flag, row) => (this.expected[Math.floor(row / this.step)] += flag));
  }

  /** Chunks given out so far; all of them when it equals `chunks`. */
  get done(): number {
    return this.next;
  }

  /** Puts a row in its place if that lies in the window; null for a row that has no usable numbers. */
  put(row: number, vector: Float32Array | null): void {
    const c = Math.floor(row / this.step);
    if (this.placed[row] || c < this.next || c >= this.next + this.width) return;
    this.placed[row] = 1;
    const filling = this.at(c);
    if (vector) filling.data.set(vector, (row - c * this.step) * this.d);
    else filling.bad.push(row);
    filling.missing--;
  }

  /** The next chunk when all its rows have come, else null. */
  take(): VectorChunk | null {
    if (this.next >= this.chunks) return null;
    const filling = this.at(this.next);
    if (filling.missing > 0) return null;
    this.open.delete(this.next);
    const row0 = this.next * this.step;
    const n = this.rowsOf(this.next++);
    const { data } = filling;
    const bad = filling.bad.concat(this.unwanted(row0, n)).sort((a, b) => a - b);
    return bad.length > 0 ? { row0, n, d: this.d, data, bad } : { row0, n, d: this.d, data };
  }

  private at(c: number): Filling {
    let filling = this.open.get(c);
    if (!filling) {
      const data = new Float32Array(this.rowsOf(c) * this.d);
      this.open.set(c, (filling = { data, missing: this.expected[c], bad: [] }));
    }
    return filling;
  }

  private rowsOf(c: number): number {
    return Math.min(this.step, this.n - c * this.step);
  }

  private unwanted(row0: number, n: number): number[] {
    const rows: number[] = [];
    for (let row = row0; row < row0 + n; row++) if (!this.wanted[row]) rows.push(row);
    return rows;
  }
}
