import type { HierarchyOptions } from '../../domain/hierarchy';

/** What a person chooses of a tree. */
export type TreeShape = Pick<HierarchyOptions, 'branching' | 'depth' | 'minimumSize'>;

export const SHAPE_LIMITS: Record<keyof TreeShape, readonly [number, number]> = {
  branching: [2, 64],
  depth: [1, 12],
  minimumSize: [2, 1_000_000],
};

const DEPTH = 3;

/** Children so that three levels end in about ten images, from 2 to 16; the smallest node grows with the set, from 8 to 64. */
export function proposedShape(n: number): TreeShape {
  const within = (low: number, x: number, high: number): number =>
    Math.min(Math.max(Math.round(x), low), high);
  return { branching: within(2, Math.cbrt(n / 10), 16), depth: DEPTH, minimumSize: within(8, n / 200, 64) };
}

/** The fields of a form (an emptied one is null) that cannot be used as they are. */
export function wrongShape(shape: Record<keyof TreeShape, number | null>): ReadonlySet<keyof TreeShape> {
  const names = Object.keys(SHAPE_LIMITS) as (keyof TreeShape)[];
  return new Set(
    names.filter((name) => {
      const [value, [low, high]] = [shape[name], SHAPE_LIMITS[name]];
      return value === null || !Number.isInteger(value) || value < low || value > high;
    }),
  );
}
