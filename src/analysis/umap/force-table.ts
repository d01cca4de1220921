/** The least and the largest squared distance in the table, as powers of two. */
const LOW = -40;
const HIGH = 40;
/** Entries for each power of two: 7 bits of the mantissa; linear between them, relative error about 1e-5. */
const BITS = 7;

const number = new Float32Array(1);
const word = new Uint32Array(number.buffer);
/** The bits of 2^LOW as f32, less those below the entries. */
const FIRST = (127 + LOW) << BITS;

/** A smooth function of squared distances, tabulated over their logarithm: powers are slow. */
export class ForceTable {
  readonly #values = new Float64Array(((HIGH - LOW) << BITS) + 2);

  constructor(of: (squared: number) => number) {
    for (let i = 0; i < this.#values.length; i++) {
      word[0] = (FIRST + i) << (23 - BITS);
      this.#values[i] = of(number[0]);
    }
  }

  at(squared: number): number {
    number[0] = squared;
    const bits = word[0];
    const place = (bits >>> (23 - BITS)) - FIRST;
    const values = this.#values;
    if (place < 0) return values[0];
    if (place >= values.length - 1) return values[values.length - 1];
    const low = values[place];
    return low + (values[place + 1] - low) * ((bits & 0xffff) / 65_536);
  }
}
