import type { Arena } from '../../simd/arena';
import { Scratch } from './scratch';

/** Half a unit in the last place of f32, relative. */
const ROUNDING = 2 ** -24;
/** Carries a bound that was computed in f64 safely over the rounding to f32. */
const UP = 1 + 2 ** -22;

/**
 * Centres (k x d) as the kernels read them: in f64, in f32, and in f32 in panels of eight side by side (the last filled up
 * with zeros and infinite norms); with how far each has moved since the centres before. The kernel `move` writes them; at
 * first they are zeros.
 */
export class Centres {
  readonly panels: number;
  readonly exact: number;
  readonly flat: number;
  readonly packed: number;
  readonly norms: number;
  readonly moves: number;
  readonly drift: number;
  /** How far each centre has come since the bounds were last set anew, f64. */
  readonly way: number;
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

  constructor(
    arena: Arena,
    readonly k: number,
    private readonly d: number,
    codeStride: number,
  ) {
    this.panels = Math.ceil(k / 8);
    this.#memory = new Scratch(arena);
    const zeros = (bytes: number) => {
      const at = this.#memory.take(bytes);
      arena.u8(at, bytes).fill(0);
      return at;
    };
    this.exact = zeros(8 * k * d);
    this.flat = zeros(4 * k * d);
    this.packed = zeros(32 * this.panels * d);
    this.norms = zeros(32 * this.panels);
    arena.f32(this.norms + 4 * k, 8 * this.panels - k).fill(Infinity);
    this.moves = zeros(4 * k);
    this.drift = zeros(16 * this.panels);
    this.way = zeros(8 * k);
    this.codeFlat = zeros(k * codeStride);
    this.codePacked = zeros(8 * this.panels * codeStride);
    this.codeUnits = zeros(32 * this.panels);
  }

  /** What the longest centre, and the most that a coded one is off as a vector, say of errors. */
  bound(longest: number, off: number): void {
    this.errorScale = 2 * (this.d + 4) * ROUNDING * 1.01 * longest;
    this.errorBase = 4 * ROUNDING * longest ** 2;
    this.codeLength = 2 * longest * UP;
    // Codes are of centres that were rounded to f32.
    this.codeError = 2 * (off + ROUNDING * longest) * UP;
  }

  close(): void {
    this.#memory.close();
  }
}
