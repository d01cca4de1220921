import fc from 'fast-check';

/** What may happen to a file on its way: it is cut short, or some of its bits are turned. */
export type Damage = { cut: number } | { bits: readonly { at: number; bit: number }[] };

/** Places are taken modulo the length of the file, so that one damage fits any. */
export const anyDamage: fc.Arbitrary<Damage> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ cut: fc.nat() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      bits: fc.array(fc.record({ at: fc.nat(), bit: fc.nat(7) }), { minLength: 1, maxLength: 3 }),
    }),
  },
);

/** A damaged copy. */
export function damaged(bytes: Uint8Array, damage: Damage): Uint8Array<ArrayBuffer> {
  if ('cut' in damage) return bytes.slice(0, damage.cut % bytes.length) as Uint8Array<ArrayBuffer>;
  const copy = bytes.slice() as Uint8Array<ArrayBuffer>;
  for (const { at, bit } of damage.bits) copy[at % copy.length] ^= 1 << bit;
  return copy;
}
