/**
 * Which principal component an axis of the map is, counted from 1 by falling share of the variance: axes stay where they were
 * while images come, so that one may hold more than the one before it.
 */
export function componentOf(axis: number, explained: readonly number[]): number {
  const own = explained[axis];
  if (own === undefined) return axis + 1;
  return 1 + explained.filter((share, i) => share > own || (share === own && i < axis)).length;
}
