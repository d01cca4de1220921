/**
 * xoshiro128** (Blackman & Vigna) seeded through splitmix32: 32-bit integer arithmetic only, so the same seed gives the
 * same numbers in every browser. `stream` gives independent sequences under one seed (one for each restart).
 */
export class Random {
  readonly #state = new Uint32Array(4);

  constructor(seed: number, stream = 0) {
    let x = (Math.imul(stream, 0x85ebca6b) ^ seed) >>> 0;
    for (let i = 0; i < 4; i++) {
      x = (x + 0x9e3779b9) >>> 0;
      let z = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      this.#state[i] = z ^ (z >>> 15);
    }
  }

  /** A generator that goes on as this one will. */
  clone(): Random {
    const copy = new Random(0);
    copy.#state.set(this.#state);
    return copy;
  }

  /** Uniform in 0 .. 2^32 - 1. */
  uint32(): number {
    const s = this.#state;
    const x = Math.imul(s[1], 5);
    const result = Math.imul((x << 7) | (x >>> 25), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = (s[3] << 11) | (s[3] >>> 21);
    return result;
  }

  /** Uniform in [0, 1) with 53 bits. */
  float(): number {
    return ((this.uint32() >>> 5) * 67108864 + (this.uint32() >>> 6)) / 9007199254740992;
  }

  /** Uniform integer in 0 .. n - 1. */
  below(n: number): number {
    return Math.floor(this.float() * n);
  }

  /** Standard normal, Marsaglia's polar method. */
  normal(): number {
    for (;;) {
      const u = 2 * this.float() - 1;
      const v = 2 * this.float() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s);
    }
  }

  /** `m` different rows of 0 .. n - 1 in rising order (Floyd's method); all of them when m >= n. */
  sample(n: number, m: number): Uint32Array {
    if (m >= n) return Uint32Array.from({ length: n }, (_, i) => i);
    const chosen = new Set<number>();
    for (let j = n - m; j < n; j++) {
      const t = this.below(j + 1);
      chosen.add(chosen.has(t) ? j : t);
    }
    return Uint32Array.from(chosen).sort();
  }
}
