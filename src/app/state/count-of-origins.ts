import type { OriginCount } from '../../domain/addresses';

/** How many pictures the agreed servers have together. */
export function countOfOrigins(origins: readonly OriginCount[], agreed: readonly string[]): number {
  return origins.reduce((sum, { origin, count }) => sum + (agreed.includes(origin) ? count : 0), 0);
}
