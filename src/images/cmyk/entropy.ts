import type { Component, Frame, HuffmanCode, Scan } from './frame';

/** The coefficients of a component: blocks in rows, 64 each, in zigzag order. */
export interface Plane {
  /** Blocks in a row and in a column that hold something of the picture. */
  columns: number;
  rows: number;
  /** Blocks in a row as they lie. */
  stride: number;
  data: Int16Array;
}

/** Decodes the scans of a frame (ITU-T T.81, Annexes F and G). Throws a RangeError for damaged data. */
export function readPlanes(bytes: Uint8Array, frame: Frame): Plane[] {
  const hMost = Math.max(...frame.components.map(({ h }) => h));
  const vMost = Math.max(...frame.components.map(({ v }) => v));
  const unitsWide = Math.ceil(frame.width / (8 * hMost));
  const unitsHigh = Math.ceil(frame.height / (8 * vMost));
  const planes = frame.components.map(({ h, v }): Plane => ({
    columns: Math.ceil(Math.ceil((frame.width * h) / hMost) / 8),
    rows: Math.ceil(Math.ceil((frame.height * v) / vMost) / 8),
    stride: unitsWide * h,
    data: new Int16Array(64 * unitsWide * h * unitsHigh * v),
  }));
  for (const scan of frame.scans) new ScanReader(bytes, scan, frame.progressive).read(frame.components, planes, unitsWide, unitsHigh); // prettier-ignore
  return planes;
}

/** Places of the first code and the first symbol of each length. */
interface Lookup {
  /** One past the last code of a length, -1 where there is none. */
  limits: Int32Array;
  offsets: Int32Array;
  symbols: number[];
}

function lookupOf({ counts, symbols }: HuffmanCode): Lookup {
  const limits = new Int32Array(17).fill(-1);
  const offsets = new Int32Array(17);
  let code = 0;
  let next = 0;
  counts.forEach((count, i) => {
    offsets[i + 1] = next - code;
    code += count;
    next += count;
    if (count) limits[i + 1] = code;
    code <<= 1;
  });
  return { limits, offsets, symbols };
}

class ScanReader {
  private at: number;
  private bits = 0;
  private count = 0;
  /** Blocks that are still known to be empty (progressive). */
  private skip = 0;
  private readonly before = [0, 0, 0, 0];
  private readonly tables: { dc: Lookup | null; ac: Lookup | null }[];

  constructor(
    private readonly bytes: Uint8Array,
    private readonly scan: Scan,
    private readonly progressive: boolean,
  ) {
    this.at = scan.at;
    this.tables = scan.parts.map(({ dc, ac }) => ({
      dc: dc ? lookupOf(dc) : null,
      ac: ac ? lookupOf(ac) : null,
    }));
  }

  read(components: Component[], planes: Plane[], unitsWide: number, unitsHigh: number): void {
    const { parts, restart } = this.scan;
    const [first] = parts;
    const alone = parts.length === 1;
    const plane = planes[first.place];
    const wide = alone ? plane.columns : unitsWide;
    const units = wide * (alone ? plane.rows : unitsHigh);
    for (let unit = 0; unit < units; unit++) {
      if (restart && unit && unit % restart === 0) this.restart();
      const x = unit % wide;
      const y = Math.floor(unit / wide);
      if (alone) this.block(0, plane.data, 64 * (y * plane.stride + x));
      else
        parts.forEach(({ place }, part) => {
          const { h, v } = components[place];
          const { data, stride } = planes[place];
          for (let j = 0; j < v; j++)
            for (let i = 0; i < h; i++) this.block(part, data, 64 * ((y * v + j) * stride + x * h + i));
        });
    }
  }

  private block(part: number, data: Int16Array, at: number): void {
    const { dc, ac } = this.tables[part];
    const { from, to, high, low } = this.scan;
    if (!this.progressive) {
      this.first(part, dc, data, at, 0);
      this.others(ac, data, at, 1, 63, 0);
    } else if (from === 0) {
      if (high === 0) this.first(part, dc, data, at, low);
      else if (this.bit()) data[at] |= 1 << low;
    } else if (high === 0) this.others(ac, data, at, from, to, low);
    else this.refine(ac, data, at, from, to, low);
  }

  private first(part: number, table: Lookup | null, data: Int16Array, at: number, low: number): void {
    this.before[part] += this.signed(this.symbol(table));
    data[at] = this.before[part] << low;
  }

  private others(
    table: Lookup | null,
    data: Int16Array,
    at: number,
    from: number,
    to: number,
    low: number,
  ): void {
    if (this.skip > 0) {
      this.skip--;
      return;
    }
    for (let k = from; k <= to; k++) {
      const symbol = this.symbol(table);
      const run = symbol >> 4;
      const size = symbol & 15;
      if (size === 0) {
        if (run < 15) {
          this.skip = (1 << run) - 1 + (run ? this.take(run) : 0);
          return;
        }
        k += 15;
        continue;
      }
      k += run;
      if (k > 63) throw new RangeError('a block has more than 64 coefficients');
      data[at + k] = this.signed(size) << low;
    }
  }

  /** One more bit of what is known, and what was zero so far (T.81, figure G.7). */
  private refine(
    table: Lookup | null,
    data: Int16Array,
    at: number,
    from: number,
    to: number,
    low: number,
  ): void {
    const one = 1 << low;
    let k = from;
    if (this.skip === 0) {
      for (; k <= to; k++) {
        const symbol = this.symbol(table);
        let run = symbol >> 4;
        let value = 0;
        if (symbol & 15) value = this.bit() ? one : -one;
        else if (run < 15) {
          this.skip = (1 << run) + (run ? this.take(run) : 0);
          break;
        }
        for (; k <= to; k++) {
          if (data[at + k] !== 0) this.correct(data, at + k, one);
          else if (run-- === 0) {
            data[at + k] = value;
            break;
          }
        }
      }
    }
    if (this.skip > 0) {
      for (; k <= to; k++) if (data[at + k] !== 0) this.correct(data, at + k, one);
      this.skip--;
    }
  }

  private correct(data: Int16Array, at: number, one: number): void {
    if (this.bit() && (data[at] & one) === 0) data[at] += data[at] > 0 ? one : -one;
  }

  private symbol(table: Lookup | null): number {
    if (!table) throw new RangeError('a Huffman table is missing');
    let code = 0;
    for (let length = 1; length <= 16; length++) {
      code = (code << 1) | this.bit();
      if (code < table.limits[length]) return table.symbols[code + table.offsets[length]];
    }
    throw new RangeError('a code is not in its Huffman table');
  }

  private signed(size: number): number {
    if (size === 0) return 0;
    const value = this.take(size);
    return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
  }

  private take(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = (value << 1) | this.bit();
    return value;
  }

  private bit(): number {
    if (this.count === 0) {
      const byte = this.bytes[this.at];
      if (byte === undefined) throw new RangeError('the data end early');
      if (byte === 0xff && this.bytes[this.at + 1] !== 0) throw new RangeError('a marker within the data');
      this.at += byte === 0xff ? 2 : 1;
      this.bits = byte;
      this.count = 8;
    }
    this.count--;
    return (this.bits >> this.count) & 1;
  }

  private restart(): void {
    while (this.bytes[this.at] === 0xff && this.bytes[this.at + 1] === 0xff) this.at++;
    if (this.bytes[this.at] !== 0xff || (this.bytes[this.at + 1] & 0xf8) !== 0xd0)
      throw new RangeError('a restart marker is missing');
    this.at += 2;
    this.count = 0;
    this.skip = 0;
    this.before.fill(0);
  }
}
