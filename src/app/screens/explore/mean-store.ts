import type { MeanImage } from '../../widgets/mean-images';
import { createSerial } from '../../widgets/serial';

/** Pictures that are kept: at 96 x 96 pixels about 55 MB. */
const MOST_KEPT = 1500;

/** Mean images by the rows they are of, whatever those rows have in common; the ones used last are kept. */
export class MeanStore {
  private readonly kept = new Map<string, MeanImage>();
  private readonly serial = createSerial();

  constructor(
    private readonly load: (rows: Uint32Array) => Promise<MeanImage>,
    private readonly most = MOST_KEPT,
  ) {}

  /** The picture, if it is there already. */
  known(rows: Uint32Array): MeanImage | null {
    return this.kept.get(keyOf(rows)) ?? null;
  }

  /** The picture, made one after another; never begun when the signal is aborted before its turn. Rejects with its reason then. */
  async get(rows: Uint32Array, signal: AbortSignal): Promise<MeanImage> {
    const key = keyOf(rows);
    const image =
      this.kept.get(key) ?? (await this.serial(async () => this.kept.get(key) ?? this.load(rows), signal));
    this.kept.delete(key);
    this.kept.set(key, image);
    if (this.kept.size > this.most) this.kept.delete(this.kept.keys().next().value!);
    return image;
  }
}

/** What rows they are, short: their number, and two 32-bit hashes (FNV-1a, and one with another prime) of their order and values. */
export function keyOf(rows: Uint32Array): string {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (const row of rows) {
    a = Math.imul(a ^ row, 0x01000193);
    b = Math.imul(b ^ row, 0x85ebca6b);
    a ^= a >>> 15;
    b ^= b >>> 13;
  }
  return `${rows.length}-${a >>> 0}-${b >>> 0}`;
}
