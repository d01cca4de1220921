import type { Arena } from '../../simd/arena';
import { Scratch } from './scratch';

/** Half a unit in the last place of f32, relative. */
const ROUNDING = 2 ** -24;
/** Bounds are kept in 16 bits, of which the way may take this much. */
const MOST_DRIFT = 0x7000;
/** Length of a coded centre, as of a coded row: no sum of products leaves 32 bits. */
const CODED_LENGTH = 32_700;
/** What is shorter than the root of this is coded as zero: in f32 its square is not exact. */
const LEAST_SQUARE = 1e-30;
/** Carries a bound that was computed in f64 safely over the rounding to f32. */
const UP = 1 + 2 ** -22;

/**
 * Centres (k x d) as the kernels read them: in f64, in f32, and in f32 in panels of eight side by side (the last filled up
 * with zeros and infinite norms); with how far each has moved since the centres before.
 */
export class Centres {
  readonly panels: number;
  readonly exact: number;
  readonly flat: number;
  readonly packed: number;
  readonly norms: number;
  readonly moves: number;
  readonly drift: number;
  /** In f32 |c|^2 - 2 x.c is wrong by at most scale * |x| + base (Higham 2002, section 3.1, for sums of d products). */
  errorScale = 0;
  errorBase = 0;
  /** In 16 bits, where there is use for them: the centres, the same in panels in pairs of columns, what 1 stands for. */
  readonly codeFlat: number;
  readonly codePacked: number;
  readonly codeUnits: number;
  /** Twice the longest centre, and twice the most that a coded one is off; rounded up. */
  codeLength = 0;
  codeError = 0;
  readonly #memory: Scratch;
  /** How far each centre has come since the bounds were last set anew. */
  readonly #way: Float64Array;

  constructor(
    private readonly arena: Arena,
    readonly k: number,
    private readonly d: number,
    private readonly codeStride: number,
  ) {
    this.panels = Math.ceil(k / 8);
    this.#memory = new Scratch(arena);
    this.exact = this.#memory.take(8 * k * d);
    this.flat = this.#memory.take(4 * k * d);
    this.packed = this.#memory.take(32 * this.panels * d);
    this.norms = this.#memory.take(32 * this.panels);
    this.moves = this.#memory.take(4 * k);
    this.drift = this.#memory.take(16 * this.panels);
    this.codeFlat = this.#memory.take(k * codeStride);
    this.codePacked = this.#memory.take(8 * this.panels * codeStride);
    this.codeUnits = this.#memory.take(32 * this.panels);
    this.#way = new Float64Array(k);
    arena.u8(this.codePacked, 8 * this.panels * codeStride).fill(0);
    arena.u8(this.codeFlat, k * codeStride).fill(0);
    arena.f32(this.codeUnits, 8 * this.panels).fill(0);
    arena.f32(this.packed, 8 * this.panels * d).fill(0);
  }

  /**
   * `before`: the centres that the moves are counted from; `units` of a distance of 1. Returns whether bounds on the
   * distances to those before still say something; if not, they are to be set anew, and the way starts from zero.
   */
  set(centres: Float64Array, before: Centres, units: number): boolean {
    const { k, d } = this;
    const then = this.arena.f64(before.exact, k * d);
    const packed = this.arena.f32(this.packed, 8 * this.panels * d);
    const norms = this.arena.f32(this.norms, 8 * this.panels).fill(Infinity);
    const moves = this.arena.f32(this.moves, k);
    let longest = 0;
    for (let c = 0; c < k; c++) {
      let norm = 0;
      let moved = 0;
      let to = (c >> 3) * 8 * d + (c & 7);
      for (let t = c * d; t < (c + 1) * d; t++, to += 8) {
        const x = centres[t];
        const gap = x - then[t];
        packed[to] = x;
        norm += x * x;
        moved += gap * gap;
      }
      norms[c] = norm;
      moves[c] = Math.sqrt(moved) * UP;
      this.#way[c] = before.#way[c] + moves[c];
      longest = Math.max(longest, norm);
    }
    const far = this.#way.some((way) => way * units > MOST_DRIFT);
    if (far) this.#way.fill(0);
    this.arena.u16(this.drift, 8 * this.panels).set(this.#way.map((way) => Math.ceil(way * units)));
    this.arena.f64(this.exact, k * d).set(centres);
    this.arena.f32(this.flat, k * d).set(centres);
    this.errorScale = 2 * (d + 4) * ROUNDING * 1.01 * Math.sqrt(longest);
    this.errorBase = 4 * ROUNDING * longest;
    if (this.codeStride > 0) this.#encode(centres, norms, Math.sqrt(longest));
    return !far;
  }

  #encode(centres: Float64Array, norms: Float32Array, longest: number): void {
    const { k, d, codeStride } = this;
    const width = codeStride / 2;
    const flat = this.arena.i16(this.codeFlat, k * width);
    const packed = this.arena.i16(this.codePacked, 8 * this.panels * width);
    const units = this.arena.f32(this.codeUnits, k);
    let worst = 0;
    for (let c = 0; c < k; c++) {
      units[c] = norms[c] < LEAST_SQUARE ? 0 : Math.sqrt(norms[c]) / CODED_LENGTH;
      const unit = units[c];
      const panel = (c >> 3) * 8 * width + 2 * (c & 7);
      let off = 0;
      for (let t = 0; t < d; t++) {
        const x = centres[c * d + t];
        const code = unit > 0 ? Math.round(x / unit) : 0;
        const gap = x - code * unit;
        off += gap * gap;
        flat[c * width + t] = code;
        packed[panel + (t >> 1) * 16 + (t & 1)] = code;
      }
      worst = Math.max(worst, off);
    }
    this.codeLength = 2 * longest * UP;
    this.codeError = 2 * Math.sqrt(worst) * UP;
  }

  close(): void {
    this.#memory.close();
  }

  /** The way starts from zero: the bounds are set anew. */
  restart(): void {
    this.#way.fill(0);
    this.arena.u16(this.drift, 8 * this.panels).fill(0);
  }
}
