import { expect, it } from 'vitest';
import { planAssign, type AssignPlan } from './plan';

function setsOf(ks: number[]) {
  let first = 0;
  return ks.map((k, slot) => {
    const set = { slot, first, k };
    first += Math.ceil(k / 4) * 4;
    return set;
  });
}

/** What a workgroup reads of a plan: for each tile the centres of each slot, padding included. */
function tilesOf({ tiles, words, quadsAt, segmentsAt }: AssignPlan) {
  return Array.from({ length: tiles }, (_, tile) => {
    const [firstQuad, quads, firstSegment, segments] = words.subarray(tile * 4);
    const parts = Array.from({ length: segments }, (_, s) => {
      const [quad, count, slot, first, centre, flags] = words.subarray(segmentsAt + (firstSegment + s) * 7);
      const rows = [...words.subarray(quadsAt + firstQuad + quad, quadsAt + firstQuad + quad + count)];
      return { slot, first, centre, rows, begins: (flags & 1) === 1, ends: (flags & 2) === 2 };
    });
    return { quads, parts };
  });
}

it.each([[[1]], [[16]], [[30, 30, 30, 30]], [[5, 6, 7, 8, 9, 10, 300, 1, 2]], [[1024]]])(
  'puts every quad of %j into one tile, in order',
  (ks) => {
    const sets = setsOf(ks);
    const plan = planAssign(sets);
    const tiles = tilesOf(plan);
    for (const { quads } of tiles) expect(quads).toBeLessThanOrEqual(plan.shape.quads);
    const parts = tiles.flatMap((tile) => tile.parts);
    for (const { slot, first, k } of sets) {
      const own = parts.filter((part) => part.slot === slot);
      const quads = Math.ceil(k / 4);
      expect(own.flatMap(({ rows }) => rows)).toEqual(Array.from({ length: quads }, (_, q) => first + 4 * q));
      expect(own.every((part) => part.rows[0] === part.first + part.centre)).toBe(true);
      expect(own.map(({ begins }) => begins)).toEqual(own.map((_, i) => i === 0));
      expect(own.map(({ ends }) => ends)).toEqual(own.map((_, i) => i === own.length - 1));
    }
  },
);

it('takes small tiles for few centres and wide ones for many', () => {
  expect(planAssign(setsOf([16])).shape.quads).toBe(4);
  expect(planAssign(setsOf([30])).shape.quads).toBe(8);
  expect(planAssign(setsOf([16, 16, 16])).shape.quads).toBe(16);
  const sweep = planAssign(setsOf(Array.from({ length: 26 }, (_, i) => i + 5)));
  expect(sweep.shape.quads).toBe(32);
  expect(sweep.tiles).toBe(4);
});
