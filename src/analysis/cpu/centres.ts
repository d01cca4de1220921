import type { Arena } from '../../simd/arena';
import { Scratch } from './scratch';

/** Half a unit in the last place of f32, relative. */
const ROUNDING = 2 ** -24;
/** Carries a bound that was computed in f64 safely over the rounding to f32. */
const UP = 1 + 2 ** -22;

/**
 * Centres (k x d) as the kernels read them: in f64, and in f32 in panels of eight side by side (the last filled up with
 * zeros and infinite norms); with how far each has moved since the centres before.
 */
export class Centres {
  readonly panels: number;
  readonly exact: number;
  readonly packed: number;
  readonly norms: number;
  readonly moves: number;
  /** The farthest moved centre, its move, and the next farthest move. */
  farthest = 0;
  most = 0;
  next = 0;
  /** In f32 |c|^2 - 2 x.c is wrong by at most scale * |x| + base (Higham 2002, section 3.1, for sums of d products). */
  errorScale = 0;
  errorBase = 0;
  readonly #memory: Scratch;

  constructor(
    private readonly arena: Arena,
    readonly k: number,
    private readonly d: number,
  ) {
    this.panels = Math.ceil(k / 8);
    this.#memory = new Scratch(arena);
    this.exact = this.#memory.take(8 * k * d);
    this.packed = this.#memory.take(32 * this.panels * d);
    this.norms = this.#memory.take(32 * this.panels);
    this.moves = this.#memory.take(4 * k);
    arena.f32(this.packed, 8 * this.panels * d).fill(0);
  }

  /** `before`: the centres that the moves are counted from. */
  set(centres: Float64Array, before: Centres): void {
    const { k, d } = this;
    this.#measureMoves(centres, this.arena.f64(before.exact, k * d));
    this.arena.f64(this.exact, k * d).set(centres);
    const packed = this.arena.f32(this.packed, 8 * this.panels * d);
    const norms = this.arena.f32(this.norms, 8 * this.panels).fill(Infinity);
    let longest = 0;
    for (let c = 0; c < k; c++) {
      let norm = 0;
      let to = (c >> 3) * 8 * d + (c & 7);
      for (let t = c * d; t < (c + 1) * d; t++, to += 8) {
        packed[to] = centres[t];
        norm += centres[t] * centres[t];
      }
      norms[c] = norm;
      longest = Math.max(longest, norm);
    }
    this.errorScale = 2 * (d + 4) * ROUNDING * 1.01 * Math.sqrt(longest);
    this.errorBase = 4 * ROUNDING * longest;
  }

  close(): void {
    this.#memory.close();
  }

  #measureMoves(now: Float64Array, before: Float64Array): void {
    const { k, d } = this;
    const moves = this.arena.f32(this.moves, k);
    this.farthest = 0;
    this.most = 0;
    this.next = 0;
    for (let c = 0; c < k; c++) {
      let squared = 0;
      for (let t = c * d; t < (c + 1) * d; t++) squared += (now[t] - before[t]) ** 2;
      const move = Math.fround(Math.sqrt(squared) * UP);
      moves[c] = move;
      if (move > this.most) {
        this.next = this.most;
        this.most = move;
        this.farthest = c;
      } else {
        this.next = Math.max(this.next, move);
      }
    }
  }
}
