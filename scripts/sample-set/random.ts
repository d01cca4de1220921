/** A seeded source of random numbers; the same name gives the same sequence on every machine. */
export interface Random {
  /** Uniform in [a, b). */
  between(a: number, b: number): number;
  /** Uniform integer in 0..n-1. */
  index(n: number): number;
  pick<T>(list: readonly T[]): T;
  /** Normal, mean 0, standard deviation 1 (Box-Muller). */
  normal(): number;
}

/** FNV-1a of the name as the seed of mulberry32, so that adding a picture never changes the others. */
export function random(name: string): Random {
  let state = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) state = Math.imul(state ^ name.charCodeAt(i), 0x01000193);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const index = (n: number) => Math.floor(next() * n);
  return {
    between: (a, b) => a + next() * (b - a),
    index,
    pick: (list) => list[index(list.length)],
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}
