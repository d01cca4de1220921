import { huffmanEntries, HUFFMAN } from '../jpeg-tables';
import type { Plane } from './entropy';
import type { Component, Frame } from './frame';

const [DC_TABLE, AC_TABLE] = HUFFMAN;
const DC = huffmanEntries(DC_TABLE);
const AC = huffmanEntries(AC_TABLE);

/**
 * One component (grey) or three (YCbCr) of a frame as a baseline JPEG with the same coefficients: what a decoder makes of them is
 * what it would make of them beside the others.
 */
export function rewrite(frame: Frame, planes: readonly Plane[], places: number[]): Uint8Array<ArrayBuffer> {
  const parts = places.map((place) => ({ ...frame.components[place], ...planes[place] }));
  // A single component is written block by block, whatever its sampling.
  if (parts.length === 1) parts[0].h = parts[0].v = 1;
  const out = new BitWriter();
  out.bytes(0xff, 0xd8);
  segment(out, 0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
  for (const [id, steps] of frame.quantisers) segment(out, 0xdb, [id, ...steps]);
  const size = [frame.height >> 8, frame.height & 255, frame.width >> 8, frame.width & 255];
  const described = parts.flatMap(({ h, v, quantiser }, i) => [i + 1, (h << 4) | v, quantiser]);
  segment(out, 0xc0, [8, ...size, parts.length, ...described]);
  for (const { id, counts, symbols } of [DC_TABLE, AC_TABLE]) segment(out, 0xc4, [id, ...counts, ...symbols]);
  segment(out, 0xda, [parts.length, ...parts.flatMap((_, i) => [i + 1, 0]), 0, 63, 0]);
  writeUnits(out, frame, parts);
  out.align();
  out.bytes(0xff, 0xd9);
  return out.done();
}

function writeUnits(out: BitWriter, frame: Frame, parts: readonly (Component & Plane)[]): void {
  const hMost = Math.max(...parts.map(({ h }) => h));
  const vMost = Math.max(...parts.map(({ v }) => v));
  const [wide, high] = [Math.ceil(frame.width / (8 * hMost)), Math.ceil(frame.height / (8 * vMost))];
  const before = parts.map(() => 0);
  for (let y = 0; y < high; y++)
    for (let x = 0; x < wide; x++)
      parts.forEach(({ h, v, data, stride }, part) => {
        for (let j = 0; j < v; j++)
          for (let i = 0; i < h; i++) {
            const at = 64 * ((y * v + j) * stride + x * h + i);
            writeBlock(out, data, at, before[part]);
            before[part] = data[at];
          }
      });
}

function writeBlock(out: BitWriter, data: Int16Array, at: number, before: number): void {
  writeValue(out, DC, 0, data[at] - before);
  let run = 0;
  for (let k = 1; k < 64; k++) {
    const value = data[at + k];
    if (value === 0) {
      run++;
      continue;
    }
    for (; run > 15; run -= 16) out.code(AC[0xf0]);
    writeValue(out, AC, run, value);
    run = 0;
  }
  if (run > 0) out.code(AC[0]);
}

/** Throws a RangeError for a value that baseline JPEG cannot hold. */
function writeValue(out: BitWriter, table: Uint32Array, run: number, value: number): void {
  const size = 32 - Math.clz32(Math.abs(value));
  const entry = table[(run << 4) | size];
  if (!entry) throw new RangeError('a coefficient is too large');
  out.code(entry);
  if (size > 0) out.bits(value < 0 ? value + (1 << size) - 1 : value, size);
}

function segment(out: BitWriter, marker: number, body: readonly number[]): void {
  const length = body.length + 2;
  out.bytes(0xff, marker, length >> 8, length & 255, ...body);
}

class BitWriter {
  private data = new Uint8Array(1 << 16);
  private at = 0;
  private pending = 0;
  private count = 0;

  bytes(...values: number[]): void {
    for (const value of values) this.put(value);
  }

  /** A code and its length, as `huffmanEntries` has them. */
  code(entry: number): void {
    this.bits(entry >>> 8, entry & 255);
  }

  bits(value: number, count: number): void {
    for (let i = count - 1; i >= 0; i--) {
      this.pending = (this.pending << 1) | ((value >> i) & 1);
      if (++this.count < 8) continue;
      this.put(this.pending);
      if (this.pending === 0xff) this.put(0);
      this.pending = this.count = 0;
    }
  }

  align(): void {
    if (this.count > 0) this.bits((1 << (8 - this.count)) - 1, 8 - this.count);
  }

  done(): Uint8Array<ArrayBuffer> {
    return this.data.slice(0, this.at);
  }

  private put(value: number): void {
    if (this.at === this.data.length) {
      const larger = new Uint8Array(2 * this.data.length);
      larger.set(this.data);
      this.data = larger;
    }
    this.data[this.at++] = value;
  }
}
