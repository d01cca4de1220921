import type { Arena } from '../../simd/arena';

/** Memory of an arena that is given back together. */
export class Scratch {
  readonly #taken: number[] = [];

  constructor(readonly arena: Arena) {}

  take(bytes: number): number {
    const at = this.arena.alloc(bytes);
    this.#taken.push(at);
    return at;
  }

  /** Fields of 32 bits, integers before fractions, as a class of the kernels declares them. */
  struct(integers: number[], fractions: number[] = []): number {
    const at = this.take(4 * (integers.length + fractions.length));
    writeStruct(this.arena, at, integers, fractions);
    return at;
  }

  close(): void {
    for (const at of this.#taken) this.arena.free(at);
    this.#taken.length = 0;
  }
}

export function writeStruct(arena: Arena, at: number, integers: number[], fractions: number[] = []): void {
  arena.u32(at, integers.length).set(integers);
  if (fractions.length > 0) arena.f32(at + 4 * integers.length, fractions.length).set(fractions);
}
